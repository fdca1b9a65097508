"""Page, API and admin resolve and escalate alike: the same rows, the same note, the same refusals."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from accounts.models import User
from accounts.tests.factories import UserFactory
from fixes.models import FixEvent
from fixes.tests.acting import NOON
from fixes.tests.admin_pages import admin_of, session_of, signed_in
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from sessions.models import AISession, Author
from sessions.tests import acts
from tests.api import call, client_of
from tickets.models import Handoff, HandoffEvent, PostedText
from tickets.tests.closing import assert_nothing_posted, by, resolve, says

DUE = NOON + timedelta(hours=2)
HEADINGS = {
    "resolve": ("Problem", "What we confirmed", "Root cause", "Resolution"),
    "escalate": (
        *("Problem", "What we’ve confirmed", "What we’ve tried", "Current hypothesis", "Suggested next steps"),
    ),
}
LOCAL = f"{DUE:%Y-%m-%dT%H:%M}"

Send = Callable[[AISession, str, dict[str, Any]], int]


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> None:
    time_machine.move_to(NOON, tick=False)


def version(session: AISession) -> int:
    return AISession.objects.get(pk=session.pk).state_version


def on_page(user: User) -> Send:
    client = signed_in(user)

    def send(session: AISession, act: str, fields: dict[str, Any]) -> int:
        key = str(uuid4())
        said = {"version": version(session), "language": "en", "writer": "built-in", "form_key": key, **fields}
        if "notes" in said:
            said[f"notes_{said['fix_outcome']}"] = said.pop("notes")
        if "follow_up_at" in said:
            said |= {"check_by": "other", "follow_up_at": LOCAL}
        if "text" in said:
            said["edit"] = "1"
        return int(client.post(f"/sessions/{session.pk}/{act}/", said).status_code)

    return send


def over_api(user: User) -> Send:
    client = client_of(user)

    def send(session: AISession, act: str, fields: dict[str, Any]) -> int:
        said = {**fields, **({"follow_up_at": DUE.isoformat()} if "follow_up_at" in fields else {})}
        if "to" in said:
            said["to"] = User.objects.get(pk=said["to"]).email
        if "my_words" in said:
            said["my_words"] = True
        seen = said.pop("version", version(session))
        tag = {"If-Match": f'"{session.pk}-{seen}"'}
        return int(call(client, "POST", f"/ai-sessions/{session.pk}/{act}", said, headers=tag).status_code)

    return send


def in_admin(user: User) -> Send:
    client = signed_in(user)

    def send(session: AISession, act: str, fields: dict[str, Any]) -> int:
        said = {"version": version(session), "language": "en", "text": "", **fields}
        if "follow_up_at" in said:
            said["follow_up_at"] = LOCAL
        return int(client.post(f"/admin/ai_sessions/aisession/{session.pk}/{act}/", said).status_code)

    return send


EDGES: dict[str, Callable[[User], Send]] = {"page": on_page, "api": over_api, "admin": in_admin}
DONE = {"page": 303, "api": 200, "admin": 303}
INVALID = {"page": 422, "api": 400, "admin": 422}
STALE = {"page": 409, "api": 412, "admin": 409}


@pytest.fixture
def people(db: None) -> tuple[User, User]:
    admin = admin_of(display_name="Nora")
    return admin, UserFactory.create(account=admin.account, display_name="Jonas", email="jonas@example.com")


def written(session: AISession) -> dict[str, Any]:
    """Return everything that closing a session writes, without what tells two sessions apart."""
    session.refresh_from_db()
    fix = session.suggested_fixes.first()
    event = FixEvent.objects.filter(session=session).order_by("state_version", "position").last()
    apart = ("id", "session_id", "text_id", "handoff_id", "form_key", "sentences")
    rows = {
        table.__name__: [
            {name: value for name, value in row.items() if name not in apart}
            for row in table.objects.filter(session=session).values()
        ]
        for table in (PostedText, Handoff, HandoffEvent)
    }
    return {
        **rows,
        "session": (session.status, session.resolution_kind, session.root_cause, session.state_version),
        "texts": (session.resolution_note, session.escalation_package),
        "fix": fix and (fix.status, fix.pending_reason, fix.partial_notes, fix.failure_reason, fix.follow_up_at),
        "event": event and (event.action, event.source, event.notes, event.details, event.actor_id, event.at),
    }


VERIFIED, PROVISIONAL, WITHOUT_FIX = ("resolved", "verified"), ("resolved", "provisional"), ("resolved", "without_fix")
ESCALATED = ("escalated", None)
WORKED, FAILED = {"fix_outcome": "applied_success", "notes": "Seen."}, {"fix_outcome": "applied_failed"}
PARTLY = {"fix_outcome": "applied_partial", "notes": "One of three."}
WAITS = {"fix_outcome": "applied_pending", "notes": "The reboot.", "follow_up_at": DUE}
STILL, NEVER = {"fix_outcome": "applied_pending"}, {"fix_outcome": "dismissed"}


@pytest.mark.parametrize(
    ("act", "before", "fields", "becomes"),
    [
        ("resolve", None, {}, WITHOUT_FIX),
        ("resolve", None, {"root_cause": "A stale token."}, WITHOUT_FIX),
        ("resolve", Status.SUCCESS, {}, VERIFIED),
        ("resolve", Status.FAILED, {}, WITHOUT_FIX),
        ("resolve", Status.DISMISSED, {}, WITHOUT_FIX),
        ("resolve", Status.PENDING, STILL, PROVISIONAL),
        *(("resolve", before, WORKED, VERIFIED) for before in (Status.PROPOSED, Status.PARTIAL, Status.PENDING)),
        *(("resolve", before, WAITS, PROVISIONAL) for before in (Status.PROPOSED, Status.PARTIAL, Status.PENDING)),
        *(("resolve", before, FAILED, WITHOUT_FIX) for before in (Status.PROPOSED, Status.PARTIAL, Status.PENDING)),
        *(("resolve", before, PARTLY, WITHOUT_FIX) for before in (Status.PROPOSED, Status.PARTIAL, Status.PENDING)),
        *(("resolve", before, NEVER, WITHOUT_FIX) for before in (Status.PROPOSED, Status.PARTIAL, Status.PENDING)),
        ("escalate", None, {"impact": "Three people.", "access": "VPN.", "question": "Why?"}, ESCALATED),
        ("escalate", Status.SUCCESS, {}, ESCALATED),
        ("escalate", Status.PENDING, STILL, ESCALATED),
        *(("escalate", Status.PROPOSED, fields, ESCALATED) for fields in (WORKED, WAITS, FAILED, PARTLY, NEVER)),
    ],
)
def test_the_same_is_written(
    people: tuple[User, User], act: str, before: Status | None, fields: dict[str, Any], becomes: tuple[str, str | None]
) -> None:
    user, colleague = people
    results = {}
    for name, edge in EDGES.items():
        session = session_of(user, title="Outlook asks", ticket_ref="CW-1")
        if before:
            make_fix(session, before)
        to = {"to": str(colleague.pk)} if act == "escalate" else {}
        assert edge(user)(session, act, {**fields, **to}) == DONE[name], name
        results[name] = written(session)
        assert results[name]["session"][:2] == becomes
    assert results["page"] == results["api"] == results["admin"]


@pytest.mark.parametrize("edge", EDGES)
class TestBothRefuse:
    @pytest.mark.parametrize("outcome", ["applied_partial", "applied_pending"])
    @pytest.mark.parametrize("act", ["resolve", "escalate"])
    def test_an_outcome_without_its_notes(self, people: tuple[User, User], edge: str, act: str, outcome: str) -> None:
        session = session_of(people[0])
        make_fix(session, applied=True)
        with assert_nothing_posted():
            assert EDGES[edge](people[0])(session, act, {"fix_outcome": outcome, "notes": ""}) == INVALID[edge]

    @pytest.mark.parametrize("text", [" ", "x" * 60_001, "## Problem\n\nOnly this."])
    @pytest.mark.parametrize("act", ["resolve", "escalate"])
    def test_a_text_that_is_none(self, people: tuple[User, User], edge: str, act: str, text: str) -> None:
        session = session_of(people[0])
        with assert_nothing_posted():
            assert EDGES[edge](people[0])(session, act, {"text": text, "my_words": "on"}) == INVALID[edge]

    @pytest.mark.parametrize("act", ["resolve", "escalate"])
    def test_words_that_nothing_carries_until_they_are_ones_own(
        self, people: tuple[User, User], edge: str, act: str
    ) -> None:
        session, send = session_of(people[0]), EDGES[edge](people[0])
        make_fix(session, Status.PENDING)
        text = "\n\n".join(f"## {heading}\n\nIt is fixed on SRV-99." for heading in HEADINGS[act])
        with assert_nothing_posted():
            assert send(session, act, {**STILL, "text": text}) == 409
        assert send(session, act, {**STILL, "text": text, "my_words": "on"}) == DONE[edge]
        posted = PostedText.objects.get()
        assert (posted.markdown, posted.writer) == (text, "")
        assert posted.my_words

    @pytest.mark.parametrize("act", ["resolve", "escalate"])
    def test_what_somebody_else_has_closed(self, people: tuple[User, User], edge: str, act: str) -> None:
        session = session_of(people[0])
        resolve(session.pk, says(), by(people[1]))
        with assert_nothing_posted():
            assert EDGES[edge](people[0])(session, act, {}) == 409

    def test_a_session_that_changed_since(self, people: tuple[User, User], edge: str) -> None:
        session = session_of(people[0])
        acts.post(session.pk, Author.ENGINEER, "It came back.", user=people[0])
        with assert_nothing_posted():
            assert EDGES[edge](people[0])(session, "resolve", {"version": 0}) == STALE[edge]

    def test_whoever_cannot_take_over(self, people: tuple[User, User], edge: str) -> None:
        user = people[0]
        viewer = UserFactory.create(account=user.account, role="viewer")
        gone = UserFactory.create(account=user.account, is_active=False)
        for target in (user, viewer, gone, UserFactory.create()):
            session = session_of(user)
            with assert_nothing_posted():
                assert EDGES[edge](user)(session, "escalate", {"to": str(target.pk)}) == INVALID[edge]

    def test_a_session_of_another_account(self, people: tuple[User, User], edge: str) -> None:
        session = session_of(UserFactory.create())
        with assert_nothing_posted():
            assert EDGES[edge](people[0])(session, "resolve", {}) in {404, 302}
