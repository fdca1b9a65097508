"""After every write in a session, an earlier preview counts as overtaken, and posting it is refused (docs/texts.md).

The walk takes every address of the API that writes: pages and admin call the same acts. What a text depends on beyond
its session makes an earlier preview useless, too.
"""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import Account, User
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import NOON, everything
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from sessions.models import AISession
from sessions.tests import acts
from tests.api import assert_refused, call
from tests.test_api_access import WRITES, at
from tests.test_api_once import BODIES, prepared
from tickets.models import Kind, Preview
from tickets.previews import preview_of
from tickets.tests.closing import by, escalate, post_addendum, resolve, says
from tickets.writing.document import Document
from tickets.writing.rendering import as_markdown

WRITE_NOTHING = ("preview", "notices", "/read", "read-all")
"""Parts of addresses that write nothing in a session: a preview is no part of it, a notice is a person's."""


def previews_of(session: AISession, user: User) -> list[tuple[Preview, bool]]:
    session = AISession.objects.get(pk=session.pk)
    return [preview_of(session, kind, user=user) for kind in (Kind.NOTE, Kind.PACKAGE)]


def check_overtaken(session: AISession, user: User, before: list[tuple[Preview, bool]], api: Client) -> None:
    """Check that what was read before counts as old, and that closing the session with it is refused."""
    after = previews_of(session, user)
    for (old, _), (new, from_cache) in zip(before, after, strict=True):
        assert new.state_version != old.state_version
        assert not from_cache
    (old, _) = before[0]
    tag = f'"{session.pk}-{old.state_version}"'
    for act in ("resolve", "escalate"):
        answer = call(api, "POST", f"/ai-sessions/{session.pk}/{act}", {}, headers={"If-Match": tag})
        assert_refused(answer, 412, "precondition_failed")


@pytest.mark.parametrize(
    ("method", "route"),
    [
        (method, route)
        for method, route in WRITES
        if route != "/ai-sessions" and not any(part in route for part in WRITE_NOTHING)
    ],
)
def test_every_write_overtakes_the_previews(api: Client, engineer: User, method: str, route: str) -> None:
    fix = prepared(engineer, route)
    before, rows = previews_of(fix.session, engineer), everything()
    body = None if method == "DELETE" else BODIES[route.rpartition("/")[2]]
    assert call(api, method, at(route, fix), body).status_code < 300
    if everything() == rows:  # it wrote nothing in the session, such as stopping an answer
        assert all(from_cache for _, from_cache in previews_of(fix.session, engineer))
    else:
        check_overtaken(fix.session, engineer, before, api)


@pytest.mark.parametrize("outcome", [Status.SUCCESS, Status.FAILED, Status.PARTIAL, Status.PENDING, Status.DISMISSED])
@pytest.mark.parametrize("undone", [False, True])
def test_every_outcome_and_its_undo_do(
    api: Client, session: AISession, engineer: User, outcome: Status, undone: bool
) -> None:
    fix = make_fix(session, applied=True)
    if undone:
        lifecycle.record(fix.pk, outcome, by(engineer), notes="Seen.")
    before = previews_of(session, engineer)
    if undone:
        lifecycle.undo(fix.pk, by(engineer))
    else:
        lifecycle.record(fix.pk, outcome, by(engineer), notes="Seen.")
    check_overtaken(session, engineer, before, api)


def verdict_after_the_note(session: AISession, fix: SuggestedFix, user: User) -> Any:
    resolve(session.pk, says(Status.PENDING), by(user))
    return lifecycle.record(fix.pk, Status.SUCCESS, by(user))


@pytest.mark.parametrize("act", ["note", "package", "addendum", "reopen"])
def test_every_posted_text_does(api: Client, session: AISession, engineer: User, act: str) -> None:
    fix = make_fix(session, Status.PENDING)
    if act == "addendum":
        verdict_after_the_note(session, fix, engineer)
    elif act == "reopen":
        resolve(session.pk, says(Status.PENDING), by(engineer))
    before = previews_of(session, engineer)
    if act == "note":
        resolve(session.pk, says(Status.PENDING), by(engineer))
    elif act == "package":
        escalate(session.pk, says(Status.PENDING), by(engineer))
    elif act == "addendum":
        post_addendum(session.pk, by(engineer))
    else:
        acts.reopen(session.pk, "They called again.", user=engineer)
    check_overtaken(session, engineer, before, api)


class TestWhatNoActOnTheSessionChanges:
    """A fix failed at noon, and its session is about to be escalated."""

    @pytest.fixture(autouse=True)
    def noon(self, time_machine: time_machine.TimeMachineFixture, engineer: User, session: AISession) -> None:
        time_machine.move_to(NOON, tick=False)
        Account.objects.update(time_zone="Europe/London")
        User.objects.filter(pk=engineer.pk).update(display_name="Maya Lindqvist")
        engineer.refresh_from_db()
        make_fix(session, Status.FAILED)

    def package(self, session: AISession, user: User) -> tuple[str, bool]:
        session = AISession.objects.select_related("account").get(pk=session.pk)
        preview, from_cache = preview_of(session, Kind.PACKAGE, user=user)
        return as_markdown(Document.from_json(preview.document)), from_cache

    def test_the_name_of_a_person_in_it(self, session: AISession, engineer: User) -> None:
        assert "Maya Lindqvist" in self.package(session, engineer)[0]
        User.objects.filter(pk=engineer.pk).update(display_name="Maya Renamed")
        engineer.refresh_from_db()
        text, from_cache = self.package(session, engineer)
        assert "Maya Lindqvist" not in text
        assert "Maya Renamed" in text
        assert not from_cache

    def test_the_address_of_a_person_without_a_name(self, session: AISession, engineer: User) -> None:
        User.objects.filter(pk=engineer.pk).update(display_name="", email="maya@old.example")
        engineer.refresh_from_db()
        assert "maya@old.example" in self.package(session, engineer)[0]
        User.objects.filter(pk=engineer.pk).update(email="maya@new.example")
        engineer.refresh_from_db()
        assert "maya@new.example" in self.package(session, engineer)[0]

    def test_the_time_zone_of_the_account(self, session: AISession, engineer: User) -> None:
        assert "23 November 2026, 12:00" in self.package(session, engineer)[0]
        Account.objects.update(time_zone="Asia/Tokyo")
        text, from_cache = self.package(session, engineer)
        assert "23 November 2026, 21:00" in text
        assert not from_cache

    def test_the_day(self, session: AISession, engineer: User, time_machine: time_machine.TimeMachineFixture) -> None:
        self.package(session, engineer)
        assert self.package(session, engineer)[1]
        time_machine.move_to(NOON + timedelta(days=1), tick=False)
        assert not self.package(session, engineer)[1]

    def test_what_is_posted_is_what_was_shown_last(self, session: AISession, engineer: User) -> None:
        self.package(session, engineer)
        User.objects.filter(pk=engineer.pk).update(display_name="Maya Renamed")
        Account.objects.update(time_zone="Asia/Tokyo")
        engineer.refresh_from_db()
        text, _ = self.package(session, engineer)
        posted = escalate(session.pk, says(), by(engineer)).text
        assert posted is not None
        assert posted.markdown == text.strip()

    def test_a_cached_preview_takes_five_statements(
        self, api: Client, session: AISession, django_assert_max_num_queries: Any
    ) -> None:
        make_fix(session, applied=True)
        path, body = f"/ai-sessions/{session.pk}/resolution-note/preview", {"fix_outcome": "applied_success"}
        call(api, "POST", path, body)
        with django_assert_max_num_queries(5):
            assert call(api, "POST", path, body).status_code == 200
