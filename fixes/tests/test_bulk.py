"""One answer for many fixes on the board: each by itself, refusals by name, and all of it taken back as one."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection, reset_queries
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.tests.clients import let_in
from accounts.tests.factories import UserFactory
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import MINUTE, NOON, assert_nothing_written, by, last_event
from fixes.tests.factories import make_fix
from fixes.tests.test_board import HOUR, page, waiting
from fixes.transitions import Status
from sessions.tests.factories import SessionFactory
from tests.markup import by_id, find, read, text

ONCE = 5
"""Statements of one answer for many, whatever their number: who asks, the rows, and the result for the next page."""

WORDS = {"applied_success": "Seen by the client.", "applied_partial": "One of two."}


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> time_machine.TimeMachineFixture:
    time_machine.move_to(NOON, tick=False)
    return time_machine


def answer(client: Client, fixes: list[SuggestedFix], outcome: str, words: str = "", **fields: Any) -> HttpResponse:
    """Tick these rows as they were when fetched, and press the answer's button."""
    picks = [f"{fix.pk}:{fix.version}" for fix in fixes]
    return client.post(
        "/pending/record", {"selected": picks, "outcome": outcome, f"{outcome}-notes": words, "back": "", **fields}
    )


def undo(client: Client, answered: HttpResponse) -> HttpResponse:
    """Press *Undo* on the page that the answer led to."""
    seen = client.get(answered["Location"]) if answered.status_code == 303 else answered
    return client.post("/pending/undo", {"undo": find(read(seen), ".//input[@name='undo']").get("value"), "back": ""})


def statuses(fixes: list[SuggestedFix]) -> list[str]:
    for fix in fixes:
        fix.refresh_from_db()
    return [fix.status for fix in fixes]


def ticked(answered: HttpResponse) -> set[str]:
    boxes = [each for each in read(answered).iter("input") if each.get("name") == "selected"]
    return {each.get("value", "").partition(":")[0] for each in boxes if "checked" in each.attrib}


@pytest.mark.parametrize("outcome", ["applied_success", "applied_failed", "applied_partial", "dismissed"])
def test_an_outcome_for_all_selected_and_back(browser_client: Client, engineer: User, outcome: str) -> None:
    fixes = [waiting(engineer, due=-HOUR), waiting(engineer, due=HOUR), waiting(engineer)]
    dues = [fix.follow_up_at for fix in fixes]
    answered = answer(browser_client, fixes, outcome, WORDS.get(outcome, ""), back="show=mine")
    assert (answered.status_code, answered["Location"]) == (303, "/pending/?show=mine")
    assert statuses(fixes) == [outcome] * 3
    told = last_event(fixes[0])
    assert (told.source, told.actor, told.notes) == ("board", engineer, WORDS.get(outcome))
    taken = undo(browser_client, answered)
    assert taken.status_code == 303
    assert "Undone for 3 fixes." in text(by_id(read(browser_client.get(taken["Location"])), "report-1"))
    assert statuses(fixes) == ["applied_pending"] * 3
    assert [fix.follow_up_at for fix in fixes] == dues


def test_what_was_begun_under_another_button_does_not_count(browser_client: Client, engineer: User) -> None:
    fix = waiting(engineer)
    begun = {"check_by": "other", "follow_up_at": "bogus", "applied_partial-notes": "x" * 5000}
    assert answer(browser_client, [fix], "applied_failed", **begun).status_code == 303
    assert (statuses([fix]), last_event(fix).notes) == (["applied_failed"], None)


def test_the_check_by_time_of_all_selected_and_back(browser_client: Client, engineer: User) -> None:
    fixes = [waiting(engineer, "Late", -HOUR), waiting(engineer, "Open")]
    answered = answer(browser_client, fixes, "check_by", check_by="1h")
    assert answered.status_code == 303
    assert statuses(fixes) == ["applied_pending"] * 2
    assert {fix.follow_up_at for fix in fixes} == {NOON + HOUR}
    assert [fix.pending_reason for fix in fixes] == ["Late needs a reboot.", "Open needs a reboot."]
    assert undo(browser_client, answered).status_code == 303
    assert statuses(fixes) == ["applied_pending"] * 2
    assert [fix.follow_up_at for fix in fixes] == [NOON - HOUR, None]


