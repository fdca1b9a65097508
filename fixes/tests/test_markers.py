"""What SUGGEST_FIX and FIX_OUTCOME in FlowPilot's messages do to fixes; the grammar is tested in `sessions`."""

import json
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from accounts.tests.factories import AccountFactory
from fixes.lifecycle.from_markers import _cut
from fixes.models import ScriptTemplate, SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import by, everything, last_event
from fixes.tests.factories import WORDS, make_fix
from fixes.transitions import Status
from sessions import acts
from sessions.models import AISession, Message
from sessions.tests.factories import SessionFactory
from tests.api import NOBODY, call


def post(session: AISession, marker: str, payload: Any, origin: str = "") -> Message:
    text = f"I thought about it.\n\n[{marker}]{json.dumps(payload)}[/{marker}]"
    return acts.post_as_copilot(session.pk, text, sessions=AISession.objects.all(), origin=origin)


def suggest(session: AISession, **fields: Any) -> Any:
    return post(session, "SUGGEST_FIX", WORDS | fields).effects[0]


def propose(session: AISession, fix: SuggestedFix, outcome: Any = "success", **fields: Any) -> Any:
    payload = {"fix_id": str(fix.pk), "outcome": outcome, "reason": "It says so."} | fields
    return post(session, "FIX_OUTCOME", payload).effects[0]


def fixes_and_events() -> dict[str, Any]:
    return {name: rows for name, rows in everything().items() if name in ("SuggestedFix", "FixEvent")}


def assert_refused(
    effect: Any, reason: str, before: dict[str, Any], code: str = "invalid_input", id_: str | None = None
) -> None:
    assert (effect["result"], effect["id"], effect["code"]) == ("refused", id_, code)
    assert reason in effect["reason"]
    assert fixes_and_events() == before


class TestSuggestFix:
    def test_it_becomes_the_current_fix_in_the_act_of_the_message(self, session: AISession) -> None:
        old = make_fix(session, title="Restart the PC")
        message = post(session, "SUGGEST_FIX", WORDS | {"verification_hint": "It stays away."}, origin="built-in")
        fix = SuggestedFix.objects.current().get(session=session)
        assert message.effects == [
            {"marker": "SUGGEST_FIX", "result": "done", "id": str(fix.pk), "reason": None, "code": None}
        ]
        assert message.content == "I thought about it."
        assert (fix.title, fix.confidence_pct, fix.verification_hint) == (WORDS["title"], 80, "It stays away.")
        assert fix.origin == "built-in"
        event = last_event(fix)
        assert (event.action, event.source, event.actor) == ("suggest", "copilot", None)
        session.refresh_from_db()
        assert event.state_version == session.state_version == 2
        old.refresh_from_db()
        assert old.superseded_at

    @pytest.mark.parametrize(
        ("said", "stored"), [(900, 100), (-5, 0), (71.6, 72), (72.5, 73), (0.4, 0), (10**30, 100), (1e300, 100)]
    )
    def test_a_confidence_is_brought_between_0_and_100(self, session: AISession, said: Any, stored: int) -> None:
        effect = suggest(session, confidence_pct=said)
        assert SuggestedFix.objects.get(pk=effect["id"]).confidence_pct == stored
        assert bool(effect["reason"]) is not (0 <= said <= 100)

    @pytest.mark.parametrize("said", ["very high", "80", True, None, [80], {}])
    def test_a_confidence_in_words_is_refused(self, session: AISession, said: Any) -> None:
        before = fixes_and_events()
        assert_refused(suggest(session, confidence_pct=said), "is not a number from 0 to 100", before)

    def test_a_long_title_is_cut_at_a_word_and_that_is_said(self, session: AISession) -> None:
        effect = suggest(session, title="broker " * 70 + "sign-in up")
        title = SuggestedFix.objects.get(pk=effect["id"]).title
        assert title == "broker " * 27 + "broker…"
        assert effect["result"] == "done"
        assert effect["reason"] == "The title had 500 characters and was cut to 200."

    def test_a_long_hint_is_cut_likewise(self, session: AISession) -> None:
        effect = suggest(session, verification_hint="It stays away\n" * 50)
        hint = SuggestedFix.objects.get(pk=effect["id"]).verification_hint
        assert hint is not None
        assert len(hint) <= 500
        assert hint.endswith("away\nIt…")
        assert "verification hint had 699 characters" in effect["reason"]

    @pytest.mark.parametrize(
        ("fields", "reason"),
        [
            ({"colour": "red"}, "colour: There is no such field."),
            ({"again": True}, "again: There is no such field."),
            ({"origin": "built-in"}, "origin: There is no such field."),
            ({"title": "\u200b"}, "A fix needs a title."),
            ({"title": None}, "A fix needs a title."),
            ({"title": 7}, "title: This is not text."),
            ({"title": "\x00"}, "invalid character"),
            ({"description": " "}, "A fix needs a description."),
            ({"ai_drafted_parameters": []}, "Parameters are a JSON object"),
            ({"script_template_id": "clear"}, "There is no such script template"),
            ({"script_template_id": NOBODY}, "There is no such script template"),
        ],
    )
    def test_what_the_writer_refuses_is_refused(self, session: AISession, fields: dict[str, Any], reason: str) -> None:
        make_fix(session, title="Restart the PC")
        before = fixes_and_events()
        assert_refused(suggest(session, **fields), reason, before)
        assert session.messages.count() == 1

    def test_another_accounts_template_is_refused(self, session: AISession) -> None:
        theirs = ScriptTemplate.objects.create(account=AccountFactory(), name="Clear", body="cmdkey")
        before = fixes_and_events()
        assert_refused(suggest(session, script_template_id=str(theirs.pk)), "no such script template", before)

    def test_a_template_of_the_account_is_taken(self, session: AISession) -> None:
        ours = ScriptTemplate.objects.create(account=session.account, name="Clear", body="cmdkey")
        effect = suggest(session, script_template_id=str(ours.pk))
        assert SuggestedFix.objects.get(pk=effect["id"]).script_template == ours

    def test_what_failed_here_is_not_suggested_again(self, session: AISession) -> None:
        failed = make_fix(session, Status.FAILED)
        before = fixes_and_events()
        effect = suggest(session, title="CLEAR cached credentials!")
        assert_refused(effect, "didn’t work", before, "already_failed", str(failed.pk))


