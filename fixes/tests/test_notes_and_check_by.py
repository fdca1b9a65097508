"""The words and the check-by time of an answer, and answers that only repeat what stands."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
import time_machine

from accounts.models import Role, User
from accounts.tests.factories import UserFactory
from common.refusals import InvalidInput
from fixes.lifecycle.validation import KEEP, FollowUp
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import NOON, assert_nothing_written, by, last_event
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from sessions.models import AISession

HOUR = timedelta(hours=1)
YEAR = timedelta(days=365)
REASON = "The client’s power cycle at lunch."


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> None:
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def fix(session: AISession) -> SuggestedFix:
    return make_fix(session, applied=True)


@pytest.fixture
def waiting(fix: SuggestedFix, engineer: User) -> SuggestedFix:
    """A fix to be checked in an hour."""
    return lifecycle.record(fix.pk, Status.PENDING, by(engineer), notes=REASON, follow_up_at=NOON + HOUR)


class TestNotes:
    def test_line_ends_become_lf_and_ends_are_stripped(self, fix: SuggestedFix, engineer: User) -> None:
        fix = lifecycle.record(fix.pk, Status.PARTIAL, by(engineer), notes="\r\n One\r\ntwo\rthree \n\u00a0")
        assert fix.partial_notes == last_event(fix).notes == "One\ntwo\nthree"

    @pytest.mark.parametrize("outcome", ["applied_success", "applied_failed", "applied_partial", "dismissed"])
    @pytest.mark.parametrize("notes", ["a\x00b", "\x00", "half a character: \ud83d", "x" * 4001])
    def test_text_that_cannot_be_kept_is_refused(
        self, fix: SuggestedFix, engineer: User, outcome: str, notes: str
    ) -> None:
        with assert_nothing_written(), pytest.raises(InvalidInput) as refusal:
            lifecycle.record(fix.pk, outcome, by(engineer), notes=notes)
        assert list(refusal.value.errors) == ["notes"]

    @pytest.mark.parametrize("notes", ["x" * 4000, "\n" + "x" * 4000 + "   ", "🔧" * 4000, "a\r\n" * 1998 + "bbb"])
    def test_four_thousand_characters_fit_after_cleaning(self, fix: SuggestedFix, engineer: User, notes: str) -> None:
        fix = lifecycle.record(fix.pk, Status.FAILED, by(engineer), notes=notes)
        assert fix.failure_reason == notes.replace("\r\n", "\n").strip()

    @pytest.mark.parametrize("outcome", ["applied_success", "dismissed"])
    def test_notes_without_a_column_stand_in_the_event(self, fix: SuggestedFix, engineer: User, outcome: str) -> None:
        lifecycle.record(fix.pk, outcome, by(engineer), notes="Asked the client.")
        assert last_event(fix).notes == "Asked the client."


class TestCheckBy:
    @pytest.mark.parametrize("ahead", [timedelta(microseconds=1), HOUR, YEAR])
    def test_a_time_within_a_year_is_kept(self, fix: SuggestedFix, engineer: User, ahead: timedelta) -> None:
        lifecycle.record(fix.pk, Status.PENDING, by(engineer), notes=REASON, follow_up_at=NOON + ahead)
        fix.refresh_from_db()
        assert fix.follow_up_at == last_event(fix).follow_up_at == NOON + ahead

    def test_its_offset_counts(self, fix: SuggestedFix, engineer: User) -> None:
        local = datetime(2026, 11, 23, 14, tzinfo=timezone(HOUR))
        lifecycle.record(fix.pk, Status.PENDING, by(engineer), notes=REASON, follow_up_at=local)
        fix.refresh_from_db()
        assert fix.follow_up_at == datetime(2026, 11, 23, 13, tzinfo=UTC)

    @pytest.mark.parametrize(
        "time",
        [
            NOON,
            NOON - timedelta(microseconds=1),
            NOON + YEAR + timedelta(microseconds=1),
            (NOON + HOUR).replace(tzinfo=None),
            datetime.max.replace(tzinfo=timezone(-12 * HOUR)),
            datetime.min.replace(tzinfo=timezone(12 * HOUR)),
        ],
        ids=["now", "past", "after a year", "naive", "end of time", "begin of time"],
    )
    def test_other_times_are_refused(self, fix: SuggestedFix, engineer: User, time: datetime) -> None:
        with assert_nothing_written(), pytest.raises(InvalidInput) as refusal:
            lifecycle.record(fix.pk, Status.PENDING, by(engineer), notes=REASON, follow_up_at=time)
        assert list(refusal.value.errors) == ["follow_up_at"]

    @pytest.mark.parametrize("outcome", ["applied_success", "applied_failed", "applied_partial", "dismissed"])
    def test_with_another_outcome_a_time_is_refused(self, waiting: SuggestedFix, engineer: User, outcome: str) -> None:
        with assert_nothing_written(), pytest.raises(InvalidInput) as refusal:
            lifecycle.record(waiting.pk, outcome, by(engineer), notes="Words.", follow_up_at=NOON + HOUR)
        assert list(refusal.value.errors) == ["follow_up_at"]

    @pytest.mark.parametrize("outcome", ["applied_success", "applied_failed", "applied_partial", "dismissed"])
    @pytest.mark.parametrize("absent", [KEEP, None])
    def test_leaving_pending_clears_it(
        self, waiting: SuggestedFix, engineer: User, outcome: str, absent: FollowUp
    ) -> None:
        lifecycle.record(waiting.pk, outcome, by(engineer), notes="Words.", follow_up_at=absent)
        waiting.refresh_from_db()
        assert (waiting.follow_up_at, waiting.pending_reason) == (None, REASON)

    def test_absent_keeps_it(self, waiting: SuggestedFix, engineer: User) -> None:
        fix = lifecycle.record(waiting.pk, Status.PENDING, by(engineer), notes="Now the licence sync.")
        assert (fix.pending_reason, fix.follow_up_at) == ("Now the licence sync.", NOON + HOUR)

    def test_null_clears_it(self, waiting: SuggestedFix, engineer: User) -> None:
        fix = lifecycle.record(waiting.pk, Status.PENDING, by(engineer), notes=REASON, follow_up_at=None)
        assert (fix.pending_reason, fix.follow_up_at) == (REASON, None)
        assert last_event(fix).details == {"follow_up_at": (NOON + HOUR).isoformat(), "notes": REASON}

    def test_unchanged_it_may_lie_in_the_past(
        self, waiting: SuggestedFix, engineer: User, time_machine: time_machine.TimeMachineFixture
    ) -> None:
        time_machine.move_to(NOON + 2 * HOUR, tick=False)
        fix = lifecycle.record(
            waiting.pk, Status.PENDING, by(engineer), notes="Still replicating.", follow_up_at=NOON + HOUR
        )
        assert (fix.pending_reason, fix.follow_up_at) == ("Still replicating.", NOON + HOUR)

    def test_changed_it_may_not(
        self, waiting: SuggestedFix, engineer: User, time_machine: time_machine.TimeMachineFixture
    ) -> None:
        time_machine.move_to(NOON + 2 * HOUR, tick=False)
        with assert_nothing_written(), pytest.raises(InvalidInput):
            lifecycle.record(
                waiting.pk, Status.PENDING, by(engineer), notes=REASON, follow_up_at=NOON + HOUR + HOUR / 2
            )

    def test_since_when_it_waits_stays_when_the_reason_changes(
        self, waiting: SuggestedFix, engineer: User, time_machine: time_machine.TimeMachineFixture
    ) -> None:
        time_machine.move_to(NOON + HOUR, tick=False)
        fix = lifecycle.record(waiting.pk, Status.PENDING, by(engineer), notes="Another reason.")
        assert fix.status_changed_at == NOON


class TestRepeats:
    @pytest.mark.parametrize(
        ("outcome", "notes"),
        [
            ("applied_success", None),
            ("applied_success", "Watched it."),
            ("applied_failed", None),
            ("applied_failed", "Same error."),
            ("applied_partial", "One of two."),
            ("applied_pending", REASON),
            ("dismissed", None),
            ("dismissed", "Wrong device."),
        ],
    )
    @pytest.mark.parametrize("repeated_by", ["the same", "another"])
    def test_recording_what_stands_writes_nothing(
        self, fix: SuggestedFix, engineer: User, outcome: str, notes: str | None, repeated_by: str
    ) -> None:
        lifecycle.record(fix.pk, outcome, by(engineer), notes=notes)
        who = engineer if repeated_by == "the same" else UserFactory(account=engineer.account, role=Role.ADMIN)
        with assert_nothing_written():
            again = lifecycle.record(fix.pk, outcome, by(who), notes=f" {notes}\r\n" if notes else notes)
        assert again.status == outcome

    def test_with_the_same_check_by_time_too(self, waiting: SuggestedFix, engineer: User) -> None:
        with assert_nothing_written():
            lifecycle.record(waiting.pk, Status.PENDING, by(engineer), notes=REASON, follow_up_at=NOON + HOUR)
            lifecycle.record(waiting.pk, Status.PENDING, by(engineer), notes=REASON)

    def test_after_an_old_verdict_the_latest_counts(self, fix: SuggestedFix, engineer: User) -> None:
        lifecycle.record(fix.pk, Status.SUCCESS, by(engineer), notes="First.")
        lifecycle.reopen(fix.pk, by(engineer))
        lifecycle.record(fix.pk, Status.SUCCESS, by(engineer), notes="Second.")
        with assert_nothing_written():
            lifecycle.record(fix.pk, Status.SUCCESS, by(engineer), notes="Second.")

    def test_the_same_answer_still_clears_what_flowpilot_proposes(self, waiting: SuggestedFix, engineer: User) -> None:
        lifecycle.propose(waiting.pk, Status.SUCCESS, "It came up.", by(engineer))
        fix = lifecycle.record(waiting.pk, Status.PENDING, by(engineer), notes=REASON)
        assert (fix.ai_outcome_proposal, fix.status, fix.pending_reason) == (None, "applied_pending", REASON)
