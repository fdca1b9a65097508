"""The check-by times that the waiting form offers and takes, in the zone of whoever fills it in."""

from datetime import UTC, datetime, timedelta
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from fixes.banner.check_by import offered, time_of
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import NOON, assert_nothing_written, by, last_event
from fixes.tests.factories import NOTES, make_fix
from fixes.tests.pages import EDGES, assert_refused, banner_of, error_at, record
from fixes.transitions import Status
from sessions.models import AISession
from tests.markup import by_id, described, find, text

LONDON, TOKYO, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("Asia/Tokyo"), ZoneInfo("America/New_York")
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> time_machine.TimeMachineFixture:
    time_machine.move_to(NOON, tick=False)
    return time_machine


@pytest.fixture
def fix(session: AISession) -> SuggestedFix:
    return make_fix(session)


def live_in(user: User, zone: str) -> None:
    User.objects.filter(pk=user.pk).update(time_zone=zone)


def choices(client: Client, fix: SuggestedFix) -> list[str]:
    banner = banner_of(client, fix, "?form=applied_pending")
    return [text(label) for label in banner.findall(".//label[@class='choice']")]


def said_of_choices(banner: Element) -> str:
    return described(banner, find(banner, ".//fieldset"))


def wait(client: Client, fix: SuggestedFix, check_by: str, follow_up_at: str = "") -> datetime | None:
    answer = record(client, fix, "applied_pending", notes="Lunch.", check_by=check_by, follow_up_at=follow_up_at)
    assert answer.status_code == 200
    fix.refresh_from_db()
    return fix.follow_up_at


class TestOffers:
    def test_name_their_time_and_no_day_twice(self, browser_client: Client, fix: SuggestedFix) -> None:
        expected = ["In 1 hour 13:00", "End of day 17:00", "Tomorrow 09:00", "No check-by time", "Pick a time…"]
        assert choices(browser_client, fix) == expected

    def test_are_in_the_persons_own_zone(self, browser_client: Client, fix: SuggestedFix, engineer: User) -> None:
        live_in(engineer, "America/New_York")  # where it is 07:00
        expected = ["In 1 hour 08:00", "End of day 17:00", "Tomorrow 09:00", "No check-by time", "Pick a time…"]
        assert choices(browser_client, fix) == expected

    def test_leave_out_the_end_of_a_day_that_is_over(
        self, browser_client: Client, fix: SuggestedFix, engineer: User
    ) -> None:
        live_in(engineer, "Asia/Tokyo")  # where it is 21:00
        assert choices(browser_client, fix)[:2] == ["In 1 hour 22:00", "Tomorrow 09:00"]

    def test_say_when_an_hour_ends_tomorrow(self, browser_client: Client, fix: SuggestedFix, engineer: User) -> None:
        live_in(engineer, "Pacific/Auckland")  # where it is 01:00
        assert choices(browser_client, fix)[0] == "In 1 hour 02:00"
        live_in(engineer, "Asia/Magadan")  # where it is 23:00
        assert choices(browser_client, fix)[0] == "In 1 hour tomorrow 00:00"

    @pytest.mark.parametrize(
        ("now", "is_there"),
        [(datetime(2026, 11, 23, 16, 59, 59, tzinfo=UTC), True), (datetime(2026, 11, 23, 17, tzinfo=UTC), False)],
    )
    def test_the_end_of_day_goes_with_the_day(self, now: datetime, is_there: bool) -> None:
        assert ("eod" in {choice.key for choice in offered(now, LONDON, None)}) is is_there

    def test_what_stands_can_stay(self, browser_client: Client, session: AISession, engineer: User) -> None:
        fix = make_fix(session, Status.PENDING)
        due = NOON + timedelta(days=2)
        lifecycle.record(fix.pk, Status.PENDING, by(engineer), notes="Lunch.", follow_up_at=due)
        banner = banner_of(browser_client, fix, "?form=applied_pending")
        assert choices(browser_client, fix)[0] == "Keep Wed 12:00"
        assert find(banner, ".//input[@checked]").get("value") == "keep"

    def test_the_field_for_another_time_names_the_zone(
        self, browser_client: Client, fix: SuggestedFix, engineer: User
    ) -> None:
        live_in(engineer, "Asia/Tokyo")
        banner = banner_of(browser_client, fix, "?form=applied_pending")
        assert text(find(banner, ".//label[@for='fix-banner-at']")) == "Date and time, Asia/Tokyo time"

    def test_only_waiting_has_them(self, browser_client: Client, fix: SuggestedFix) -> None:
        assert banner_of(browser_client, fix, "?form=applied_partial").find(".//fieldset") is None