class TestFixOutcome:
    @pytest.mark.parametrize(
        ("said", "proposed"),
        [
            ("success", "applied_success"),
            ("failure", "applied_failed"),
            ("partial", "applied_partial"),
            ("pending", "applied_pending"),
        ],
    )
    def test_it_proposes_and_changes_no_status(self, session: AISession, said: str, proposed: str) -> None:
        fix = make_fix(session)
        message = post(session, "FIX_OUTCOME", {"fix_id": str(fix.pk), "outcome": said, "reason": "She says so."})
        assert message.effects[0]["result"] == "done"
        assert message.effects[0]["id"] == str(fix.pk)
        fix.refresh_from_db()
        assert fix.status == Status.PROPOSED
        proposal = fix.ai_outcome_proposal or {}
        assert (proposal["outcome"], proposal["reason"]) == (proposed, "She says so.")
        assert proposal["message_id"] == str(message.pk)
        assert last_event(fix).state_version == 2

    @pytest.mark.parametrize("said", ["dismissed", "applied_success", "worked", "", None, 1, ["success"]])
    def test_other_outcomes_are_refused(self, session: AISession, said: Any) -> None:
        fix = make_fix(session)
        before = fixes_and_events()
        assert_refused(propose(session, fix, said), "is not one of success, failure, partial, pending", before)

    def test_unknown_keys_are_refused(self, session: AISession) -> None:
        fix = make_fix(session)
        before = fixes_and_events()
        assert_refused(propose(session, fix, notes="x"), "notes: There is no such field.", before)

    @pytest.mark.parametrize("fix_id", ["current", None, 5, NOBODY])
    def test_an_unknown_fix_is_refused(self, session: AISession, fix_id: Any) -> None:
        fix = make_fix(session)
        before = fixes_and_events()
        assert_refused(propose(session, fix, fix_id=fix_id), "There is no such fix in this session.", before)

    @pytest.mark.parametrize("account", ["the same", "another"])
    def test_a_fix_of_another_session_is_refused(self, session: AISession, account: str) -> None:
        owner = {"owner": session.owner} if account == "the same" else {}
        theirs = make_fix(SessionFactory(**owner))
        before = fixes_and_events()
        assert_refused(propose(session, theirs), "There is no such fix in this session.", before)

    def test_a_replaced_fix_is_refused(self, session: AISession) -> None:
        old = make_fix(session, Status.PENDING)
        make_fix(session, title="Restart the PC")
        before = fixes_and_events()
        assert_refused(propose(session, old), "newer fix has replaced", before, "superseded")

    def test_a_terminal_fix_is_refused(self, session: AISession) -> None:
        fix = make_fix(session, Status.SUCCESS)
        before = fixes_and_events()
        assert_refused(propose(session, fix), "already recorded as “Worked”", before, "illegal_transition")

    def test_a_person_confirms_what_a_marker_proposed(self, session: AISession, engineer: User) -> None:
        fix = make_fix(session)
        propose(session, fix, "pending")
        assert lifecycle.confirm(fix.pk, by(engineer)).pending_reason == "It says so."


def test_an_outside_agent_drives_a_session(api: Client, session: AISession) -> None:
    content = f"Try this.\n[SUGGEST_FIX]\n{json.dumps(WORDS)}\n[/SUGGEST_FIX]"
    answer = call(api, "POST", f"/ai-sessions/{session.pk}/messages", {"author": "assistant", "content": content})
    assert answer.status_code == 201, answer.content
    (effect,) = answer.json()["effects"]
    fix = SuggestedFix.objects.get(pk=effect["id"])
    assert (fix.title, fix.origin) == (WORDS["title"], "")


def test_an_engineers_markers_are_text(api: Client, session: AISession) -> None:
    content = f"[SUGGEST_FIX]{json.dumps(WORDS)}[/SUGGEST_FIX]"
    answer = call(api, "POST", f"/ai-sessions/{session.pk}/messages", {"content": content})
    assert answer.json()["content"] == content
    assert not SuggestedFix.objects.exists()


@given(st.text(min_size=1, max_size=60), st.integers(5, 30))
def test_cutting_never_leaves_more_than_the_limit(text: str, most: int) -> None:
    notes: list[str] = []
    cut = _cut("title", text, most, notes)
    assert cut is not None
    assert len(cut) <= most
    assert (cut == text) is (not notes)
