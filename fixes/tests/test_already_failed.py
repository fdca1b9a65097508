"""A fix that failed in a session isn't suggested there again, unless a person says so."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from fixes.lifecycle.refusals import AlreadyFailed
from fixes.models import ScriptTemplate, SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import COPILOT, assert_nothing_written, by, last_event
from fixes.tests.factories import WORDS, make_fix
from fixes.transitions import Status
from sessions.models import AISession
from sessions.tests.factories import SessionFactory
from tests.api import assert_refused, call


def suggest(session: AISession, **fields: Any) -> SuggestedFix:
    return lifecycle.suggest(session.pk, WORDS | fields, COPILOT, again=False)


def assert_already_failed(session: AISession, **fields: Any) -> None:
    with assert_nothing_written(), pytest.raises(AlreadyFailed, match="didn’t work in this session"):
        suggest(session, **fields)


@pytest.fixture
def template(session: AISession) -> ScriptTemplate:
    return ScriptTemplate.objects.create(account=session.account, name="Clear", body="cmdkey /list")


@pytest.mark.parametrize("title", ["Clear cached credentials", "CLEAR cached-credentials!"])
def test_the_same_title_is_refused(session: AISession, title: str) -> None:
    make_fix(session, Status.FAILED)
    assert_already_failed(session, title=title)


def test_the_same_template_is_refused_whatever_the_title(session: AISession, template: ScriptTemplate) -> None:
    make_fix(session, Status.FAILED, script_template_id=template.pk)
    assert_already_failed(session, title="Another way", script_template_id=template.pk)


def test_the_same_title_with_another_template_is_refused(session: AISession, template: ScriptTemplate) -> None:
    make_fix(session, Status.FAILED)
    assert_already_failed(session, script_template_id=template.pk)


def test_an_earlier_attempt_counts_too(session: AISession) -> None:
    make_fix(session, Status.FAILED)
    make_fix(session, title="Restart the PC")
    assert_already_failed(session)


@pytest.mark.parametrize("status", [status for status in Status if status != Status.FAILED])
def test_only_what_failed_is_refused(session: AISession, status: Status) -> None:
    make_fix(session, status)
    assert suggest(session).is_current


def test_it_may_have_failed_in_another_session(session: AISession) -> None:
    make_fix(SessionFactory(owner=session.owner), Status.FAILED)
    assert suggest(session).is_current


def test_other_fixes_without_a_template_are_others(session: AISession) -> None:
    make_fix(session, Status.FAILED)
    assert suggest(session, title="Restart the PC").is_current


def test_an_outcome_that_was_undone_refuses_nothing(session: AISession, engineer: User) -> None:
    fix = make_fix(session, Status.FAILED)
    lifecycle.undo(fix.pk, by(session.owner))
    assert suggest(session).is_current


class TestOverTheApi:
    def suggest(self, api: Client, session: AISession, **fields: Any) -> Any:
        return call(api, "POST", f"/ai-sessions/{session.pk}/suggested-fixes", WORDS | fields)

    @pytest.mark.parametrize("body", [{}, {"again": False}])
    def test_it_is_a_conflict_with_the_current_fix(self, api: Client, session: AISession, body: dict[str, Any]) -> None:
        fix = make_fix(session, Status.FAILED)
        with assert_nothing_written():
            problem = assert_refused(self.suggest(api, session, **body), 409, "already_failed")
        assert problem["fix"]["id"] == str(fix.pk)

    def test_with_again_it_is_suggested(self, api: Client, session: AISession) -> None:
        make_fix(session, Status.FAILED)
        answer = self.suggest(api, session, again=True, verification_hint=" The prompt stays away.\r\n")
        assert answer.status_code == 201
        fix = SuggestedFix.objects.get(pk=answer.json()["id"])
        assert (fix.is_current, fix.verification_hint, fix.origin) == (True, "The prompt stays away.", "")

    def test_again_is_true_or_false(self, api: Client, session: AISession) -> None:
        with assert_nothing_written():
            assert_refused(self.suggest(api, session, again="yes"), 400, "invalid_input", "again")


def test_whose_confidence_it_is_is_kept_with_the_suggestion(session: AISession) -> None:
    fix = lifecycle.suggest(session.pk, WORDS, COPILOT, origin="built-in")
    assert fix.origin == "built-in"
    assert last_event(fix).details == {
        "title": WORDS["title"],
        "confidence_pct": WORDS["confidence_pct"],
        "origin": "built-in",
    }
