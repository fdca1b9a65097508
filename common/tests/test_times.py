"""Times in the words a person says."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.template import Context, Template
from django.utils import timezone

from common import times

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)  # a Monday
LONDON = ZoneInfo("Europe/London")
MINUTES = timedelta(minutes=1)
DAYS = timedelta(days=1)


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(0), "1 min"),
        (59 * MINUTES, "59 min"),
        (60 * MINUTES, "1 h"),
        (110 * MINUTES, "1 h 50 min"),
        (359 * MINUTES, "5 h 59 min"),
        (361 * MINUTES, "6 h"),
        (24 * 60 * MINUTES - MINUTES, "23 h"),
        (DAYS, "1 day"),
        (3.9 * DAYS, "3 days"),
    ],
)
def test_a_duration(length: timedelta, words: str) -> None:
    assert times.duration(length) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (NOON - 30 * MINUTES, "11:30"),
        (NOON - DAYS, "yesterday 12:00"),
        (NOON + DAYS, "tomorrow 12:00"),
        (NOON - 6 * DAYS, "Tue 12:00"),
        (NOON + 6 * DAYS, "Sun 12:00"),
        (NOON - 7 * DAYS, "16 Nov, 12:00"),
        (NOON + 7 * DAYS, "30 Nov, 12:00"),
        (NOON + 60 * DAYS, "22 Jan 2027, 12:00"),
    ],
)
def test_a_time_on_the_clock(value: datetime, words: str) -> None:
    assert times.clock(value, NOON) == words


def test_the_day_is_the_readers_own() -> None:
    midnight = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)
    with timezone.override("America/New_York"):
        assert times.clock(midnight, NOON) == "19:30"
    with timezone.override("Asia/Tokyo"):
        assert times.clock(midnight, NOON) == "tomorrow 09:30"
        assert times.time_of_day(midnight, NOON) == "09:30"


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (-5 * MINUTES, "just now"),
        (0.9 * MINUTES, "just now"),
        (MINUTES, "1 min ago"),
        (59.9 * MINUTES, "59 min ago"),
        (60 * MINUTES, "1 h ago"),
        (119 * MINUTES, "1 h ago"),
        (12 * 60 * MINUTES, "12 h ago"),
        (13 * 60 * MINUTES, "yesterday 23:00"),
        (DAYS, "yesterday 12:00"),
    ],
)
def test_how_long_ago(passed: timedelta, words: str) -> None:
    assert times.ago(NOON - passed, NOON) == words


def test_less_than_an_hour_ago_stays_so_over_midnight() -> None:
    assert (
        times.ago(datetime(2026, 11, 22, 23, 40, tzinfo=UTC), datetime(2026, 11, 23, 0, 10, tzinfo=UTC)) == "30 min ago"
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (NOON + 110 * MINUTES, "in 1 h 50 min"),
        (NOON, "in 1 min"),
        (NOON - MINUTES, "overdue 1 min"),
        (NOON - 2 * DAYS, "overdue 2 days"),
    ],
)
def test_when_it_is_due(value: datetime, words: str) -> None:
    assert times.due(value, NOON) == words


def test_a_list_says_that_the_time_is_one_to_check_by() -> None:
    assert times.check(NOON + 110 * MINUTES, NOON) == "check in 1 h 50 min"
    assert times.check(NOON - MINUTES, NOON) == "overdue 1 min"
    with time_machine.travel(NOON, tick=False):
        time = Template("{% load times %}{% check_time at %}").render(Context({"at": NOON + DAYS}))
    assert 'title="check by Tuesday 24 November 2026, 12:00 UTC"' in time, "what paper shows instead"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (datetime(2026, 3, 29, 0, 30, tzinfo=UTC), "Sunday 29 March 2026, 00:30 GMT"),
        (datetime(2026, 3, 29, 1, 30, tzinfo=UTC), "Sunday 29 March 2026, 02:30 BST"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "Sunday 25 October 2026, 01:30 BST"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "Sunday 25 October 2026, 01:30 GMT"),
    ],
)
def test_the_exact_time_tells_the_hours_of_a_change_apart(value: datetime, words: str) -> None:
    with timezone.override(LONDON):
        assert times.exact(value) == words


@pytest.mark.parametrize(
    ("source", "words"),
    [("{% ago at %}", "30 min ago"), ("{% clock at %}", "11:30"), ("{% time_of_day at %}", "11:30")],
)
def test_a_page_has_the_exact_time_for_people_and_programs(source: str, words: str) -> None:
    with time_machine.travel(NOON, tick=False), timezone.override(LONDON):
        drawn = Template("{% load times %}" + source).render(Context({"at": NOON - 30 * MINUTES}))
    exact = "Monday 23 November 2026, 11:30 GMT"
    assert drawn == f'<time datetime="2026-11-23T11:30:00+00:00" title="{exact}">{words}</time>'
