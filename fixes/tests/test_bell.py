"""The bell: checks that are due, notices, and what is done with them, with htmx and without."""

from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import Element

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from accounts.models import Role, User
from accounts.tests.clients import let_in
from accounts.tests.factories import UserFactory
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import MINUTE, NOON, assert_nothing_written, by, last_event
from fixes.tests.factories import make_fix
from fixes.tests.pages import triggers
from fixes.transitions import Source, Status
from sessions import notices
from sessions.models import AISession, Notice
from sessions.notices import notify
from sessions.tests.factories import SessionFactory
from tests.markup import by_id, find, read, text

HTMX = {"HX-Request": "true", "X-Page-Owner": ""}
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> time_machine.TimeMachineFixture:
    time_machine.move_to(NOON, tick=False)
    return time_machine


def waiting(owner: User, due: timedelta | None, title: str = "Restart the router") -> SuggestedFix:
    """A fix that waits since yesterday, to be checked `due` after noon."""
    fix = make_fix(SessionFactory.create(owner=owner), title=title)
    at = None if due is None else NOON + due
    return lifecycle.record(
        fix.pk, Status.PENDING, by(owner, NOON - timedelta(days=1)), notes="The line.", follow_up_at=at
    )


def rows(tree: Element, heading: str) -> list[str]:
    """What each row below this heading says."""
    titles = tree.iterfind(".//*[@class='notices-group']")
    for title, below in zip(titles, tree.iterfind(".//ul[@class='notices-list']"), strict=True):
        if text(title) == heading:
            return [text(row) for row in below.iterfind("li")]
    return []


def bell(client: Client) -> Element:
    return read(client.get("/notices/", headers=HTMX))


def test_checks_are_listed_that_are_overdue_or_due_within_the_hour(browser_client: Client, engineer: User) -> None:
    waiting(engineer, None, "Never")
    waiting(engineer, 61 * MINUTE, "Too early")
    waiting(engineer, 10 * MINUTE, "Soon")
    waiting(engineer, -55 * MINUTE, "Late")
    shown = rows(bell(browser_client), "Checks due")
    assert [row.split()[0] for row in shown] == ["Late", "Soon"]
    assert "overdue 55 min" in shown[0]
    assert "check in 10 min" in shown[1]


def test_the_checks_of_colleagues_are_not_listed(browser_client: Client, engineer: User) -> None:
    waiting(UserFactory.create(account=engineer.account), -HOUR)
    waiting(UserFactory.create(), -HOUR)
    assert "Nothing new" in text(bell(browser_client))


@pytest.mark.parametrize(("role", "listed"), [(Role.ADMIN, 1), (Role.ENGINEER, 0)])
@pytest.mark.parametrize("now", [{"is_active": False}, {"role": Role.VIEWER}])
def test_the_checks_of_who_left_or_only_reads_are_the_admins(
    engineer: User, role: Role, listed: int, now: dict[str, Any]
) -> None:
    gone = UserFactory.create(account=engineer.account)
    waiting(gone, -HOUR)
    User.objects.filter(pk=gone.pk).update(**now)
    client, reader = Client(), UserFactory.create(account=engineer.account, role=role)
    let_in(client, reader)
    assert len(rows(bell(client), "Checks due")) == listed
    late = find(read(client.get("/sessions/")), ".//span[@id='bell-count']")
    assert ("overdue" in text(late)) == bool(listed)


def test_a_viewer_has_no_checks(engineer: User) -> None:
    waiting(engineer, -HOUR)
    User.objects.filter(pk=engineer.pk).update(role=Role.VIEWER)
    client = Client()
    let_in(client, engineer)
    assert "Nothing new" in text(bell(client))
    for page in ("/sessions/", "/pending/"):
        assert "overdue" not in text(find(read(client.get(page)), ".//span[@id='bell-count']"))


