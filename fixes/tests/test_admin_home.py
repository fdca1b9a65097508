"""The admin's home shows the work: what is waiting, and what changed last, of those rows that the person may see."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import UserFactory
from fixes.tests import lifecycle
from fixes.tests.acting import by
from fixes.tests.admin_pages import admin_of, session_of, signed_in, superuser
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from tests.markup import by_id, read, text


@pytest.fixture
def admin(db: None) -> User:
    return admin_of(display_name="Nora")


def part(client: Client, name: str) -> str:
    return text(by_id(read(client.get("/admin/")), name))


@pytest.mark.parametrize("who", ["admin", "superuser"])
def test_home_shows_what_is_waiting_and_what_changed_last(admin: User, who: str) -> None:
    late, soon = (make_fix(session_of(admin, title=f"{when} ticket"), title=when) for when in ("Late", "Soon"))
    now = timezone.now()
    for fix, due in ((soon, now + timedelta(hours=2)), (late, now - timedelta(hours=1))):
        at = min(now, due) - timedelta(hours=1)
        lifecycle.record(fix.pk, Status.PENDING, by(admin, at), notes="Lunch.", follow_up_at=due)
    foreign = make_fix(session_of(UserFactory.create(), title="Foreign ticket"), Status.PENDING, title="Foreign")
    client = signed_in(admin if who == "admin" else superuser())
    waiting, changes = part(client, "waiting"), part(client, "changes")
    assert waiting.index("Late") < waiting.index("Soon")
    assert "overdue 1 h" in waiting
    assert "check in 1 h" in waiting
    assert "Nora: outcome recorded, awaiting verification (Soon)" in changes
    assert (foreign.title in waiting, "Foreign ticket" in changes) == (
        (True, True) if who == "superuser" else (False,) * 2
    )


def test_home_says_so_when_there_is_nothing(admin: User) -> None:
    client = signed_in(admin)
    assert "Nothing is awaiting verification." in part(client, "waiting")
    assert "No sessions yet." in part(client, "changes")


@pytest.mark.parametrize("who", ["admin", "superuser"])
def test_home_takes_as_many_statements_however_much_there_is(admin: User, who: str) -> None:
    client = signed_in(admin if who == "admin" else superuser())

    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/admin/").status_code == 200
        return len(queries)

    make_fix(session_of(admin), Status.PENDING)
    few = statements()
    for _ in range(15):
        make_fix(session_of(admin), Status.PENDING)
    assert statements() == few
    assert few <= 5
