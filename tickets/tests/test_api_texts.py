"""Previews, posted texts, resolve and escalate over the API (docs/api.md, *Texts*)."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Account, User
from accounts.tests.factories import UserFactory
from fixes.tests import lifecycle
from fixes.tests.acting import NOON, last_event
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from sessions.models import AISession, Author
from sessions.tests import acts
from tests.api import assert_refused, call
from tickets.models import Handoff, Kind, PostedText
from tickets.tests.closing import assert_nothing_posted, by
from tickets.tests.texts import posted

SENT = "2026-11-23T12:00:00Z"


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> None:
    time_machine.move_to(NOON, tick=False)


def post(client: Client, session: AISession, path: str, body: Any = None, **headers: str) -> Any:
    return call(client, "POST", f"/ai-sessions/{session.pk}/{path}", body or {}, headers=headers)


NOTE, PACKAGE = "resolution-note/preview", "escalation-package/preview"


class TestPreview:
    @pytest.mark.parametrize(("path", "kind"), [(NOTE, "resolution_note"), (PACKAGE, "escalation_package")])
    def test_is_the_text_with_what_each_sentence_rests_on(
        self, api: Client, session: AISession, path: str, kind: str
    ) -> None:
        make_fix(session, Status.PENDING)
        answer = post(api, session, path)
        assert answer.status_code == 200
        body = answer.json()
        session.refresh_from_db()
        assert {name: body[name] for name in ("kind", "state_version", "from_cache", "writer", "language")} == {
            "kind": kind,
            "state_version": session.state_version,
            "from_cache": False,
            "writer": "built-in",
            "language": "en",
        }
        assert (body["state"], body["error"]) == ("done", None)
        assert body["markdown"].startswith("## Problem\n")
        assert {"text", "cites", "refused"} == body["sentences"][0].keys()
        assert any(each["cites"] for each in body["sentences"])
        assert answer["ETag"] == f'"{session.pk}-{session.state_version}"'

    def test_writes_nothing_in_the_session(self, api: Client, session: AISession) -> None:
        with assert_nothing_posted():
            post(api, session, NOTE)

    def test_comes_from_the_cache_until_something_happens(
        self, api: Client, session: AISession, engineer: User
    ) -> None:
        assert [post(api, session, NOTE).json()["from_cache"] for _ in range(2)] == [False, True]
        acts.post(session.pk, Author.ENGINEER, "Any news?", user=engineer)
        assert post(api, session, NOTE).json()["from_cache"] is False

    def test_is_as_if_the_outcome_were_recorded(self, api: Client, session: AISession) -> None:
        make_fix(session, applied=True)
        before = post(api, session, NOTE).json()["markdown"]
        pending = post(api, session, NOTE, {"fix_outcome": "applied_pending", "notes": "The reboot."}).json()
        assert "## Resolution (provisional)" in pending["markdown"]
        assert "provisional" not in before
        assert session.suggested_fixes.get().status == Status.PROPOSED

    def test_of_a_closed_fix_takes_no_other_outcome(self, api: Client, session: AISession) -> None:
        make_fix(session, Status.FAILED)
        assert_refused(post(api, session, NOTE, {"fix_outcome": "applied_success"}), 409, "illegal_transition")
        assert post(api, session, NOTE, {"fix_outcome": "applied_failed"}).status_code == 200

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("fix_outcome", "proposed"),
            ("fix_outcome", "applied_success"),
            ("language", "fr"),
            ("root_cause", "x" * 4_001),
            ("follow_up_at", "2026-11-24T12:00:00"),
        ],
    )
    def test_refuses_what_it_does_not_understand(self, api: Client, session: AISession, field: str, value: str) -> None:
        assert_refused(post(api, session, NOTE, {field: value}), 400, "invalid_input", field)

    def test_in_the_accounts_language_or_another(self, api: Client, session: AISession) -> None:
        Account.objects.filter(pk=session.account_id).update(language="de")
        assert post(api, session, NOTE).json()["language"] == "de"
        assert post(api, session, NOTE, {"language": "en"}).json()["language"] == "en"

    def test_from_the_cache_takes_five_statements_at_most(self, api: Client, session: AISession) -> None:
        make_fix(session, Status.PENDING)
        body = {"fix_outcome": "applied_pending"}
        post(api, session, NOTE, body)
        with CaptureQueriesContext(connection) as queries:
            assert post(api, session, NOTE, body).json()["from_cache"] is True
        assert len(queries) <= 5


class TestResolve:
    def test_answers_the_session_with_its_note(self, api: Client, session: AISession, engineer: User) -> None:
        fix = make_fix(session, Status.PENDING)
        body = {"fix_outcome": "applied_success", "notes": "Seen at the desk.", "root_cause": "A stale token."}
        answer = post(api, session, "resolve", body)
        assert answer.status_code == 200
        session.refresh_from_db()
        said = answer.json()
        assert (said["status"], said["resolution_kind"], said["root_cause"]) == (
            "resolved",
            "verified",
            "A stale token.",
        )
        text = PostedText.objects.get()
        assert said["resolution_note"] == said["text"]["markdown"] == text.markdown
        assert (said["text"]["kind"], said["text"]["posted_at"]) == ("resolution_note", SENT)
        assert said["text"]["posted_by_id"] == str(engineer.pk)
        assert said["state_version"] == session.state_version
        assert answer["ETag"] == f'"{session.pk}-{session.state_version}"'
        assert last_event(fix).notes == "Seen at the desk."

    def test_of_an_open_fix_without_an_answer_lists_the_choices(self, api: Client, session: AISession) -> None:
        fix = make_fix(session, Status.PENDING)
        with assert_nothing_posted():
            problem = assert_refused(post(api, session, "resolve"), 409, "fix_needs_outcome")
        assert problem["fix"]["id"] == str(fix.pk)
        assert problem["choices"] == [
            {"outcome": "applied_success", "label": "It worked", "needs_notes": False, "is_default": False},
            {
                "outcome": "applied_pending",
                "label": "Provisional: still awaiting",
                "needs_notes": False,
                "is_default": True,
            },
            {"outcome": "applied_failed", "label": "Didn’t help", "needs_notes": False, "is_default": False},
            {"outcome": "applied_partial", "label": "Partly", "needs_notes": True, "is_default": False},
            {"outcome": "dismissed", "label": "Never applied", "needs_notes": False, "is_default": False},
        ]

    def test_of_a_resolved_session_says_who_was_first_and_when(self, api: Client, session: AISession) -> None:
        post(api, session, "resolve")
        for act in ("resolve", "escalate"):
            with assert_nothing_posted():
                problem = assert_refused(post(api, session, act), 409, "session_closed")
            assert (problem["by"], problem["at"]) == ("Maya", SENT)

    def test_keeps_an_edited_text(self, api: Client, session: AISession) -> None:
        text = post(api, session, NOTE).json()["markdown"].strip() + "\n\nCall us if it comes back."
        answer = post(api, session, "resolve", {"text": text, "my_words": True})
        assert answer.json()["text"]["markdown"] == text
        assert answer.json()["text"]["writer"] == ""

    @pytest.mark.parametrize("text", ["", " ", "x" * 60_001, "## Problem\n\nOnly this.", "a\x00b"])
    def test_refuses_a_text_that_is_none(self, api: Client, session: AISession, text: str) -> None:
        with assert_nothing_posted():
            assert_refused(post(api, session, "resolve", {"text": text}), 400, "invalid_input", "text")

    def test_on_another_version_is_412_before_409(self, api: Client, session: AISession) -> None:
        tag = f'"{session.pk}-{session.state_version}"'
        assert post(api, session, "resolve", **{"If-Match": tag}).status_code == 200
        with assert_nothing_posted():
            problem = assert_refused(post(api, session, "resolve", **{"If-Match": tag}), 412, "precondition_failed")
        assert problem["session"]["status"] == "resolved"

    def test_of_another_account_is_404(self, api: Client) -> None:
        session = make_fix().session
        for path in ("resolve", "escalate", NOTE, PACKAGE):
            assert_refused(post(api, session, path), 404, "not_found")


class TestEscalate:
    def test_answers_the_session_with_its_package_and_handoff(
        self, api: Client, session: AISession, engineer: User
    ) -> None:
        UserFactory.create(account=engineer.account, email="jonas@example.com")
        make_fix(session, applied=True)
        body = {
            "fix_outcome": "applied_pending",
            "notes": "The reboot.",
            "follow_up_at": (NOON + timedelta(hours=2)).isoformat(),
            "to": " Jonas@Example.com",
            "question": "Can you look at the firewall?",
            "impact": "Three people.",
            "access": "VPN.",
        }
        said = post(api, session, "escalate", body).json()
        handoff = Handoff.objects.get()
        assert (said["status"], said["resolution_kind"], said["owner_id"]) == ("escalated", None, str(engineer.pk))
        assert said["escalation_package"] == said["text"]["markdown"]
        assert said["handoff_id"] == str(handoff.pk)
        assert handoff.target is not None
        assert (handoff.target.email, handoff.question) == ("jonas@example.com", "Can you look at the firewall?")

    def test_of_an_escalated_session_says_who_was_first(self, api: Client, session: AISession) -> None:
        post(api, session, "escalate")
        with assert_nothing_posted():
            problem = assert_refused(post(api, session, "escalate"), 409, "illegal_transition")
        assert (problem["by"], problem["at"]) == ("Maya", SENT)

    @pytest.mark.parametrize("email", ["maya@example.com", "nobody@example.com", "no address", "", "vera@example.com"])
    def test_refuses_whoever_cannot_take_over(
        self, api: Client, session: AISession, engineer: User, email: str
    ) -> None:
        UserFactory.create(account=engineer.account, email="vera@example.com", role="viewer")
        with assert_nothing_posted():
            assert_refused(post(api, session, "escalate", {"to": email}), 400, "invalid_input", "to")

    def test_does_not_tell_who_is_in_another_account(self, api: Client, session: AISession) -> None:
        UserFactory.create(email="stranger@example.com")
        answers = [
            post(api, session, "escalate", {"to": email}).json()
            for email in ("stranger@example.com", "nobody@example.com")
        ]
        assert answers[0] == answers[1]


def test_texts_are_listed_with_their_addenda_oldest_first(api: Client, session: AISession, engineer: User) -> None:
    post(api, session, "escalate")
    acts.reopen(session.pk, "Found it.", user=engineer)
    note = post(api, session, "resolve").json()["text"]
    session.refresh_from_db()
    addendum = posted(session, Kind.ADDENDUM, adds_to_id=note["id"], markdown="It holds.")
    results = call(api, "GET", f"/ai-sessions/{session.pk}/texts").json()["results"]
    assert [each["kind"] for each in results] == ["escalation_package", "resolution_note"]
    assert results[0]["addenda"] == []
    assert [each["id"] for each in results[1]["addenda"]] == [str(addendum.pk)]
    assert results[1]["addenda"][0]["adds_to_id"] == note["id"]


def test_a_list_of_texts_costs_the_same_however_many_there_are(api: Client, session: AISession) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert call(api, "GET", f"/ai-sessions/{session.pk}/texts").status_code == 200
        return len(queries)

    posted(session)
    few = statements()
    for minute in range(10):
        posted(session, at=NOON + timedelta(minutes=minute))
    assert statements() == few


def test_the_verdict_that_came_later_is_the_sessions(api: Client, session: AISession, engineer: User) -> None:
    fix = make_fix(session, Status.PENDING)
    assert post(api, session, "resolve", {"fix_outcome": "applied_pending"}).json()["resolution_kind"] == "provisional"
    lifecycle.record(fix.pk, Status.SUCCESS, by(engineer))
    assert call(api, "GET", f"/ai-sessions/{session.pk}").json()["resolution_kind"] == "verified"


class TestAddenda:
    def test_are_posted_as_they_are_offered(self, api: Client, session: AISession, engineer: User) -> None:
        fix = make_fix(session, Status.PENDING)
        note = post(api, session, "resolve", {"fix_outcome": "applied_pending"}).json()["text"]
        lifecycle.record(fix.pk, Status.SUCCESS, by(engineer))
        answer = post(api, session, f"texts/{note['id']}/addenda")
        assert answer.status_code == 201
        said = answer.json()
        assert (said["kind"], said["adds_to_id"], said["posted_at"]) == ("addendum", note["id"], SENT)
        session.refresh_from_db()
        assert answer["ETag"] == f'"{session.pk}-{session.state_version}"'
        assert session.resolution_note == note["markdown"]

    def test_are_refused_where_there_is_nothing_to_add(self, api: Client, session: AISession) -> None:
        note = post(api, session, "resolve").json()["text"]
        with assert_nothing_posted():
            assert_refused(post(api, session, f"texts/{note['id']}/addenda"), 409, "illegal_transition")

    def test_in_ones_own_words_say_so(self, api: Client, session: AISession, engineer: User) -> None:
        fix = make_fix(session, Status.PENDING)
        note = post(api, session, "resolve", {"fix_outcome": "applied_pending"}).json()["text"]
        lifecycle.record(fix.pk, Status.FAILED, by(engineer))
        body = {"text": "Everything is fixed."}
        with assert_nothing_posted():
            problem = assert_refused(post(api, session, f"texts/{note['id']}/addenda", body), 409, "text_not_verified")
        assert problem["warnings"][0].keys() == {"sentence", "excerpt", "reason", "instead"}
        said = post(api, session, f"texts/{note['id']}/addenda", body | {"my_words": True}).json()
        assert said["my_words"] == problem["warnings"]

    def test_of_a_text_in_another_session_are_404(self, api: Client, session: AISession, engineer: User) -> None:
        other = posted(AISession.objects.create(owner=engineer, account=engineer.account, title="VPN"))
        assert_refused(post(api, session, f"texts/{other.pk}/addenda"), 404, "not_found")
