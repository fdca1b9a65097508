"""Escalate: the outcome of the fix, the package, the handoff and the session's status are one act (docs/texts.md)."""

import uuid

import pytest
import time_machine
from django.test import Client

from accounts.models import Role, User
from accounts.tests.factories import UserFactory
from common.refusals import InvalidInput, Stale
from fixes.tests.acting import NOON, last_event
from fixes.tests.factories import make_fix
from fixes.transitions import Source, Status
from sessions.models import AISession, Author, Notice
from sessions.tests import acts
from tests.api import call
from tickets.models import Handoff, HandoffEvent, Kind
from tickets.refusals import AlreadyEscalated, FixNeedsOutcome
from tickets.tests.closing import assert_nothing_posted, by, escalate, resolve, says

NOTES_OF = {Status.PARTIAL: "One of three works.", Status.PENDING: "The reboot after lunch."}


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> None:
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def colleague(engineer: User) -> User:
    return UserFactory.create(account=engineer.account, display_name="Jonas")


@pytest.mark.parametrize("outcome", [Status.SUCCESS, Status.PENDING, Status.PARTIAL, Status.FAILED, Status.DISMISSED])
@pytest.mark.parametrize("before", [Status.PROPOSED, Status.PARTIAL, Status.PENDING])
def test_it_records_the_outcome_and_puts_the_session_into_the_queue(
    session: AISession, engineer: User, before: Status, outcome: Status
) -> None:
    fix = make_fix(session, before)
    session.refresh_from_db()
    version = session.state_version
    handoff = escalate(session.pk, says(outcome, notes=NOTES_OF.get(outcome)), by(engineer))
    session.refresh_from_db()
    fix.refresh_from_db()
    assert (session.status, session.resolution_kind, session.owner) == ("escalated", None, engineer)
    assert fix.status == outcome
    event = last_event(fix)
    assert (event.source, event.actor, event.at) == (Source.ESCALATE, engineer, NOON)
    assert handoff.text is not None
    assert session.state_version == handoff.text.state_version == event.state_version == version + 1


def test_the_package_is_posted_and_kept_in_the_session(session: AISession, engineer: User, colleague: User) -> None:
    closing = says(question="Can you look at the firewall?", impact="Three people.", access="VPN.", to=colleague)
    handoff = escalate(session.pk, closing, by(engineer))
    session.refresh_from_db()
    text = handoff.text
    assert text is not None
    assert (text.kind, text.posted_by, text.writer) == (Kind.PACKAGE, engineer, "built-in")
    assert (session.escalation_package, session.escalation_package_posted_at) == (text.markdown, NOON)
    assert (session.resolution_note, session.root_cause) == (None, None)
    assert (handoff.state, handoff.from_user, handoff.target) == ("waiting", engineer, colleague)
    assert (handoff.question, handoff.created_at) == ("Can you look at the firewall?", NOON)


def test_the_conversation_has_the_handoff(session: AISession, engineer: User) -> None:
    handoff = escalate(session.pk, says(question="Can you look?"), by(engineer))
    event = HandoffEvent.objects.get()
    session.refresh_from_db()
    assert (event.handoff, event.session, event.action) == (handoff, session, "escalate")
    assert (event.actor, event.notes, event.at) == (engineer, "Can you look?", NOON)
    assert event.state_version == session.state_version


def test_the_cause_that_an_earlier_resolve_gave_stays(session: AISession, engineer: User) -> None:
    resolve(session.pk, says(root_cause="A stale token."), by(engineer))
    acts.reopen(session.pk, "It came back.", user=engineer)
    escalate(session.pk, says(), by(engineer))
    session.refresh_from_db()
    assert session.root_cause == "A stale token."


@pytest.mark.parametrize(
    ("status", "applied", "default"),
    [
        (Status.PROPOSED, False, "dismissed"),
        (Status.PROPOSED, True, "applied_failed"),
        (Status.PARTIAL, True, "applied_partial"),
        (Status.PENDING, True, "applied_pending"),
        (Status.PENDING, False, "applied_pending"),
    ],
)
def test_an_open_fix_needs_an_answer(
    session: AISession, engineer: User, status: Status, applied: bool, default: str
) -> None:
    make_fix(session, status, applied=applied)
    with assert_nothing_posted(), pytest.raises(FixNeedsOutcome) as refused:
        escalate(session.pk, says(), by(engineer))
    assert [(each.outcome.value, each.label) for each in refused.value.choices] == [
        ("applied_pending", "Still waiting"),
        ("applied_failed", "Didn’t work"),
        ("applied_success", "It worked"),
        ("applied_partial", "Partly"),
        ("dismissed", "Never applied"),
    ]
    assert [each.outcome.value for each in refused.value.choices if each.is_default] == [default]