@pytest.mark.parametrize(
    ("outcome", "fields", "said"),
    [
        ("applied_success", {}, "Say how it was verified."),
        ("applied_success", {"applied_success-notes": " \r\n"}, "Say how it was verified."),
        ("applied_partial", {}, "Say what worked and what didn’t"),
        ("applied_failed", {"applied_failed-notes": "x" * 4001}, "4,000"),
        ("applied_failed", {"applied_failed-notes": "a\0b"}, "U+0000"),
        ("check_by", {}, "Choose a time"),
        ("check_by", {"check_by": "other"}, "Pick a date and time"),
        ("check_by", {"check_by": "bogus"}, "Choose one of these."),
        ("", {}, "Choose an outcome."),
        ("proposed", {}, "Choose an outcome."),
        ("dismissed", {"selected": []}, "Select at least one fix."),
        ("dismissed", {"selected": ["bogus", "a:b:c", f"{uuid4()}:x"]}, "Select at least one fix."),
        (
            "dismissed",
            {"selected": [f"{uuid4()}:1" for _ in range(101)]},
            "101 selected; the limit is 100.",
        ),
    ],
)
def test_what_is_wrong_with_the_answer_is_said_before_anything_is_written(
    browser_client: Client, engineer: User, outcome: str, fields: dict[str, Any], said: str
) -> None:
    fixes = [waiting(engineer), waiting(engineer)]
    with assert_nothing_written():
        answered = answer(browser_client, fixes, outcome, **fields)
    assert answered.status_code == 422
    bar = by_id(read(answered), "bulk")
    assert said in text(bar)
    assert ticked(answered) == (set() if "selected" in fields else {str(fix.pk) for fix in fixes})
    typed = fields.get(f"{outcome}-notes", "")
    assert typed in [(area.text or "").removeprefix("\n") for area in bar.iter("textarea")]


def test_ten_thousand_rows_get_clear_words(browser_client: Client, engineer: User) -> None:
    fix = waiting(engineer)
    with assert_nothing_written():
        picks = [f"{fix.pk}:{fix.version}", *(f"{uuid4()}:1" for _ in range(9_999))]
        answered = answer(browser_client, [], "dismissed", selected=picks)
    assert answered.status_code == 422
    assert "10,000 selected; the limit is 100. Nothing has been recorded." in text(by_id(read(answered), "bulk"))
    assert ticked(answered) == {str(fix.pk)}


def test_refused_rows_are_named_and_stay_selected_with_the_words(browser_client: Client, engineer: User) -> None:
    good, changed = waiting(engineer, "Good"), waiting(engineer, "Changed")
    verdict = waiting(engineer, "Answered")
    sam = by(UserFactory(account=engineer.account, display_name="Sam"))
    lifecycle.record(changed.pk, Status.PENDING, sam, notes="The night shift.")
    lifecycle.record(verdict.pk, Status.FAILED, by(engineer))
    answered = answer(browser_client, [good, changed, verdict], "applied_success", "Seen.")
    assert answered.status_code == 409
    result = text(by_id(read(answered), "report-1"))
    assert "1 recorded as worked. 2 couldn’t be recorded: Changed" in result
    assert "Answered" in result
    assert "Sam recorded “Awaiting verification” in the meantime." in result
    assert "You recorded “Didn’t work” in the meantime." in result
    assert statuses([good, changed, verdict]) == ["applied_success", "applied_pending", "applied_failed"]
    assert ticked(answered) == {str(changed.pk)}
    bar = by_id(read(answered), "bulk")
    assert [(area.text or "").strip() for area in bar.iter("textarea")] == ["Seen.", "", "", ""]
    again = by_id(read(answered), f"pick-{changed.pk}").get("value")
    assert answer(browser_client, [], "applied_success", "Seen.", selected=[again]).status_code == 303
    assert statuses([changed]) == ["applied_success"]


def test_undo_names_what_somebody_changed_since_and_takes_back_the_rest(browser_client: Client, engineer: User) -> None:
    fixes = [waiting(engineer, "Untouched"), waiting(engineer, "Touched")]
    answered = answer(browser_client, fixes, "applied_failed")
    sam = by(UserFactory(account=engineer.account))
    lifecycle.reopen(fixes[1].pk, sam, reason="It does work.")
    lifecycle.record(fixes[1].pk, Status.SUCCESS, sam)
    taken = undo(browser_client, answered)
    assert taken.status_code == 409
    result = text(by_id(read(taken), "report-1"))
    assert "Undone for 1 fix. 1 couldn’t be undone: Touched" in result
    assert statuses(fixes) == ["applied_pending", "applied_success"]


def test_undo_works_for_ten_minutes_and_for_whoever_answered(
    browser_client: Client, engineer: User, clock: time_machine.TimeMachineFixture
) -> None:
    fix = waiting(engineer)
    answered = answer(browser_client, [fix], "applied_failed")
    token = find(read(browser_client.get(answered["Location"])), ".//input[@name='undo']").get("value")
    other = Client()
    let_in(other, UserFactory(account=engineer.account))
    with assert_nothing_written():
        for client, sent in ((other, token), (browser_client, "bogus"), (browser_client, "")):
            assert client.post("/pending/undo", {"undo": sent}).status_code == 409
        clock.shift(10 * MINUTE + timedelta(seconds=1))
        late = browser_client.post("/pending/undo", {"undo": token})
    assert late.status_code == 409
    assert "Nothing was changed." in text(by_id(read(late), "report-1"))


def reports(client: Client) -> list[str]:
    tree = page(client)
    return [text(each) for each in tree.iter("section") if "board-report" in each.get("class", "")]