class TestTimes:
    @pytest.mark.parametrize(
        ("key", "zone", "expected"),
        [
            ("1h", LONDON, datetime(2026, 11, 23, 13, tzinfo=UTC)),
            ("eod", LONDON, datetime(2026, 11, 23, 17, tzinfo=UTC)),
            ("eod", NEW_YORK, datetime(2026, 11, 23, 22, tzinfo=UTC)),
            ("tomorrow", LONDON, datetime(2026, 11, 24, 9, tzinfo=UTC)),
            ("tomorrow", TOKYO, datetime(2026, 11, 24, 0, tzinfo=UTC)),
            ("none", LONDON, None),
        ],
    )
    def test_are_the_persons(self, key: str, zone: ZoneInfo, expected: datetime | None) -> None:
        assert time_of(key, NOON, zone) == expected

    def test_an_hour_is_sixty_minutes_over_a_change_of_the_clocks(self) -> None:
        before = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # 00:30 in London; at 01:00 it becomes 02:00
        at = time_of("1h", before, LONDON)
        assert at == before + HOUR
        assert at is not None
        assert f"{at.astimezone(LONDON):%H:%M}" == "02:30"

    @pytest.mark.parametrize(
        ("now", "expected"),
        [
            (datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 3, 29, 8, tzinfo=UTC)),
            (datetime(2026, 10, 24, 12, tzinfo=UTC), datetime(2026, 10, 25, 9, tzinfo=UTC)),
        ],
    )
    def test_tomorrow_is_nine_on_the_clock_after_a_change(self, now: datetime, expected: datetime) -> None:
        assert time_of("tomorrow", now, LONDON) == expected


class TestRecording:
    @pytest.mark.parametrize(
        ("key", "expected"),
        [
            ("1h", datetime(2026, 11, 23, 13, tzinfo=UTC)),
            ("eod", datetime(2026, 11, 23, 8, tzinfo=UTC)),
            ("tomorrow", datetime(2026, 11, 24, 0, tzinfo=UTC)),
            ("none", None),
            ("keep", None),
            ("", None),
        ],
    )
    def test_a_choice_is_recorded_as_the_time_that_it_stands_for(
        self,
        browser_client: Client,
        fix: SuggestedFix,
        engineer: User,
        clock: time_machine.TimeMachineFixture,
        key: str,
        expected: datetime | None,
    ) -> None:
        live_in(engineer, "Asia/Tokyo")
        if key == "eod":
            clock.move_to(NOON - 10 * HOUR, tick=False)  # 11:00 in Tokyo
        assert wait(browser_client, fix, key) == expected
        assert last_event(fix).follow_up_at == expected

    def test_another_time_is_read_in_the_persons_zone(
        self, browser_client: Client, fix: SuggestedFix, engineer: User
    ) -> None:
        live_in(engineer, "Asia/Tokyo")
        assert wait(browser_client, fix, "other", "2026-11-24T13:30") == datetime(2026, 11, 24, 4, 30, tzinfo=UTC)

    def test_a_time_left_over_from_another_choice_doesnt_matter(
        self, browser_client: Client, fix: SuggestedFix
    ) -> None:
        assert wait(browser_client, fix, "1h", "half past nonsense") == NOON + HOUR

    @pytest.mark.parametrize(("key", "kept"), [("keep", True), ("", True), ("none", False)])
    def test_an_update_keeps_or_clears_it(
        self, browser_client: Client, session: AISession, engineer: User, key: str, kept: bool
    ) -> None:
        due = NOON + HOUR
        fix = make_fix(session, Status.PENDING)
        fix = lifecycle.record(fix.pk, Status.PENDING, by(engineer), notes="Replication.", follow_up_at=due)
        assert wait(browser_client, fix, key) == (due if kept else None)

    def test_one_that_passed_may_stay(
        self, browser_client: Client, session: AISession, engineer: User, clock: time_machine.TimeMachineFixture
    ) -> None:
        fix = make_fix(session, Status.PENDING)
        fix = lifecycle.record(fix.pk, Status.PENDING, by(engineer), notes="Lunch.", follow_up_at=NOON + HOUR)
        clock.move_to(NOON + 3 * HOUR, tick=False)
        assert wait(browser_client, fix, "keep") == NOON + HOUR


