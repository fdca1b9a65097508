"""A fix that failed here is suggested again when a person wants it, from the conversation."""

import pytest
from django.test import Client

from common.refusals import IllegalTransition
from fixes import lifecycle as acts
from fixes.lifecycle import By
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import assert_nothing_written, by
from fixes.tests.factories import make_fix
from fixes.tests.pages import HTMX, act_url
from fixes.transitions import Source, Status
from sessions.models import AISession
from tests.markup import by_id, read


@pytest.fixture
def failed(session: AISession) -> SuggestedFix:
    return make_fix(session, Status.FAILED, title="Clear the cache", ai_drafted_script="cmdkey /list")


def press(client: Client, fix: SuggestedFix) -> SuggestedFix:
    response = client.post(act_url(fix, "suggest-again"), {"version": fix.version}, headers=HTMX)
    assert response.status_code == 200
    assert by_id(read(response), "fix-banner").get("data-mode") == "proposed"
    return fix.session.suggested_fixes.current().get()


def test_it_is_the_same_suggestion_and_the_history_says_who_wanted_it(
    browser_client: Client, failed: SuggestedFix
) -> None:
    again = press(browser_client, failed)
    assert again != failed
    for column in ("title", "description", "confidence_pct", "ai_drafted_script", "origin"):
        assert getattr(again, column) == getattr(failed, column)
    event = again.events.get()
    assert (event.action, event.actor, event.source) == ("suggest", failed.session.owner, Source.BANNER)
    failed.refresh_from_db()
    assert failed.superseded_at


def test_twice_is_once(browser_client: Client, failed: SuggestedFix) -> None:
    assert press(browser_client, failed) == press(browser_client, failed)
    assert SuggestedFix.objects.count() == 2


def test_only_what_failed_is_suggested_again(session: AISession) -> None:
    worked = make_fix(session, Status.SUCCESS)
    with assert_nothing_written(), pytest.raises(IllegalTransition, match="didn’t fail"):
        acts.suggest_again(worked.pk, by(session.owner), fixes=SuggestedFix.objects.all())


def test_not_in_a_closed_session(browser_client: Client, failed: SuggestedFix) -> None:
    AISession.objects.update(status="abandoned")
    with assert_nothing_written():
        response = browser_client.post(act_url(failed, "suggest-again"), {"version": failed.version}, headers=HTMX)
    assert response.status_code == 409


def test_a_marker_that_is_refused_names_the_fix_that_failed(session: AISession, failed: SuggestedFix) -> None:
    from sessions import acts as session_acts

    lifecycle.suggest(session.pk, {"title": "Other", "description": "x", "confidence_pct": 1}, By(None, Source.API))
    marker = '[SUGGEST_FIX]{"title": "clear THE cache.", "description": "x", "confidence_pct": 50}[/SUGGEST_FIX]'
    message = session_acts.post_as_copilot(session.pk, f"Again? {marker}", sessions=AISession.objects.all())
    (effect,) = message.effects
    assert (effect["result"], effect["code"], effect["id"]) == ("refused", "already_failed", str(failed.pk))


def test_the_conversation_says_what_was_skipped_and_offers_it(
    browser_client: Client, session: AISession, failed: SuggestedFix
) -> None:
    from sessions import acts as session_acts

    marker = '[SUGGEST_FIX]{"title": "Clear the cache", "description": "x", "confidence_pct": 50}[/SUGGEST_FIX]'
    session_acts.post_as_copilot(session.pk, f"Again? {marker}", sessions=AISession.objects.all())
    page = browser_client.get(f"/sessions/{session.pk}/").content.decode()
    assert "FlowPilot skipped <b><bdi>Clear the cache</bdi></b>" in page
    assert "Suggest it anyway" in page
    assert f'href="#{failed.events.get(action="record").anchor}"' in page
