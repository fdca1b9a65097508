"""Undo of every outcome from the banner, and the notes that an outcome can be given afterwards."""

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from accounts.tests.clients import let_in
from accounts.tests.factories import UserFactory
from fixes import lifecycle
from fixes.models import SuggestedFix
from fixes.tests.acting import COPILOT, MINUTE, NOON, assert_nothing_written, by, last_event
from fixes.tests.factories import NOTES, make_fix
from fixes.tests.pages import EDGES, act_url, assert_refused, banner_of, labels, page_url, record, send
from fixes.transitions import OUTCOMES, Status
from sessions.models import AISession
from tests.markup import by_id, find, read, text

ALL = SuggestedFix.objects.all()


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> time_machine.TimeMachineFixture:
    time_machine.move_to(NOON, tick=False)
    return time_machine


@pytest.fixture
def fix(session: AISession) -> SuggestedFix:
    return make_fix(session, applied=True)


def undo_buttons(client: Client, fix: SuggestedFix) -> list[str]:
    banner = banner_of(client, fix)
    return [text(each) for each in banner.iter("button") if each.get("form", "").endswith("-undo")]


class TestUndo:
    @pytest.mark.parametrize("edge", EDGES)
    @pytest.mark.parametrize("outcome", OUTCOMES)
    def test_of_every_outcome_leads_back_to_the_question(
        self, browser_client: Client, fix: SuggestedFix, outcome: str, edge: str
    ) -> None:
        record(browser_client, fix, outcome, notes="Words.")
        fix.refresh_from_db()
        assert "Undo" in undo_buttons(browser_client, fix)
        answer = send(browser_client, fix, "undo", edge=edge)
        assert answer.status_code == {"htmx": 200, "plain form": 303}[edge]
        fix.refresh_from_db()
        assert (fix.status, fix.status_changed_at) == ("proposed", None)
        assert last_event(fix).is_undo

    @pytest.mark.parametrize("outcome", OUTCOMES)
    def test_is_offered_for_ten_minutes(
        self, browser_client: Client, fix: SuggestedFix, outcome: str, clock: time_machine.TimeMachineFixture
    ) -> None:
        record(browser_client, fix, outcome, notes="Words.")
        clock.move_to(NOON + 11 * MINUTE, tick=False)
        assert undo_buttons(browser_client, fix) == []

    def test_is_offered_to_nobody_else(self, client: Client, fix: SuggestedFix) -> None:
        lifecycle.record(fix.pk, Status.PENDING, by(fix.session.owner), notes="Lunch.", fixes=ALL)
        let_in(client, UserFactory(account=fix.account))
        assert undo_buttons(client, fix) == []


class TestReplacedFixOnTheBoard:
    @pytest.fixture
    def waiting(self, session: AISession, clock: time_machine.TimeMachineFixture) -> SuggestedFix:
        old = make_fix(session, Status.PENDING, title="The first idea")
        make_fix(session, title="A newer idea")
        clock.move_to(NOON + MINUTE, tick=False)
        return SuggestedFix.objects.get(pk=old.pk)

    @pytest.mark.parametrize("outcome", ["applied_success", "applied_failed", "dismissed"])
    def test_keeps_its_banner_and_undo_after_an_outcome(
        self, browser_client: Client, waiting: SuggestedFix, outcome: str
    ) -> None:
        answer = record(browser_client, waiting, outcome, place="board")
        banner = by_id(read(answer), f"fix-banner-{waiting.pk}")
        assert banner.get("data-mode") == outcome.removeprefix("applied_")
        assert "Undo" in labels(banner)
        waiting.refresh_from_db()
        answer = send(browser_client, waiting, "undo", place="board")
        assert by_id(read(answer), f"fix-banner-{waiting.pk}").get("data-mode") == "pending"

    def test_is_never_partly_worked(self, browser_client: Client, waiting: SuggestedFix) -> None:
        assert "Partly worked…" not in labels(banner_of(browser_client, waiting, "?place=board"))
        with assert_nothing_written():
            answer = record(browser_client, waiting, "applied_partial", notes="Half.", place="board")
        assert answer.status_code == 409

    def test_without_javascript_too(self, browser_client: Client, waiting: SuggestedFix) -> None:
        answer = record(browser_client, waiting, "applied_success", place="board", edge="plain form")
        banner = by_id(read(browser_client.get(answer["Location"])), f"fix-banner-{waiting.pk}")
        assert "Undo" in labels(banner)


