"""The page that resolves a session, over HTTP."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.tests.clients import let_in
from accounts.tests.factories import UserFactory
from fixes.lifecycle import By
from fixes.tests import lifecycle
from fixes.tests.factories import NOTES, make_fix
from fixes.transitions import Source, Status
from sessions import facts
from sessions.models import AISession, Author
from sessions.tests import acts
from sessions.tests.test_windows import write
from tests.markup import by_id, find, read, text
from tickets.models import PostedText
from tickets.tests.closing import assert_nothing_posted, by, resolve, says
from tickets.tests.pages import HTMX, address, fields_of, form_of, opened, send, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(session: AISession) -> AISession:
    make_fix(session, Status.PENDING)
    session.refresh_from_db()
    return session


def chosen(client: Client, session: AISession, act: str = "resolve") -> str | None:
    return form_of(client, session, act).get("fix_outcome")


class TestTheQuestion:
    @pytest.mark.parametrize(
        ("status", "applied", "default"),
        [
            (Status.PENDING, True, "applied_pending"),
            (Status.PROPOSED, True, "applied_success"),
            (Status.PROPOSED, False, "dismissed"),
            (Status.PARTIAL, True, "applied_partial"),
        ],
    )
    def test_has_the_default_that_suits_the_fix(
        self, browser_client: Client, session: AISession, status: Status, applied: bool, default: str
    ) -> None:
        make_fix(session, status, applied=applied)
        assert chosen(browser_client, session) == default

    @pytest.mark.parametrize("status", [Status.SUCCESS, Status.FAILED])
    def test_is_not_asked_of_a_fix_that_has_its_outcome(
        self, browser_client: Client, session: AISession, status: Status
    ) -> None:
        make_fix(session, status)
        page = opened(browser_client, session)
        assert "Did the fix work?" not in words(page)
        assert "Clear cached credentials" in words(page)

    def test_is_not_asked_without_a_fix(self, browser_client: Client, session: AISession) -> None:
        assert "Did the fix work?" not in words(opened(browser_client, session))
        assert "without a fix" in words(opened(browser_client, session))

    def test_of_a_wait_shows_its_reason_and_lets_it_be_changed_in_place(
        self, browser_client: Client, waiting: AISession
    ) -> None:
        tree = read(opened(browser_client, waiting))
        assert [text(each) for each in tree.iter("dd")] == [NOTES[Status.PENDING], "no time set"]
        assert by_id(tree, "notes_applied_pending").tag == "textarea"
        assert fields_of(tree)["notes_applied_pending"] == NOTES[Status.PENDING]


class TestPosting:
    def test_a_fix_that_waits_makes_the_session_provisional(self, browser_client: Client, waiting: AISession) -> None:
        answer = send(browser_client, waiting, form_of(browser_client, waiting))
        assert answer.status_code == 303
        assert answer["Location"] == f"/sessions/{waiting.pk}/#text-{PostedText.objects.get().pk}"
        waiting.refresh_from_db()
        assert (waiting.status, waiting.resolution_kind) == ("resolved", "provisional")
        assert PostedText.objects.get().is_provisional
        assert waiting.suggested_fixes.get().status == "applied_pending"
        assert not waiting.fix_events.filter(source="resolve").exists()  # the wait is as it was

    def test_each_answer_takes_its_own_notes(self, browser_client: Client, waiting: AISession) -> None:
        sent = form_of(browser_client, waiting) | {
            "fix_outcome": "applied_partial",
            "notes_applied_partial": "Word opens, Outlook doesn’t.",
            "notes_applied_failed": "left over from another choice",
        }
        assert send(browser_client, waiting, sent).status_code == 303
        fix = waiting.suggested_fixes.get()
        assert (fix.status, fix.partial_notes) == ("applied_partial", "Word opens, Outlook doesn’t.")
        waiting.refresh_from_db()
        assert waiting.resolution_kind == "without_fix"

    def test_the_cause_goes_into_the_note_as_typed(self, browser_client: Client, waiting: AISession) -> None:
        sent = form_of(browser_client, waiting) | {"root_cause": "The broker was not registered."}
        assert send(browser_client, waiting, sent).status_code == 303
        assert "The broker was not registered." in PostedText.objects.get().markdown
        waiting.refresh_from_db()
        assert waiting.root_cause == "The broker was not registered."

    def test_a_changed_reason_and_time_are_recorded_with_it(self, browser_client: Client, waiting: AISession) -> None:
        sent = form_of(browser_client, waiting) | {"notes_applied_pending": "The licence sync.", "check_by": "1h"}
        assert send(browser_client, waiting, sent).status_code == 303
        fix = waiting.suggested_fixes.get()
        assert fix.pending_reason == "The licence sync."
        assert fix.follow_up_at is not None
        assert abs(fix.follow_up_at - timezone.now() - timedelta(hours=1)) < timedelta(minutes=1)

    def test_partly_without_notes_is_refused_beside_its_field(self, browser_client: Client, waiting: AISession) -> None:
        sent = form_of(browser_client, waiting) | {"fix_outcome": "applied_partial", "root_cause": "Typed already."}
        with assert_nothing_posted():
            answer = send(browser_client, waiting, sent)
        assert answer.status_code == 422
        tree = read(answer)
        field = by_id(tree, "notes_applied_partial")
        assert field.get("aria-invalid") == "true"
        assert text(by_id(tree, "notes_applied_partial-error")).strip() != ""
        assert fields_of(tree)["root_cause"] == "Typed already."

    def test_a_refusal_is_summed_up_with_the_focus_on_it(self, browser_client: Client, waiting: AISession) -> None:
        sent = form_of(browser_client, waiting) | {"fix_outcome": "applied_partial"}
        tree = read(send(browser_client, waiting, sent))
        alert = by_id(tree, "alert")
        assert (alert.get("role"), alert.get("autofocus")) == ("alert", "")
        assert "Not posted: 1 answer has to be changed. What you typed is still here." in text(alert)
        assert find(alert, ".//a").get("href") == "#notes_applied_partial"
        assert text(find(alert, ".//a")) == "What worked, and what didn’t?"
        assert text(find(tree, ".//title")).startswith("Not posted · Resolve")

    @pytest.mark.parametrize("junk", [{"version": ""}, {"version": "x"}, {"version": "9" * 20}, {"form_key": ""}])
    def test_without_version_or_key_is_refused_in_words(
        self, browser_client: Client, waiting: AISession, junk: dict[str, str]
    ) -> None:
        sent = form_of(browser_client, waiting) | {"root_cause": "The broker."}
        with assert_nothing_posted():
            answer = send(browser_client, waiting, sent | junk)
        assert answer.status_code == 400
        assert "Not posted: the form was incomplete." in words(answer)
        again = fields_of(read(answer))
        assert again["root_cause"] == "The broker."
        assert send(browser_client, waiting, again).status_code == 303

    def test_says_what_was_done_then(self, browser_client: Client, waiting: AISession) -> None:
        answer = send(browser_client, waiting, form_of(browser_client, waiting))
        said = words(browser_client.get(answer["Location"].split("#")[0]))
        assert "Note posted. You resolved the session as provisional." in said

    def test_no_answer_about_an_open_fix_is_taken_as_the_default(
        self, browser_client: Client, waiting: AISession
    ) -> None:
        sent = form_of(browser_client, waiting)
        sent.pop("fix_outcome")
        assert send(browser_client, waiting, sent).status_code == 303
        assert waiting.suggested_fixes.get().status == "applied_pending"

    def test_the_same_form_twice_posts_once(self, browser_client: Client, waiting: AISession) -> None:
        sent = form_of(browser_client, waiting)
        assert send(browser_client, waiting, sent).status_code == 303
        assert send(browser_client, waiting, sent).status_code == 303
        assert PostedText.objects.count() == 1

    def test_a_session_without_anything_can_be_resolved(self, browser_client: Client, session: AISession) -> None:
        assert send(browser_client, session, form_of(browser_client, session)).status_code == 303
        session.refresh_from_db()
        assert session.resolution_kind == "without_fix"

    def test_in_german_it_is_german(self, browser_client: Client, waiting: AISession) -> None:
        assert send(browser_client, waiting, form_of(browser_client, waiting) | {"language": "de"}).status_code == 303
        assert PostedText.objects.get().language == "de"


class TestAStaleForm:
    """Somebody recorded something after the page was opened."""

    def verdict(self, session: AISession) -> None:
        jonas = UserFactory.create(account=session.account, display_name="Jonas Brandt")
        fix = session.suggested_fixes.get(superseded_at=None)
        lifecycle.record(fix.pk, Status.SUCCESS, By(jonas, Source.BANNER), notes="AzureAdPrt is YES.")

    def test_is_refused_with_everything_typed_and_what_changed(
        self, browser_client: Client, waiting: AISession
    ) -> None:
        sent = form_of(browser_client, waiting) | {"root_cause": "The broker."}
        self.verdict(waiting)
        with assert_nothing_posted():
            answer = send(browser_client, waiting, sent)
        assert answer.status_code == 409
        said = words(answer)
        assert "Not posted: the session changed while you were writing." in said
        assert "Jonas Brandt recorded “Worked” at" in said
        assert "so it no longer says provisional" in said
        assert "What changed" in said
        assert fields_of(read(answer))["root_cause"] == "The broker."

    def test_can_be_sent_again_once_that_was_read(self, browser_client: Client, waiting: AISession) -> None:
        sent = form_of(browser_client, waiting) | {"root_cause": "The broker."}
        self.verdict(waiting)
        again = fields_of(read(send(browser_client, waiting, sent)))
        assert send(browser_client, waiting, again).status_code == 303
        waiting.refresh_from_db()
        assert (waiting.resolution_kind, waiting.root_cause) == ("verified", "The broker.")

    def test_is_told_while_the_page_is_open(self, browser_client: Client, waiting: AISession) -> None:
        version = form_of(browser_client, waiting)["version"]
        ask = address(waiting, part=f"overtaken?version={version}")
        assert browser_client.get(ask, headers=HTMX).status_code == 204
        self.verdict(waiting)
        answer = browser_client.get(ask, headers=HTMX)
        assert answer.status_code == 200
        assert "Jonas Brandt recorded “Worked” at" in words(answer)

    def test_is_told_who_closed_the_session_meanwhile(self, browser_client: Client, waiting: AISession) -> None:
        version = form_of(browser_client, waiting)["version"]
        jonas = UserFactory.create(account=waiting.account, display_name="Jonas Brandt")
        resolve(waiting.pk, says(Status.PENDING), by(jonas))
        answer = words(browser_client.get(address(waiting, part=f"overtaken?version={version}"), headers=HTMX))
        assert "Jonas Brandt</bdi> resolved this session." in answer
        assert "Continue with the new note" not in answer

    def test_a_redrawn_text_goes_on_saying_it_until_the_person_takes_the_new_one(
        self, browser_client: Client, waiting: AISession
    ) -> None:
        sent = form_of(browser_client, waiting)
        self.verdict(waiting)
        for _ in range(2):
            answer = send(browser_client, waiting, sent, part="preview/", headers=HTMX)
            assert "The note has changed." in words(answer)
            assert "Continue with the new note" in words(answer)
            assert f'name="version" value="{sent["version"]}"' in words(answer)
        taken = send(browser_client, waiting, sent, part="preview/")
        waiting.refresh_from_db()
        assert fields_of(read(taken))["version"] == str(waiting.state_version)

    @pytest.mark.parametrize("what", ["message", "fact", "ticket"])
    def test_whatever_was_written(self, browser_client: Client, waiting: AISession, what: str) -> None:
        sent = form_of(browser_client, waiting)
        if what == "message":
            acts.post(waiting.pk, Author.ENGINEER, "She restarted.", user=waiting.owner)
        elif what == "fact":
            facts.add(waiting.pk, "It hums.", "question", user=waiting.owner, sessions=AISession.objects.all())
        else:
            acts.edit(waiting.pk, {"problem_summary": "Two users."})
        with assert_nothing_posted():
            answer = send(browser_client, waiting, sent)
        assert answer.status_code == 409
        expected = {
            "message": "wrote a message",
            "fact": "added a fact",
            "ticket": "The session’s details were edited.",
        }
        assert expected[what] in words(answer)

    def test_of_a_session_that_was_closed_says_who_did_and_keeps_what_was_typed(
        self, browser_client: Client, waiting: AISession
    ) -> None:
        sent = form_of(browser_client, waiting) | {"root_cause": "Typed in vain."}
        jonas, other = UserFactory.create(account=waiting.account, display_name="Jonas Brandt"), Client()
        let_in(other, jonas)
        assert send(other, waiting, form_of(other, waiting)).status_code == 303
        with assert_nothing_posted():
            answer = send(browser_client, waiting, sent)
        assert answer.status_code == 409
        assert "Jonas Brandt" in words(answer)
        assert "Typed in vain." in words(answer)
        assert "Show the resolution note" in words(answer)


class TestThePreview:
    def test_follows_the_form(self, browser_client: Client, waiting: AISession) -> None:
        sent = form_of(browser_client, waiting) | {"root_cause": "The broker was not registered."}
        answer = send(browser_client, waiting, sent, part="preview/", headers=HTMX)
        assert answer.status_code == 200
        assert "The broker was not registered." in words(answer)
        assert '"Note updated."' in answer["HX-Trigger"]
        assert "<html" not in words(answer)

    def test_without_javascript_is_the_whole_page_with_what_was_typed(
        self, browser_client: Client, waiting: AISession
    ) -> None:
        sent = form_of(browser_client, waiting) | {"root_cause": "The broker.", "fix_outcome": "applied_success"}
        tree = read(send(browser_client, waiting, sent, part="preview/"))
        assert fields_of(tree)["root_cause"] == "The broker."
        assert fields_of(tree)["fix_outcome"] == "applied_success"
        assert "The broker." in text(by_id(tree, "text"))

    def test_of_a_half_filled_form_is_shown(self, browser_client: Client, waiting: AISession) -> None:
        sent = form_of(browser_client, waiting) | {"fix_outcome": "applied_partial", "check_by": "other"}
        assert send(browser_client, waiting, sent, part="preview/", headers=HTMX).status_code == 200

    @pytest.mark.parametrize(
        "junk",
        [
            {"fix_outcome": "proposed"},
            {"fix_outcome": "x", "language": "xx", "writer": "nobody", "check_by": "x"},
            {"version": "x", "seen_at": "yesterday", "draft_version": "-1"},
            {"root_cause": "a" * 5_000},
            {"root_cause": "\x00"},
        ],
    )
    def test_of_nonsense_is_shown_and_breaks_nothing(
        self, browser_client: Client, waiting: AISession, junk: dict[str, str]
    ) -> None:
        sent = form_of(browser_client, waiting) | junk
        assert send(browser_client, waiting, sent, part="preview/", headers=HTMX).status_code == 200

    def test_shows_where_each_sentence_comes_from(self, browser_client: Client, waiting: AISession) -> None:
        fact = facts.add(waiting.pk, "It hums.", "question", user=waiting.owner, sessions=AISession.objects.all())
        tree = read(opened(browser_client, waiting))
        sentences = {text(each): each for each in tree.iter("span") if (each.get("class") or "").startswith("sentence")}
        hums = next(each for said, each in sentences.items() if said.startswith("It hums."))
        cite = find(hums, ".//a")
        assert cite.get("href") == f"/sessions/{waiting.pk}/#fact-{fact.pk}"
        source = by_id(hums, str(cite.get("aria-describedby")))
        assert "It hums." in text(source)

    def test_leads_to_an_event_beyond_what_the_session_page_shows(
        self, browser_client: Client, waiting: AISession
    ) -> None:
        write(waiting, 120)
        event = waiting.fix_events.get(action="record")
        page = words(opened(browser_client, waiting))
        href = f"/sessions/{waiting.pk}/?entry={event.state_version}#{event.anchor}"
        assert f'href="{href}"' in page
        assert f'id="{event.anchor}"' in words(browser_client.get(href.split("#")[0]))

    @pytest.mark.parametrize(("part", "page"), [("preview/", ""), ("retry/", ""), ("draft/", "?edit=1")])
    def test_address_that_was_left_in_the_browser_leads_to_the_page(
        self, browser_client: Client, waiting: AISession, part: str, page: str
    ) -> None:
        answer = browser_client.get(address(waiting, part=part))
        assert (answer.status_code, answer["Location"]) == (302, address(waiting) + page)

    def test_can_be_downloaded(self, browser_client: Client, waiting: AISession) -> None:
        tree = read(opened(browser_client, waiting))
        link = next(each for each in tree.iter("a") if each.get("download") is not None)
        answer = browser_client.get(str(link.get("href")))
        assert answer["Content-Type"] == "text/markdown; charset=utf-8"
        assert answer["Content-Disposition"].startswith('attachment; filename="cw-')
        assert answer.content.decode().startswith("## Problem")

    def test_another_accounts_preview_is_not_found(self, browser_client: Client, waiting: AISession) -> None:
        assert browser_client.get(f"/sessions/{waiting.pk}/previews/{uuid4()}.md").status_code == 404


class TestAClosedSession:
    @pytest.mark.parametrize("act", ["resolve", "escalate"])
    def test_explains_itself(self, browser_client: Client, waiting: AISession, act: str) -> None:
        assert send(browser_client, waiting, form_of(browser_client, waiting)).status_code == 303
        page = words(opened(browser_client, waiting, act))
        assert "Already resolved" in page
        assert str(waiting.owner) in page
        assert f"?entry={PostedText.objects.get().state_version}#text-{PostedText.objects.get().pk}" in page


def test_hostile_words_are_text(browser_client: Client, session: AISession) -> None:
    acts.edit(session.pk, {"title": "<script>alert(1)</script>", "problem_summary": "**bold** <img src=x onerror=1>"})
    make_fix(session, Status.PENDING, title="<b>x</b> \u202eabc")
    page = opened(browser_client, session).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<b>x</b>" not in page


def test_the_page_costs_the_same_for_many_rows(browser_client: Client, session: AISession) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            opened(browser_client, session)
        return len(queries)

    make_fix(session, Status.PENDING)
    statements()
    few = statements()
    for _ in range(5):
        make_fix(session, Status.FAILED)
        make_fix(session, Status.PENDING)
    write(session, 60)
    statements()
    assert statements() == few
    assert few <= 11