def test_undo_stays_on_the_board_until_its_ten_minutes_are_over(
    browser_client: Client, engineer: User, clock: time_machine.TimeMachineFixture
) -> None:
    one, other = waiting(engineer, "One"), waiting(engineer, "Other")
    answer(browser_client, [one], "applied_failed")
    clock.shift(4 * MINUTE)
    answer(browser_client, [other], "dismissed")
    for _ in range(3):
        assert reports(browser_client) == [
            "1 dismissed. until 12:14 Undo",
            "1 recorded as didn’t work. until 12:10 Undo",
        ]
    clock.shift(6 * MINUTE + timedelta(seconds=1))
    assert reports(browser_client) == ["1 dismissed. until 12:14 Undo"]
    undone = browser_client.post("/pending/undo", {"undo": undo_tokens(browser_client)[0]})
    assert undone.status_code == 303
    assert reports(browser_client) == ["Undone for 1 fix."]
    assert reports(browser_client) == []
    assert statuses([one, other]) == ["applied_failed", "applied_pending"]


def undo_tokens(client: Client) -> list[str]:
    return [each.get("value", "") for each in page(client).iter("input") if each.get("name") == "undo"]


def test_undo_of_what_could_be_recorded_stays_when_some_rows_were_refused(
    browser_client: Client, engineer: User
) -> None:
    good, changed = waiting(engineer, "Good"), waiting(engineer, "Changed")
    lifecycle.record(changed.pk, Status.FAILED, by(engineer))
    assert answer(browser_client, [good, changed], "dismissed").status_code == 409
    browser_client.post("/pending/undo", {"undo": undo_tokens(browser_client)[0]})
    assert statuses([good, changed]) == ["applied_pending", "applied_failed"]


@pytest.mark.parametrize("value", ["applied_partial", "check_by", "applied_success"])
def test_undo_restores_since_when_and_for_whom_each_was_waiting(
    browser_client: Client, engineer: User, clock: time_machine.TimeMachineFixture, value: str
) -> None:
    sam = UserFactory(account=engineer.account, display_name="Sam")
    fixes = [waiting(sam, due=-HOUR), waiting(engineer)]
    before = list(SuggestedFix.objects.order_by("pk").values())
    clock.shift(5 * MINUTE)
    undo(browser_client, answer(browser_client, fixes, value, "Two of three.", check_by="1h"))
    after = list(SuggestedFix.objects.order_by("pk").values())
    assert [{**row, "version": 0} for row in after] == [{**row, "version": 0} for row in before]
    assert last_event(fixes[0]).details["undo"] is True


def test_what_stood_so_already_is_done_and_not_taken_back(browser_client: Client, engineer: User) -> None:
    fix = waiting(engineer)
    lifecycle.record(fix.pk, Status.FAILED, by(engineer))
    with assert_nothing_written():
        answered = answer(browser_client, [fix], "applied_failed")
    result = by_id(read(browser_client.get(answered["Location"])), "report-1")
    assert "1 recorded as didn’t work." in text(result)
    assert result.findall(".//input") == []


def test_another_accounts_rows_are_as_if_not_there(browser_client: Client, engineer: User) -> None:
    mine, foreign = waiting(engineer, "Mine"), waiting(UserFactory.create(), "Foreign secret")
    answered = answer(browser_client, [mine, foreign], "applied_failed")
    assert answered.status_code == 409
    result = text(by_id(read(answered), "report-1"))
    assert "1 recorded as didn’t work. 1 no longer exists." in result
    assert "Foreign secret" not in answered.content.decode()
    assert statuses([mine, foreign]) == ["applied_failed", "applied_pending"]


@pytest.mark.django_db(transaction=True)
def test_a_row_costs_few_statements(browser_client: Client, engineer: User) -> None:
    fixes = [waiting(engineer, due=HOUR) for _ in range(5)]
    for outcome, words in (("applied_partial", "One."), ("applied_success", "Seen.")):
        reset_queries()  # Django logs only so many, and the test before may have filled the log
        with CaptureQueriesContext(connection) as answering:
            answered = answer(browser_client, fixes, outcome, words)
        token = find(read(browser_client.get(answered["Location"])), ".//input[@name='undo']").get("value")
        with CaptureQueriesContext(connection) as undoing:
            undone = browser_client.post("/pending/undo", {"undo": token, "back": ""})
        assert (answered.status_code, undone.status_code) == (303, 303)
        assert (len(answering) - ONCE, len(undoing) - ONCE) == (6 * len(fixes), 7 * len(fixes))
        statuses(fixes)


def test_a_fix_that_does_not_wait_is_held_to_its_lifecycle(browser_client: Client, engineer: User) -> None:
    proposed = make_fix(SessionFactory(owner=engineer))
    with assert_nothing_written():
        answered = answer(browser_client, [proposed], "check_by", check_by="1h")
    assert answered.status_code == 409