class TestNotesAfterAnOutcome:
    @pytest.mark.parametrize(
        ("outcome", "question"),
        [("applied_success", "How did you see that it worked?"), ("dismissed", "Why did you dismiss it?")],
    )
    def test_an_outcome_of_one_press_offers_a_line(
        self, browser_client: Client, fix: SuggestedFix, outcome: str, question: str
    ) -> None:
        banner = by_id(read(send(browser_client, fix, "record", outcome=outcome)), "fix-banner")
        line = find(banner, ".//form[@class='notes-line']")
        assert text(find(line, "./label")) == question
        assert "Undo" in labels(banner)

    @pytest.mark.parametrize("edge", EDGES)
    def test_what_is_written_there_becomes_the_outcomes_notes(
        self, browser_client: Client, fix: SuggestedFix, edge: str
    ) -> None:
        send(browser_client, fix, "record", outcome="applied_success")
        fix.refresh_from_db()
        answer = send(browser_client, fix, "add-notes", edge=edge, form="add-notes", notes=" Mail came in. ")
        assert answer.status_code == {"htmx": 200, "plain form": 303}[edge]
        fix = SuggestedFix.objects.get(pk=fix.pk)
        assert (fix.status, fix.outcome_notes) == ("applied_success", "Mail came in.")
        banner = banner_of(browser_client, fix)
        assert "Mail came in." in text(banner)
        assert banner.find(".//form[@class='notes-line']") is None
        thread = by_id(read(browser_client.get(page_url(fix))), "thread")
        assert "Maya added notes: Mail came in." in text(thread)

    def test_the_outcome_can_still_be_undone(self, browser_client: Client, fix: SuggestedFix) -> None:
        send(browser_client, fix, "record", outcome="applied_success")
        fix.refresh_from_db()
        send(browser_client, fix, "add-notes", notes="Mail came in.")
        fix.refresh_from_db()
        assert send(browser_client, fix, "undo").status_code == 200
        fix.refresh_from_db()
        assert fix.status == "proposed"

    @pytest.mark.parametrize("edge", EDGES)
    def test_nothing_written_is_refused_in_the_open_form(
        self, browser_client: Client, fix: SuggestedFix, edge: str
    ) -> None:
        send(browser_client, fix, "record", outcome="applied_success")
        fix.refresh_from_db()
        with assert_nothing_written():
            answer = send(browser_client, fix, "add-notes", edge=edge, form="add-notes", notes=" ")
        assert find(assert_refused(answer, 422, edge), ".//form[@class='stack']").get("action") == act_url(
            fix, "add-notes"
        )

    def test_later_and_to_others_it_is_a_quiet_button(
        self, client: Client, session: AISession, engineer: User, clock: time_machine.TimeMachineFixture
    ) -> None:
        fix = make_fix(session, Status.SUCCESS)
        let_in(client, UserFactory(account=session.account))
        banner = banner_of(client, fix)
        assert banner.find(".//form[@class='notes-line']") is None
        assert "Add notes…" in labels(banner)

    def test_one_with_notes_has_neither(self, browser_client: Client, fix: SuggestedFix) -> None:
        record(browser_client, fix, "applied_success", notes="Seen.")
        banner = banner_of(browser_client, fix)
        assert banner.find(".//form[@class='notes-line']") is None
        assert "Add notes…" not in labels(banner)


