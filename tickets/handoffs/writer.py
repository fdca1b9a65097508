"""Writes handoffs: locks, rows, events, and what their originators are told. For the acts on them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from common.versions import Seen, refuse_stale
from sessions.models import AISession, SessionStatus
from sessions.notices import notify, read_about
from sessions.one_act import one_act
from sessions.status import UNDO_COLUMNS
from tickets import notice_kinds
from tickets.models import Handoff, HandoffAction, HandoffEvent, HandoffState

Handoffs = QuerySet[Handoff]


@contextmanager
def act_on_handoff(handoff_id: UUID, handoffs: Handoffs) -> Iterator[tuple[Handoff, AISession]]:
    """Lock the handoff's session and read the handoff: everything that changes it holds this lock."""
    found = handoffs.values("session_id", "account_id").get(pk=handoff_id)
    sessions = AISession.objects.filter(account=found["account_id"])
    with one_act(found["session_id"], sessions=sessions) as session:
        handoff = handoffs.select_related("from_user", "target", "claimed_by").get(pk=handoff_id)
        handoff.session = session
        yield handoff, session


def refuse_stale_handoff(handoff: Handoff, version: Seen | None) -> None:
    """Raise Stale unless the handoff still has a version that was seen."""
    refuse_stale(version, handoff.version, "Something happened to this escalation since. Nothing was recorded.")


def hand_to(session: AISession, owner: User, now: datetime) -> None:
    """Make the session active and this person's."""
    undo = dict.fromkeys(UNDO_COLUMNS)
    session.advance(now, status=SessionStatus.ACTIVE, resolution_kind=None, owner_id=owner.pk, **undo)


def end(handoff: Handoff, person: User, now: datetime) -> None:
    """Take the handoff back."""
    save(handoff, state=HandoffState.TAKEN_BACK, ended_at=now)
    append_event(handoff, HandoffAction.TAKE_BACK, person, now)
    read_about(handoff.pk, notice_kinds.ESCALATED)


def save(handoff: Handoff, **columns: Any) -> None:
    """Write these columns, and count the version."""
    for name, value in columns.items():
        setattr(handoff, name, value)
    handoff.version += 1
    handoff.save(update_fields=[*columns, "version"])


def append_event(
    handoff: Handoff,
    action: HandoffAction,
    person: User,
    now: datetime,
    notes: str = "",
    form_key: UUID | None = None,
) -> HandoffEvent:
    return HandoffEvent.objects.create(
        handoff=handoff,
        session=handoff.session,
        account_id=handoff.account_id,
        action=action,
        actor=person,
        notes=notes,
        at=now,
        state_version=handoff.session.state_version,
        form_key=form_key,
    )


def tell_originator(handoff: Handoff, kind: str, event: HandoffEvent, *, quote: str = "") -> None:
    """Tell the originator."""
    notify(
        handoff.from_user,
        kind,
        handoff.session,
        actor=event.actor,
        quote=quote,
        anchor=f"handoff-{event.pk}",
        place=f"entry={event.state_version}",
        subject=handoff.pk,
        at=event.at,
    )
