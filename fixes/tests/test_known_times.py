"""Check-by times from experience and from the words of a proposal: offered first, and confirmed in one tap."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from accounts.tests.clients import let_in
from accounts.tests.factories import UserFactory
from fixes.evidence import usual_wait
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import COPILOT, MINUTE, NOON, assert_nothing_written, by
from fixes.tests.factories import NOTES, make_fix
from fixes.tests.pages import EDGES, assert_refused, banner_of, labels, record, send
from fixes.transitions import Status
from sessions.models import AISession
from sessions.tests.factories import SessionFactory
from tests.markup import find, text

REASON = "Have to wait for the reboot, she restarts in 2 hours"


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> time_machine.TimeMachineFixture:
    time_machine.move_to(NOON, tick=False)
    return time_machine


@pytest.fixture
def fix(session: AISession) -> SuggestedFix:
    return make_fix(session, applied=True)


def waited(owner: User, minutes: int, verdict: Status = Status.SUCCESS, began: datetime = NOON) -> SuggestedFix:
    """A fix of another session that was awaited for so long."""
    other = make_fix(SessionFactory(owner=owner))
    began -= timedelta(days=9)
    lifecycle.record(other.pk, Status.PENDING, by(owner, began), notes=NOTES[Status.PENDING])
    return lifecycle.record(other.pk, verdict, by(owner, began + minutes * MINUTE), notes="Seen.")


@pytest.fixture
def usually_forty_minutes(engineer: User) -> None:
    for minutes in (10, 40, 300):
        waited(engineer, minutes)


def proposal_of(fix: SuggestedFix, reason: str | None = REASON) -> SuggestedFix:
    return lifecycle.propose(fix.pk, Status.PENDING, reason, COPILOT)


def offered(client: Client, fix: SuggestedFix, query: str = "") -> list[str]:
    """The check-by times in the banner; the chosen one has an asterisk."""
    found = banner_of(client, fix, query).findall(".//label[@class='choice']")
    return [text(each) + ("*" if each[0].get("checked") == "" else "") for each in found]


class TestUsualWait:
    def test_is_the_median_time_to_a_verdict(self, engineer: User, fix: SuggestedFix) -> None:
        for minutes, verdict in ((10, Status.FAILED), (40, Status.PARTIAL), (300, Status.SUCCESS)):
            waited(engineer, minutes, verdict)
        assert usual_wait(fix) == timedelta(minutes=40)

    def test_takes_three_verdicts(self, engineer: User, fix: SuggestedFix) -> None:
        waited(engineer, 10)
        waited(engineer, 20)
        make_fix(SessionFactory(owner=engineer), Status.PENDING)
        make_fix(SessionFactory(owner=engineer), Status.SUCCESS)
        waited(UserFactory(), 5)
        assert usual_wait(fix) is None
        waited(engineer, 30)
        assert usual_wait(fix) == timedelta(minutes=20)

    def test_an_update_of_the_reason_does_not_begin_it_again(self, engineer: User, fix: SuggestedFix) -> None:
        for _ in range(3):
            other = make_fix(SessionFactory(owner=engineer))
            for minute in (0, 30):
                at = NOON + minute * MINUTE
                lifecycle.record(other.pk, Status.PENDING, by(engineer, at), notes=f"Still waiting, {minute}.")
            lifecycle.record(other.pk, Status.SUCCESS, by(engineer, NOON + 60 * MINUTE))
        assert usual_wait(fix) == timedelta(minutes=60)

    def test_it_is_one_query(self, fix: SuggestedFix, django_assert_num_queries: object) -> None:
        with django_assert_num_queries(1):  # type: ignore[operator]
            usual_wait(fix)


@pytest.mark.usefixtures("usually_forty_minutes")
class TestWaitingForm:
    def test_offers_the_usual_time_first(self, browser_client: Client, fix: SuggestedFix) -> None:
        first, second, *_ = offered(browser_client, fix, "?form=applied_pending")
        assert (first, second) == ("Usually known after 40 min 12:40*", "In 1 hour 13:00")

    def test_records_it(self, browser_client: Client, fix: SuggestedFix) -> None:
        for _ in range(2):  # a double click
            answer = record(browser_client, fix, "applied_pending", notes="Reboot.", check_by="usual")
            assert answer.status_code == 200
        fix.refresh_from_db()
        assert fix.follow_up_at == NOON + 40 * MINUTE
        assert fix.events.filter(action="record").count() == 1

    def test_counts_from_the_beginning_of_the_wait(
        self, browser_client: Client, fix: SuggestedFix, clock: time_machine.TimeMachineFixture
    ) -> None:
        record(browser_client, fix, "applied_pending", notes="Reboot.", check_by="tomorrow")
        clock.move_to(NOON + 10 * MINUTE, tick=False)
        assert offered(browser_client, fix, "?form=applied_pending")[:2] == [
            "Keep tomorrow 09:00*",
            "Usually known after 40 min 12:40",
        ]
        clock.move_to(NOON + 50 * MINUTE, tick=False)
        assert "Usually" not in " ".join(offered(browser_client, fix, "?form=applied_pending"))

    @pytest.mark.parametrize("edge", EDGES)
    def test_a_time_that_has_passed_meanwhile_is_refused_beside_its_field(
        self, browser_client: Client, fix: SuggestedFix, clock: time_machine.TimeMachineFixture, edge: str
    ) -> None:
        record(browser_client, fix, "applied_pending", notes="Reboot.", check_by="none")
        fix.refresh_from_db()
        clock.move_to(NOON + 50 * MINUTE, tick=False)
        with assert_nothing_written():
            answer = record(browser_client, fix, "applied_pending", notes="Still.", check_by="usual", edge=edge)
        assert "This time has passed. Choose another." in text(assert_refused(answer, 422, edge))


class TestConfirming:
    def test_offers_the_time_in_the_words_first_and_then_the_usual_one(
        self, browser_client: Client, fix: SuggestedFix, usually_forty_minutes: None
    ) -> None:
        proposal = proposal_of(fix)
        assert offered(browser_client, proposal) == ["Today 14:00 from the reason*", "Usually known after 40 min 12:40"]
        assert offered(browser_client, proposal, "?form=confirm") == [
            "Today 14:00 from the reason*",
            "Usually known after 40 min 12:40",
            "In 1 hour 13:00",
            "End of day 17:00",
            "Tomorrow 09:00",
            "No check-by time",
            "Pick a time…",
        ]

    def test_without_words_the_usual_time_comes_first(
        self, browser_client: Client, fix: SuggestedFix, usually_forty_minutes: None
    ) -> None:
        proposal = proposal_of(fix, "The reboot.")
        assert offered(browser_client, proposal) == ["Usually known after 40 min 12:40*", "In 1 hour 13:00"]

    def test_where_nothing_is_known_the_button_asks(self, browser_client: Client, fix: SuggestedFix) -> None:
        proposal = proposal_of(fix, "The reboot.")
        assert offered(browser_client, proposal) == []
        assert labels(banner_of(browser_client, proposal))[:2] == ["Confirm…", "That’s wrong"]

    def test_a_viewer_has_no_choice(self, client: Client, fix: SuggestedFix) -> None:
        let_in(client, UserFactory(account=fix.account, role="viewer"))
        banner = banner_of(client, proposal_of(fix))
        assert banner.findall(".//input") == []
        assert REASON in text(banner)

    @pytest.mark.parametrize("edge", EDGES)
    @pytest.mark.parametrize(("choice", "minutes"), [("said", 120), ("usual", 40)])
    def test_one_tap_records_the_wait(
        self,
        browser_client: Client,
        fix: SuggestedFix,
        usually_forty_minutes: None,
        edge: str,
        choice: str,
        minutes: int,
    ) -> None:
        proposal = proposal_of(fix)
        for _ in range(2):  # a double click
            answer = send(browser_client, proposal, "confirm", edge=edge, check_by=choice)
            assert answer.status_code == (200 if edge == "htmx" else 303)
        fix.refresh_from_db()
        assert (fix.status, fix.pending_reason) == ("applied_pending", REASON)
        assert fix.follow_up_at == NOON + minutes * MINUTE

    def test_the_time_is_meant_as_of_the_proposal(
        self, browser_client: Client, fix: SuggestedFix, clock: time_machine.TimeMachineFixture
    ) -> None:
        proposal = proposal_of(fix)
        clock.move_to(NOON + 30 * MINUTE, tick=False)
        assert offered(browser_client, proposal)[0] == "Today 14:00 from the reason*"
        clock.move_to(NOON + 130 * MINUTE, tick=False)
        assert offered(browser_client, proposal) == []

    def test_it_is_read_on_the_clock_of_the_reader(self, client: Client, fix: SuggestedFix) -> None:
        let_in(client, UserFactory(account=fix.account, time_zone="Asia/Tokyo"))
        proposal = proposal_of(fix, "Waiting until 23:30.")
        assert offered(client, proposal)[0] == "Today 23:30 from the reason*"

    def test_a_time_that_has_passed_opens_the_form_with_the_error(
        self, browser_client: Client, fix: SuggestedFix, clock: time_machine.TimeMachineFixture
    ) -> None:
        proposal = proposal_of(fix)
        clock.move_to(NOON + 130 * MINUTE, tick=False)
        with assert_nothing_written():
            answer = send(browser_client, proposal, "confirm", check_by="said")
        banner = assert_refused(answer, 422, "htmx")
        assert "This time has passed. Choose another." in text(banner)
        assert REASON in text(find(banner, ".//textarea"))

    def test_a_proposal_that_is_gone_is_told_as_such(
        self, browser_client: Client, fix: SuggestedFix, engineer: User
    ) -> None:
        proposal = proposal_of(fix)
        lifecycle.reject(fix.pk, by(engineer))
        with assert_nothing_written():
            answer = send(browser_client, proposal, "confirm", check_by="said")
        assert_refused(answer, 409, "htmx")


def test_a_choice_of_another_form_is_refused_there(browser_client: Client, fix: SuggestedFix) -> None:
    with assert_nothing_written():
        answer = record(browser_client, fix, "applied_pending", notes="Reboot.", check_by="usual")
    assert_refused(answer, 422, "htmx")