class TestConfirmingAProposedWait:
    @pytest.fixture
    def proposal(self, fix: SuggestedFix) -> SuggestedFix:
        return lifecycle.propose(fix.pk, Status.PENDING, "Replication.", COPILOT, fixes=ALL)

    def test_offers_the_check_by_times_of_the_waiting_form_with_its_default(
        self, browser_client: Client, proposal: SuggestedFix
    ) -> None:
        def offered(form: str) -> list[tuple[str, str | None]]:
            fieldset = find(banner_of(browser_client, proposal, f"?form={form}"), ".//fieldset")
            return [
                (text(each), each[0].get("checked"))
                for each in fieldset.iter("label")
                if each.find("input") is not None
            ]

        assert offered("confirm") == offered("applied_pending")
        assert offered("confirm")[0] == ("In 1 hour 13:00", "")

    def test_records_the_time_that_was_chosen(self, browser_client: Client, proposal: SuggestedFix) -> None:
        send(browser_client, proposal, "confirm", form="confirm", notes="Replication.", check_by="1h")
        proposal.refresh_from_db()
        assert (proposal.status, proposal.pending_reason, proposal.follow_up_at) == (
            "applied_pending",
            "Replication.",
            NOON + 60 * MINUTE,
        )

    def test_has_no_button_that_skips_the_question(self, browser_client: Client, proposal: SuggestedFix) -> None:
        banner = banner_of(browser_client, proposal)
        assert [text(each) for each in find(banner, ".//div[@class='actions']") if each.tag in {"a", "button"}] == [
            "Confirm…",
            "That’s wrong",
        ]


@pytest.mark.parametrize("status", Status)
def test_a_script_can_be_copied_from_its_head_in_every_status(
    browser_client: Client, session: AISession, status: Status
) -> None:
    fix = make_fix(session, status, ai_drafted_script="cmdkey /list")
    copies = find(banner_of(browser_client, fix), ".//button[@data-copies]")
    assert text(copies) == "Copy"


def test_an_overdue_wait_is_red_at_the_edge(
    browser_client: Client, session: AISession, clock: time_machine.TimeMachineFixture
) -> None:
    fix = make_fix(session)
    soon = NOON + MINUTE
    owner = by(session.owner)
    fix = lifecycle.record(fix.pk, Status.PENDING, owner, notes=NOTES[Status.PENDING], follow_up_at=soon, fixes=ALL)
    assert banner_of(browser_client, fix).get("data-overdue") is None
    clock.move_to(NOON + 2 * MINUTE, tick=False)
    assert banner_of(browser_client, fix).get("data-overdue") == ""


class TestAttemptsAndList:
    def test_say_what_flowpilot_proposes(self, browser_client: Client, fix: SuggestedFix) -> None:
        lifecycle.propose(fix.pk, Status.PARTIAL, "Half of them.", COPILOT, fixes=ALL)
        attempts = by_id(read(browser_client.get(page_url(fix))), "attempts")
        assert "FlowPilot thinks: partly worked" in text(attempts)
        assert "FlowPilot thinks: partly worked" in text(by_id(read(browser_client.get("/sessions/")), "main"))

    @pytest.mark.parametrize(
        ("status", "applied", "label"),
        [
            (Status.PROPOSED, False, "suggested 5 min ago"),
            (Status.PROPOSED, True, "applied 5 min ago"),
            (Status.PENDING, False, "since 12:00"),
            (Status.SUCCESS, False, "recorded 5 min ago"),
        ],
    )
    def test_times_in_attempts_have_a_label(
        self,
        browser_client: Client,
        session: AISession,
        status: Status,
        applied: bool,
        label: str,
        clock: time_machine.TimeMachineFixture,
    ) -> None:
        fix = make_fix(session, status, applied=applied)
        clock.move_to(NOON + 5 * MINUTE, tick=False)
        attempts = by_id(read(browser_client.get(page_url(fix))), "attempts")
        assert label in text(attempts)

    def test_a_waiting_fix_that_was_replaced_is_counted_on_the_button(
        self, browser_client: Client, session: AISession
    ) -> None:
        make_fix(session, Status.PENDING)
        fix = make_fix(session)
        head = by_id(read(browser_client.get(page_url(fix))), "session-head")
        assert "What we know · 1 waiting" in text(head)