def test_notices_are_new_until_they_are_read(browser_client: Client, session: AISession) -> None:
    notify(session.owner, "check_due", session, quote="First")
    notices.mark_all_read(session.owner)
    notify(session.owner, "check_due", session, quote="Second")
    tree = bell(browser_client)
    assert ["First" in row for row in rows(tree, "Earlier")] == [True]
    assert ["Second" in row for row in rows(tree, "New")] == [True]
    assert session.ticket_ref in rows(tree, "New")[0]


def test_the_notice_of_a_listed_check_is_not_listed_twice(browser_client: Client, engineer: User) -> None:
    fix = waiting(engineer, -HOUR)
    notify(engineer, "check_due", fix.session, quote=fix.title, subject=fix.pk)
    tree = bell(browser_client)
    assert len(rows(tree, "Checks due")) == 1
    assert rows(tree, "New") == []
    assert find(tree, ".//ul[@class='notices-list']/li").get("class") == "is-new"


def test_opening_a_notice_marks_it_read_and_leads_there(browser_client: Client, session: AISession) -> None:
    notify(session.owner, "check_due", session, anchor="message-7", place="message=7")
    notice = Notice.objects.get()
    browser_client.head(f"/notices/{notice.pk}/")
    assert notices.unread_count(session.owner) == 1
    answer = browser_client.get(f"/notices/{notice.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/sessions/{session.pk}/?message=7#message-7")
    assert notices.unread_count(session.owner) == 0


def test_nobody_opens_the_notice_of_another(browser_client: Client, session: AISession) -> None:
    other = UserFactory.create(account=session.account)
    notify(other, "check_due", session)
    assert browser_client.get(f"/notices/{Notice.objects.get().pk}/").status_code == 404
    assert notices.unread_count(other) == 1


def test_all_are_marked_read_that_the_page_showed(browser_client: Client, session: AISession) -> None:
    notify(session.owner, "check_due", session)
    until = find(read(browser_client.get("/notices/")), ".//input[@name='until']").get("value")
    Notice.objects.create(
        user=session.owner, account=session.account, session=session, kind="check_due", created_at=NOON + MINUTE
    )
    answer = browser_client.post("/notices/read", {"until": until})
    assert (answer.status_code, answer["Location"]) == (303, "/notices/")
    assert notices.unread_count(session.owner) == 1


def test_the_bell_answers_with_its_list_and_count(browser_client: Client, session: AISession) -> None:
    notify(session.owner, "check_due", session)
    answer = browser_client.post("/notices/read", {"until": NOON.isoformat()}, headers=HTMX)
    tree = read(answer)
    assert triggers(answer)["announce"] == "All notices marked as read."
    assert text(by_id(tree, "bell-count")) == "Notices"
    assert by_id(tree, "bell-count").get("hx-swap-oob") == "true"
    assert by_id(tree, "bell-list").tag == "section"


def snooze(client: Client, fix: SuggestedFix, check_by: str, **options: Any) -> HttpResponse:
    form = {"version": fix.version, "check_by": check_by}
    return client.post(f"/notices/checks/{fix.pk}/snooze", form, **options)


@pytest.mark.parametrize(
    ("check_by", "hours"),
    [("1h", timedelta(hours=1)), ("eod", timedelta(hours=5)), ("tomorrow", timedelta(hours=21))],
)
def test_a_check_is_snoozed(browser_client: Client, engineer: User, check_by: str, hours: timedelta) -> None:
    fix = waiting(engineer, -HOUR)
    answer = snooze(browser_client, fix, check_by)
    assert (answer.status_code, answer["Location"]) == (303, "/notices/")
    fix.refresh_from_db()
    assert (fix.follow_up_at, fix.pending_reason) == (NOON + hours, "The line.")
    assert (last_event(fix).source, last_event(fix).actor) == (Source.BANNER, engineer)


