"""A script reads the notices of the person whose token it has."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from accounts.tests.factories import UserFactory
from sessions import notices
from sessions.models import AISession, Notice
from sessions.notices import notify
from sessions.tests.factories import SessionFactory
from tests.api import assert_refused, call

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> time_machine.TimeMachineFixture:
    time_machine.move_to(NOON, tick=False)
    return time_machine


def test_what_a_notice_says(session: AISession, api: Client) -> None:
    notify(session.owner, "check_due", session, quote="Restart the router", anchor="fix-banner", subject=session.pk)
    (notice,) = call(api, "GET", "/notices").json()["results"]
    assert notice == {
        "id": str(Notice.objects.get().pk),
        "session_id": str(session.pk),
        "kind": "check_due",
        "sentence": f"A check is due in {session.ticket_ref}",
        "quote": "Restart the router",
        "actor_id": None,
        "subject_id": str(session.pk),
        "link": f"/sessions/{session.pk}/#fix-banner",
        "created_at": "2026-11-26T12:00:00Z",
        "read_at": None,
    }


def test_the_newest_are_first_and_pages_lead_on(
    session: AISession, api: Client, clock: time_machine.TimeMachineFixture
) -> None:
    for quote in ("one", "two", "three"):
        notify(session.owner, "check_due", session, quote=quote)
        clock.shift(timedelta(minutes=1))
    first = call(api, "GET", "/notices?limit=2").json()
    second = api.get(first["next"]).json()
    assert [[each["quote"] for each in page["results"]] for page in (first, second)] == [["three", "two"], ["one"]]


def test_only_the_callers_own_are_listed(session: AISession, api: Client) -> None:
    notify(UserFactory.create(account=session.account), "check_due", session)
    notify(UserFactory.create(), "check_due", SessionFactory.create())
    assert call(api, "GET", "/notices").json()["results"] == []


def test_reading_one(session: AISession, api: Client, clock: time_machine.TimeMachineFixture) -> None:
    notify(session.owner, "check_due", session)
    path = f"/notices/{Notice.objects.get().pk}/read"
    assert call(api, "POST", path).json()["read_at"] == "2026-11-26T12:00:00Z"
    clock.shift(timedelta(minutes=1))
    assert call(api, "POST", path, {}).json()["read_at"] == "2026-11-26T12:00:00Z"
    assert call(api, "GET", "/notices?unread=true").json()["results"] == []
    assert len(call(api, "GET", "/notices").json()["results"]) == 1


def test_the_notice_of_a_colleague_is_not_found(session: AISession, api: Client) -> None:
    other = UserFactory.create(account=session.account)
    notify(other, "check_due", session)
    assert_refused(call(api, "POST", f"/notices/{Notice.objects.get().pk}/read"), 404, "not_found")
    assert notices.unread_count(other) == 1