@pytest.mark.parametrize("edge", EDGES)
class TestRefusals:
    @pytest.mark.parametrize(
        ("sent", "said"),
        [
            ("2026-11-23T12:00", "This time has passed. Pick a later one."),
            ("1999-12-31T23:59", "This time has passed. Pick a later one."),
            ("0001-01-01T00:00", "This time has passed. Pick a later one."),
            ("2027-11-23T12:01", "More than a year ahead. The latest day is 2027-11-23."),
            ("9999-12-31T23:59", "More than a year ahead. The latest day is 2027-11-23."),
            ("half past nonsense", "Not a date and time. Pick one, such as 2026-08-24 13:30."),
            ("2026-02-30T10:00", "Not a date and time. Pick one, such as 2026-08-24 13:30."),
            ("", "Pick a date and time, or choose “No check-by time”."),
        ],
    )
    def test_a_time_that_wont_do_is_named_beside_its_field_and_everything_kept(
        self, browser_client: Client, fix: SuggestedFix, edge: str, sent: str, said: str
    ) -> None:
        with assert_nothing_written():
            answer = record(
                browser_client, fix, "applied_pending", edge=edge, notes="Lunch.", check_by="other", follow_up_at=sent
            )
        banner = assert_refused(answer, 422, edge)
        assert error_at(banner, "follow_up_at") == said
        assert find(banner, ".//input[@checked]").get("value") == "other"
        assert by_id(banner, "fix-banner-at").get("value") == sent
        assert "Lunch." in (by_id(banner, "fix-banner-notes").text or "")

    @pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/New_York", "Pacific/Kiritimati"])
    @pytest.mark.parametrize("sent", ["0001-01-01T00:00", "9999-12-31T23:59"])
    def test_the_ends_of_time_are_refused_in_every_zone(
        self, browser_client: Client, fix: SuggestedFix, engineer: User, edge: str, sent: str, zone: str
    ) -> None:
        live_in(engineer, zone)
        with assert_nothing_written():
            answer = record(
                browser_client, fix, "applied_pending", edge=edge, notes="Lunch.", check_by="other", follow_up_at=sent
            )
        assert error_at(assert_refused(answer, 422, edge), "follow_up_at")

    @pytest.mark.parametrize(
        "sent", ["2027-03-28T01:30", "2027-10-31T01:30"], ids=["never on the clock", "twice on the clock"]
    )
    def test_a_time_that_the_clocks_skip_or_repeat_is_asked_for_again(
        self, browser_client: Client, fix: SuggestedFix, engineer: User, edge: str, sent: str
    ) -> None:
        live_in(engineer, "Europe/London")
        with assert_nothing_written():
            answer = record(
                browser_client, fix, "applied_pending", edge=edge, notes="Lunch.", check_by="other", follow_up_at=sent
            )
        said = error_at(assert_refused(answer, 422, edge), "follow_up_at")
        assert said == "The clocks change then: this time doesn’t exist or occurs twice. Pick one an hour or two away."

    def test_a_choice_that_there_isnt_is_refused(self, browser_client: Client, fix: SuggestedFix, edge: str) -> None:
        with assert_nothing_written():
            answer = record(browser_client, fix, "applied_pending", edge=edge, notes="Lunch.", check_by="never")
        assert said_of_choices(assert_refused(answer, 422, edge)) == "Choose one of these."

    def test_an_end_of_day_that_passed_while_writing_is_refused(
        self, browser_client: Client, fix: SuggestedFix, edge: str, clock: time_machine.TimeMachineFixture
    ) -> None:
        clock.move_to(NOON + 6 * HOUR, tick=False)
        with assert_nothing_written():
            answer = record(browser_client, fix, "applied_pending", edge=edge, notes="Lunch.", check_by="eod")
        assert said_of_choices(assert_refused(answer, 422, edge)) == "This time has passed. Pick a later one."

    @pytest.mark.parametrize("outcome", ["applied_success", "applied_failed", "applied_partial", "dismissed"])
    def test_what_doesnt_wait_takes_none(
        self, browser_client: Client, fix: SuggestedFix, edge: str, outcome: str
    ) -> None:
        with assert_nothing_written():
            answer = record(browser_client, fix, outcome, edge=edge, notes=NOTES[Status.PARTIAL], check_by="1h")
        banner = assert_refused(answer, 422, edge)
        assert "Only a fix that is awaiting verification has a check-by time." in text(banner)
