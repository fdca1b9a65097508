"""Escalated sessions with their handoffs."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import UserFactory
from fixes.lifecycle import By
from fixes.transitions import Source
from sessions.models import AISession, SessionStatus
from sessions.one_act import one_act
from sessions.tests.factories import SessionFactory
from tickets import handoffs
from tickets.models import Handoff, HandoffAction, HandoffEvent, Kind, PostedText

PACKAGE = """\
## Problem

One user, one laptop, since the reboot.

## What we’ve confirmed

- The prompt appears every ten minutes.

## What we’ve tried

1. **Clear cached credentials.** Didn’t work, 09:12: the prompt came back.

## Current hypothesis

The token broker is not registered for this user.

## Suggested next steps

1. Check `dsregcmd /status` for AzureAdPrt.
"""
QUESTION = "Can you look at the rules of the firewall? I have no login for it."


def make_handoff(
    session: AISession | None = None,
    *,
    by: User | None = None,
    target: User | None = None,
    question: str = QUESTION,
    at: datetime | None = None,
) -> Handoff:
    """Escalate a session, as `tickets.closing.escalate` does, but with a package that stays the same."""
    session = session or SessionFactory.create()
    now, by = at or timezone.now(), by or session.owner
    with one_act(session.pk, sessions=AISession.objects.all()) as locked:
        columns = {"escalation_package": PACKAGE, "escalation_package_posted_at": now}
        locked.advance(now, status=SessionStatus.ESCALATED, resolution_kind=None, **columns)
        text = PostedText.objects.create(
            session=locked,
            account_id=locked.account_id,
            kind=Kind.PACKAGE,
            markdown=PACKAGE,
            language="en",
            writer="built-in",
            posted_by=by,
            posted_at=now,
            state_version=locked.state_version,
        )
        handoff = Handoff.objects.create(
            session=locked,
            account_id=locked.account_id,
            from_user=by,
            target=target,
            text=text,
            question=question,
            created_at=now,
        )
        HandoffEvent.objects.create(
            handoff=handoff,
            session=locked,
            account_id=locked.account_id,
            action=HandoffAction.ESCALATE,
            actor=by,
            notes=question,
            at=now,
            state_version=locked.state_version,
        )
    return handoff


def claimed_handoff(session: AISession | None = None, *, by: User | None = None, **columns: Any) -> Handoff:
    """A handoff that a colleague of the session's owner, or `by`, has claimed."""
    handoff = make_handoff(session, **columns)
    return act("claim", handoff, by or UserFactory.create(account=handoff.account, display_name="Jonas Brandt"))


def act(name: str, handoff: Handoff, user: User, *values: Any, at: datetime | None = None, **more: Any) -> Handoff:
    """Do an act on a handoff of the person's account."""
    visible = Handoff.objects.visible_to(user)
    done: Handoff = getattr(handoffs, name)(handoff.pk, *values, By(user, Source.BANNER, at), handoffs=visible, **more)
    return done