def test_one_click_claims_nothing_of_a_fix_that_nobody_applied(api: Client, session: AISession, engineer: User) -> None:
    fix = make_fix(session)
    refusal = call(api, "POST", f"/ai-sessions/{session.pk}/escalate", {}).json()
    default = next(each["outcome"] for each in refusal["choices"] if each["is_default"])
    handoff = escalate(session.pk, says(Status(default)), by(engineer))
    fix.refresh_from_db()
    assert (fix.status, fix.applied_at) == ("dismissed", None)
    assert handoff.text is not None
    assert "Didn’t work" not in handoff.text.markdown


def test_one_click_keeps_what_a_fix_did_partly(session: AISession, engineer: User) -> None:
    fix = make_fix(session, Status.PARTIAL)
    handoff = escalate(session.pk, says(Status.PARTIAL), by(engineer))
    fix.refresh_from_db()
    assert (fix.status, fix.partial_notes) == ("applied_partial", "Two of three work.")
    assert handoff.text is not None
    assert "Two of three work" in handoff.text.markdown


class TestTo:
    def refused(self, session: AISession, engineer: User, target: User) -> str:
        make_fix(session, applied=True)
        with assert_nothing_posted(), pytest.raises(InvalidInput) as refused:
            escalate(session.pk, says(Status.FAILED, to=target), by(engineer))
        assert list(refused.value.errors) == ["to"]
        return refused.value.errors["to"]

    def test_oneself(self, session: AISession, engineer: User) -> None:
        assert self.refused(session, engineer, engineer).startswith("You can’t escalate to yourself.")

    def test_a_viewer(self, session: AISession, engineer: User) -> None:
        viewer = UserFactory.create(account=engineer.account, display_name="Vera", role=Role.VIEWER)
        assert self.refused(session, engineer, viewer).startswith("Vera can only read.")

    def test_somebody_deactivated_meanwhile(self, session: AISession, engineer: User, colleague: User) -> None:
        User.objects.filter(pk=colleague.pk).update(is_active=False)
        assert colleague.is_active
        assert self.refused(session, engineer, colleague).startswith("Jonas is deactivated.")

    def test_somebody_of_another_account(self, session: AISession, engineer: User) -> None:
        assert self.refused(session, engineer, UserFactory.create()).startswith("Nobody in this account")

    def test_an_admin_can_take_over(self, session: AISession, engineer: User) -> None:
        admin = UserFactory.create(account=engineer.account, role=Role.ADMIN)
        assert escalate(session.pk, says(to=admin), by(engineer)).target == admin


@pytest.mark.parametrize("text", ["", " \n\u200b", "x" * 60_001, "## Problem\n\nOnly this."])
def test_a_text_that_is_empty_too_long_or_lacks_sections(session: AISession, engineer: User, text: str) -> None:
    with assert_nothing_posted(), pytest.raises(InvalidInput) as refused:
        escalate(session.pk, says(text=text, my_words=True), by(engineer))
    assert list(refused.value.errors) == ["text"]


def test_a_session_that_changed_since(session: AISession, engineer: User) -> None:
    acts.post(session.pk, Author.ENGINEER, "It came back.", user=engineer)
    with assert_nothing_posted(), pytest.raises(Stale):
        escalate(session.pk, says(), by(engineer), version=0)


def test_an_escalated_session_says_who_was_first_and_when(session: AISession, engineer: User, colleague: User) -> None:
    escalate(session.pk, says(), by(engineer))
    for act in (resolve, escalate):
        with assert_nothing_posted(), pytest.raises(AlreadyEscalated) as refused:
            act(session.pk, says(), by(colleague), version=0)
        assert (refused.value.who, refused.value.when) == (engineer, NOON)
        assert refused.value.code == "illegal_transition"
        assert str(refused.value) == "Maya escalated this session (12:00). Nothing was recorded."


def test_a_form_that_is_sent_twice_escalates_once(session: AISession, engineer: User) -> None:
    key = uuid.uuid4()
    first = escalate(session.pk, says(), by(engineer), version=0, form_key=key)
    assert escalate(session.pk, says(), by(engineer), version=0, form_key=key) == first
    assert Handoff.objects.count() == 1


def test_the_person_it_is_for_is_told(session: AISession, engineer: User, colleague: User) -> None:
    handoff = escalate(session.pk, says(to=colleague, question="Can you look?"), by(engineer))
    notice = Notice.objects.get()
    assert (notice.user, notice.actor, notice.kind, notice.quote) == (colleague, engineer, "escalated", "Can you look?")
    assert handoff.text is not None
    assert (notice.subject, notice.anchor) == (handoff.pk, f"text-{handoff.text.pk}")


def test_an_escalation_to_anyone_tells_nobody(session: AISession, engineer: User, colleague: User) -> None:
    escalate(session.pk, says(), by(engineer))
    assert not Notice.objects.exists()


def test_reopening_the_session_takes_the_handoff_back(session: AISession, engineer: User) -> None:
    handoff = escalate(session.pk, says(), by(engineer))
    acts.reopen(session.pk, "I found it.", user=engineer)
    handoff.refresh_from_db()
    assert handoff.state == "taken_back"
    second = escalate(session.pk, says(), by(engineer))
    assert [each.state for each in Handoff.objects.order_by("pk").filter(pk=second.pk)] == ["waiting"]
