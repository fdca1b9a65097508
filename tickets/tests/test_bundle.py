"""The case bundle: what a text may rest on."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.tests.clients import let_in
from fixes.lifecycle import By
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.factories import make_fix
from fixes.transitions import Decision, Source, Status
from sessions.models import AISession, Author, Fact, FactKind, Message
from sessions.tests.factories import SessionFactory
from tickets.bundle import Bundle, ClosingInput, StatementKind, read_bundle

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
COPILOT = By(None, Source.COPILOT, NOON)


def _by(session: AISession, minutes: int = 0) -> By:
    return By(session.owner, Source.BANNER, NOON + minutes * MINUTE)


def _statuses(bundle: Bundle) -> list[list[Status]]:
    return [[outcome.status for outcome in attempt.outcomes] for attempt in bundle.attempts]


def test_every_kind_of_statement_has_its_id_person_and_element_of_the_page() -> None:
    session = SessionFactory.create(owner__display_name="Maya Lindqvist", ticket_ref="CW-1")
    message = Message.objects.create(
        session=session, account=session.account, sequence=1, author=Author.ENGINEER, user=session.owner, content="Hi"
    )
    fact = Fact.objects.create(
        session=session, account=session.account, text="AzureAdPrt : NO", kind=FactKind.DIAGNOSTIC_CHECK
    )
    fix = make_fix(session, applied=True, verification_hint="No prompt")
    bundle = read_bundle(session)
    found = {each.id: (each.text, each.person, each.anchor, each.source) for each in bundle.statements.values()}
    events = {event.action: event.anchor for event in fix.history}
    words = "Clear cached credentials"
    assert found == {
        "session:title": ("Outlook keeps asking for a password", "", "ticket", "Title of the session"),
        "session:problem_summary": ("One user, one laptop, since the reboot.", "", "ticket", "Details of the ticket"),
        "session:client_name": ("Nordwind Logistik", "", "ticket", "Client of the ticket"),
        "session:ticket_ref": ("CW-1", "", "ticket", "Reference of the ticket"),
        f"message:{message.sequence}": ("Hi", "Maya Lindqvist", "message-1", "Message, Maya Lindqvist"),
        f"fact:{fact.pk}": ("AzureAdPrt : NO", "", f"fact-{fact.pk}", "Fact, checked by FlowPilot"),
        "event:1.0": (f"{words}\n\nRemove them and sign in again.", "", events["suggest"], "FlowPilot suggested it"),
        "event:2.0": (words, "Maya Lindqvist", events["apply"], "Maya Lindqvist marked it as applied"),
        "hint:1": ("No prompt", "", "attempts", "How to tell it worked, from the fix"),
    }


def test_outcomes_that_were_undone_or_reopened_do_not_count() -> None:
    session = SessionFactory.create()
    fix = make_fix(session)
    lifecycle.record(fix.pk, Status.PARTIAL, _by(session), notes="Two of three")
    lifecycle.record(fix.pk, Status.FAILED, _by(session, 1))
    lifecycle.undo(fix.pk, _by(session, 2))
    assert _statuses(read_bundle(session)) == [[Status.PARTIAL]]
    lifecycle.record(fix.pk, Status.SUCCESS, _by(session, 3))
    lifecycle.add_notes(fix.pk, "All three now", _by(session, 4))
    assert _statuses(read_bundle(session)) == [[Status.PARTIAL, Status.SUCCESS]]
    lifecycle.reopen(fix.pk, _by(session, 60), reason="It is back")
    bundle = read_bundle(session)
    assert _statuses(bundle) == [[Status.PARTIAL]]
    assert [each.text for each in bundle.statements.values() if each.text == "It is back"]


def test_notes_added_to_a_verdict_are_its_notes_with_both_sources() -> None:
    session = SessionFactory.create()
    fix = make_fix(session)
    lifecycle.record(fix.pk, Status.SUCCESS, _by(session, 3))
    lifecycle.add_notes(fix.pk, "No prompt for ten minutes", _by(session, 4))
    outcome = read_bundle(session).attempts[0].outcome
    assert outcome
    assert (outcome.at, outcome.notes) == (NOON + 3 * MINUTE, "No prompt for ten minutes")
    assert outcome.all_cites == ("event:2.0", "event:3.0")


def test_a_wait_whose_reason_was_updated_is_one_outcome() -> None:
    session = SessionFactory.create()
    fix = make_fix(session)
    check_by = NOON + timedelta(hours=2)
    lifecycle.record(fix.pk, Status.PENDING, _by(session), notes="The reboot", follow_up_at=check_by)
    lifecycle.record(fix.pk, Status.PENDING, _by(session, 1), notes="Her restart after lunch")
    outcome = read_bundle(session).attempts[0].outcome
    assert outcome
    assert (outcome.notes, outcome.check_by) == ("Her restart after lunch", check_by)


def test_a_script_that_was_run_is_a_statement_without_its_parameters() -> None:
    session = SessionFactory.create(owner__display_name="Maya Lindqvist")
    fix = make_fix(
        session, ai_drafted_script="echo {{ password }}", ai_drafted_parameters={"password": {"type": "secret"}}
    )
    lifecycle.decide(fix.pk, Decision.ONE_OFF, _by(session, 1))
    bundle = read_bundle(session)
    ran = bundle.statements["script:1"]
    assert (ran.kind, ran.text, ran.person) == (StatementKind.SCRIPT, "Clear cached credentials", "Maya Lindqvist")
    assert (ran.at, ran.source) == (NOON + MINUTE, "Maya Lindqvist ran the script")
    assert bundle.attempts[0].ran_script
    assert bundle.attempts[0].applied == "event:2.0"
    assert not [each for each in bundle.statements.values() if "password }}" in each.text]


def test_a_replaced_fix_goes_on_waiting() -> None:
    session = SessionFactory.create()
    make_fix(session, Status.PENDING, title="Restart the spooler")
    make_fix(session)
    assert [(each.title, each.is_current) for each in read_bundle(session).awaiting] == [("Restart the spooler", False)]


def test_what_the_form_says_counts_as_if_it_were_recorded_now() -> None:
    session = SessionFactory.create()
    make_fix(session)
    inputs = ClosingInput(fix_outcome=Status.SUCCESS, notes="She signed in", root_cause="A broken token")
    bundle = read_bundle(session, inputs=inputs, user=session.owner, now=NOON)
    attempt = bundle.attempts[0]
    assert (attempt.status, attempt.applied_at, attempt.verified_at) == (Status.SUCCESS, NOON, NOON)
    assert attempt.outcome
    assert (attempt.outcome.notes, attempt.outcome.cites) == ("She signed in", "input:fix_outcome")
    assert bundle.root_cause
    assert bundle.root_cause.text == "A broken token"
    assert SuggestedFix.objects.get().status == Status.PROPOSED


def test_still_waiting_without_notes_leaves_the_reason_as_it_was_recorded() -> None:
    session = SessionFactory.create()
    make_fix(session, Status.PENDING)
    bundle = read_bundle(session, inputs=ClosingInput(fix_outcome=Status.PENDING), now=NOON)
    outcome = bundle.attempts[0].outcome
    assert outcome
    assert (outcome.notes, outcome.cites) == ("The client’s power cycle at lunch.", "event:2.0")


def test_an_outcome_on_the_form_does_not_overwrite_a_verdict() -> None:
    session = SessionFactory.create()
    make_fix(session, Status.FAILED)
    bundle = read_bundle(session, inputs=ClosingInput(fix_outcome=Status.SUCCESS), now=NOON)
    assert bundle.attempts[0].status == Status.FAILED


def test_never_applied_on_the_form_is_so_also_for_a_fix_that_was_marked_as_applied() -> None:
    session = SessionFactory.create()
    make_fix(session, applied=True)
    attempt = read_bundle(session, inputs=ClosingInput(fix_outcome=Status.DISMISSED), now=NOON).attempts[0]
    assert attempt.never_applied
    assert not attempt.was_applied


def test_removed_facts_and_messages_of_the_system_are_left_out() -> None:
    session = SessionFactory.create()
    common = {"session": session, "account": session.account}
    Fact.objects.create(**common, text="Gone", kind=FactKind.ENGINEER_NOTE, deleted_at=NOON)
    Message.objects.create(**common, sequence=1, author=Author.SYSTEM, content="Imported")
    bundle = read_bundle(session)
    assert (bundle.facts, bundle.messages) == ((), ())


def test_quoted_mail_below_a_message_is_cut_and_kept_in_answers_of_flowpilot() -> None:
    session = SessionFactory.create()
    common = {"session": session, "account": session.account}
    text = "Works.\n\nKind regards,\nInes"
    Message.objects.create(**common, sequence=1, author=Author.ENGINEER, content=text)
    Message.objects.create(**common, sequence=2, author=Author.ASSISTANT, content=text)
    bundle = read_bundle(session)
    assert [bundle.statements[each].text for each in bundle.messages] == ["Works.", text]


def test_the_number_of_statements_does_not_grow_with_the_session() -> None:
    session = SessionFactory.create()
    for number in range(2):
        make_fix(session, title=f"Fix {number}")
    few = _count(session)
    for number in range(2, 8):
        make_fix(session, Status.FAILED, title=f"Fix {number}")
    assert (few, _count(session)) == (5, 5)


def _count(session: AISession) -> int:
    fresh = AISession.objects.get(pk=session.pk)
    with CaptureQueriesContext(connection) as captured:
        read_bundle(fresh)
    return len(captured)


def test_every_anchor_is_an_element_of_the_session_page(client: Client) -> None:
    session = SessionFactory.create(root_cause="A broken token")
    common = {"session": session, "account": session.account, "user": session.owner}
    Message.objects.create(**common, sequence=1, author=Author.ENGINEER, content="Hi")
    Fact.objects.create(**common, text="AzureAdPrt : NO", kind=FactKind.DIAGNOSTIC_CHECK)
    fix = make_fix(session, ai_drafted_script="echo", verification_hint="No prompt")
    lifecycle.decide(fix.pk, Decision.ONE_OFF, _by(session))
    lifecycle.propose(fix.pk, Status.PENDING, "the reboot", COPILOT)
    lifecycle.reject(fix.pk, _by(session))
    lifecycle.record(fix.pk, Status.FAILED, _by(session))
    lifecycle.reopen(fix.pk, _by(session, 60), reason="It is back")
    lifecycle.edit(fix.pk, {"title": "Clear them"}, _by(session, 61))
    make_fix(session)
    let_in(client, session.owner)
    page = client.get(f"/sessions/{session.pk}/").content.decode()
    statements = read_bundle(AISession.objects.get(pk=session.pk)).statements.values()
    assert len(statements) == 18
    assert [each.id for each in statements if f'id="{each.anchor}"' not in page] == []