def test_the_times_are_those_of_the_person(engineer: User) -> None:
    User.objects.filter(pk=engineer.pk).update(time_zone="Asia/Tokyo")
    fix, client = waiting(engineer, -HOUR), Client()
    let_in(client, engineer)
    labels = [text(each) for each in find(bell(client), ".//form[@class='menu-list']").iterfind("button")]
    assert labels == ["In 1 hour 22:00", "Tomorrow 09:00"]  # the day has ended
    snooze(client, fix, "tomorrow")
    fix.refresh_from_db()
    assert fix.follow_up_at == NOON + timedelta(hours=12)


def test_a_snooze_of_a_page_of_before_is_refused_in_the_list(browser_client: Client, engineer: User) -> None:
    fix = waiting(engineer, -HOUR)
    lifecycle.record(fix.pk, Status.PENDING, by(engineer), notes="Something else.")
    for options in ({}, {"headers": HTMX}):
        with assert_nothing_written():
            answer = snooze(browser_client, fix, "1h", **options)
        assert answer.status_code == 409
        assert "Someone changed this fix" in text(read(answer))


@pytest.mark.parametrize("check_by", ["", "none", "never", "other"])
def test_a_snooze_says_until_when(browser_client: Client, engineer: User, check_by: str) -> None:
    fix = waiting(engineer, -HOUR)
    with assert_nothing_written():
        answer = snooze(browser_client, fix, check_by, headers=HTMX)
    assert answer.status_code == 422
    assert len(text(find(read(answer), ".//*[@role='alert']"))) > 10


def test_what_waits_no_longer_is_not_snoozed(browser_client: Client, engineer: User) -> None:
    fix = lifecycle.record(waiting(engineer, -HOUR).pk, Status.SUCCESS, by(engineer))
    with assert_nothing_written():
        assert snooze(browser_client, fix, "1h").status_code == 409


def test_the_page_goes_on_where_it_ends(browser_client: Client, session: AISession) -> None:
    for number in range(30):
        notify(session.owner, "check_due", session, quote=f"Number {number}")
        Notice.objects.filter(quote=f"Number {number}").update(created_at=NOON - number * MINUTE)
    waiting(session.owner, -HOUR)
    first = read(browser_client.get("/notices/"))
    older = find(first, ".//a[@rel='next']").get("href")
    second = read(browser_client.get(f"/notices/{older}"))
    assert (len(rows(first, "New")), len(rows(second, "New"))) == (25, 5)
    assert (len(rows(first, "Checks due")), len(rows(second, "Checks due"))) == (1, 0)


def test_every_page_says_how_many_are_unread_and_overdue(browser_client: Client, engineer: User) -> None:
    fix = waiting(engineer, -HOUR)
    notify(engineer, "check_due", fix.session)
    for page in ("/sessions/", f"/sessions/{fix.session_id}/", "/pending/", "/pending/?show=overdue&client=nobody"):
        assert text(by_id(read(browser_client.get(page)), "bell-count")) == "1Notices, 1 new, 1 overdue", page


def test_a_new_notice_is_announced_by_the_next_count(browser_client: Client, session: AISession) -> None:
    assert browser_client.get("/pending/counts?shown=0-0-0-0-0", headers=HTMX).status_code == 204
    notify(session.owner, "check_due", session)
    answer = browser_client.get("/pending/counts?shown=0-0-0-0-0", headers=HTMX)
    assert triggers(answer)["announce"] == "Notices: 1 new."
    assert text(by_id(read(answer), "bell-count")) == "1Notices, 1 new"


def test_a_kind_of_another_release_is_shown(browser_client: Client, session: AISession) -> None:
    Notice.objects.create(user=session.owner, account=session.account, session=session, kind="of_tomorrow")
    assert f"Something happened in {session.ticket_ref}" in rows(bell(browser_client), "New")[0]


def test_a_session_without_a_ticket_is_named_by_its_title(browser_client: Client, engineer: User) -> None:
    session = SessionFactory.create(owner=engineer, ticket_ref="", title="<b>Mail</b> {ticket}")
    notify(engineer, "check_due", session)
    assert "A check is due in “<b>Mail</b> {ticket}”" in rows(bell(browser_client), "New")[0]
