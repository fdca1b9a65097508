"""What the session page shows of posted texts and handoffs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.tests.factories import UserFactory
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from sessions.models import AISession
from tests.markup import by_id, find, read, text
from tickets.models import Kind
from tickets.tests.texts import NOTE, acted, handed_over, posted

pytestmark = pytest.mark.django_db


def page_of(client: Client, session: AISession, query: str = "") -> str:
    answer = client.get(f"/sessions/{session.pk}/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


class TestTheConversation:
    def test_has_the_note_as_it_was_posted(self, browser_client: Client, session: AISession) -> None:
        note = posted(session, is_provisional=True)
        tree = read(browser_client.get(f"/sessions/{session.pk}/"))
        entry = by_id(tree, f"text-{note.pk}")
        assert text(find(entry, "./p")).startswith(
            f"{session.owner} posted the resolution note and resolved the session"
        )
        assert text(find(entry, ".//summary")).strip() == "Resolution note, as posted provisional"
        assert "The profile was made anew." in text(entry)

    def test_says_whom_a_package_went_to_and_once(self, browser_client: Client, session: AISession) -> None:
        jonas = UserFactory.create(account=session.account, display_name="Jonas Brandt")
        handoff = handed_over(session, target=jonas)
        acted(handoff, "claim", jonas)
        page = page_of(browser_client, session)
        assert page.count("escalation package</b> and escalated the session to <bdi>Jonas Brandt</bdi>") == 1
        assert ">escalated</span>" not in page
        assert '<bdi>Jonas Brandt</bdi> <span class="word">claimed</span>' in page

    def test_opens_only_the_latest_text(self, browser_client: Client, session: AISession) -> None:
        note = posted(session, at=timezone.now() - timedelta(hours=1))
        posted(session, Kind.ADDENDUM, adds_to=note)
        tree = read(browser_client.get(f"/sessions/{session.pk}/"))
        assert [each.get("open") is not None for each in tree.iter("details") if each.get("class") == "sheet"] == [
            False,
            True,
        ]

    def test_says_that_somebody_kept_words_which_the_check_warned_of(
        self, browser_client: Client, session: AISession
    ) -> None:
        posted(session, my_words=["It is fixed.", "On all 14 PCs."])
        assert "kept 2 sentences in their own words" in page_of(browser_client, session)

    def test_a_text_of_hostile_words_is_escaped(self, browser_client: Client, session: AISession) -> None:
        posted(session, markdown="<script>alert(1)</script> **bold**")
        page = page_of(browser_client, session)
        assert "<script>alert" not in page
        assert "<strong>bold</strong>" in page


class TestTheLane:
    def test_lists_the_texts_with_links_that_reach_them(self, browser_client: Client, session: AISession) -> None:
        note = posted(session, is_provisional=True)
        tree = read(browser_client.get(f"/sessions/{session.pk}/"))
        link = find(by_id(tree, "texts"), ".//a")
        assert text(link) == "Resolution note, provisional"
        assert link.get("href") == f"/sessions/{session.pk}/?entry={note.state_version}#text-{note.pk}"

    def test_hides_an_empty_list(self, browser_client: Client, session: AISession) -> None:
        assert by_id(read(browser_client.get(f"/sessions/{session.pk}/")), "texts").get("hidden") is not None


def test_the_head_says_that_a_provisional_note_was_verified(browser_client: Client, session: AISession) -> None:
    fix = make_fix(session, Status.SUCCESS)
    AISession.objects.filter(pk=session.pk).update(status="resolved", resolution_kind="verified")
    posted(session, is_provisional=True, at=fix.verified_at - timedelta(hours=1) if fix.verified_at else None)
    head = text(by_id(read(browser_client.get(f"/sessions/{session.pk}/")), "session-head"))
    assert "verified " in head
    assert ", provisional before" in head


def test_texts_and_handoffs_cost_one_statement_and_a_page_without_them_none(
    browser_client: Client, session: AISession
) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            page_of(browser_client, session)
        return len(queries)

    statements()
    without = statements()
    note = posted(session)
    handed_over(session)
    for _ in range(5):
        posted(session, Kind.ADDENDUM, adds_to=note, markdown=NOTE)
    assert statements() == without + 1
