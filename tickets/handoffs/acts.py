"""Acts on a handoff: claim it, take it back, ask its originator, return it, rate its package (docs/handoffs.md).

Each locks the session, checks, writes and appends a HandoffEvent, in one transaction.
`handoffs` are the rows that the caller may touch; one that isn't among them raises Handoff.DoesNotExist. `version` is
the handoff's version that the caller saw; if it has another one by now, the act raises Stale. An act that was done
already by the same person writes nothing and returns the handoff.
"""

from datetime import datetime
from uuid import UUID

from django.db.models import F

from accounts.models import User
from common.refusals import IllegalTransition
from common.text import required_text
from common.times import clock
from common.versions import Seen
from fixes.lifecycle import By
from sessions.models import AISession
from sessions.notices import read_about
from sessions.refusals import SessionClosed
from tickets import notice_kinds
from tickets.actors import engineer_of
from tickets.handoffs import claiming
from tickets.handoffs.writer import (
    Handoffs,
    act_on_handoff,
    append_event,
    end,
    hand_to,
    refuse_stale_handoff,
    save,
    tell_originator,
)
from tickets.models import Handoff, HandoffAction, HandoffState, works_here
from tickets.refusals import AlreadyClaimed, NotYours, OriginatorGone


def claim(handoff_id: UUID, by: By, *, handoffs: Handoffs, version: Seen | None = None) -> Handoff:
    """Make the person the owner of the session, which is active again.

    Raises AlreadyClaimed, NotYours (`claiming.who_may`), IllegalTransition once it was taken back or returned.
    """
    with act_on_handoff(handoff_id, handoffs) as (handoff, session):
        person, now = engineer_of(by), by.now()
        if handoff.state == HandoffState.CLAIMED and handoff.claimed_by_id == person.pk:
            return handoff
        refuse_stale_handoff(handoff, version)
        if not claiming.may_claim(handoff, person) or not _won(handoff, person, now):
            raise claiming.refusal_of(handoff, person, now)
        hand_to(session, person, now)
        event = append_event(handoff, HandoffAction.CLAIM, person, now)
        tell_originator(handoff, notice_kinds.CLAIMED, event)
        read_about(handoff.pk, notice_kinds.ESCALATED)
        return handoff


def _won(handoff: Handoff, person: User, now: datetime) -> bool:
    """Claim it by one conditional statement, which decides between two who claim at once. Return whether it did."""
    waiting = Handoff.objects.waiting().filter(pk=handoff.pk)
    columns = {"state": HandoffState.CLAIMED, "claimed_by": person, "claimed_at": now}
    won = waiting.update(**columns, version=F("version") + 1)
    handoff.refresh_from_db(fields=[*columns, "version"])
    return bool(won)


def take_back(handoff_id: UUID, by: By, *, handoffs: Handoffs, version: Seen | None = None) -> Handoff:
    """End the wait: the session is active again and its originator's, or the admin's if the originator is gone.

    Raises AlreadyClaimed, NotYours for anyone but the originator and admins, IllegalTransition.
    """
    with act_on_handoff(handoff_id, handoffs) as (handoff, session):
        person, now = engineer_of(by), by.now()
        if not _is_originator_or_admin(handoff, person):
            raise NotYours(f"Only {handoff.from_user} or an admin can take this back. Nothing was recorded.")
        if handoff.state == HandoffState.TAKEN_BACK:
            return handoff
        refuse_stale_handoff(handoff, version)
        if not handoff.is_waiting:
            raise _refusal_of_ended(handoff, now)
        hand_to(session, handoff.from_user if works_here(handoff.from_user) else person, now)
        end(handoff, person, now)
        return handoff


def end_with_session(session: AISession, person: User, now: datetime) -> None:
    """Take back the handoff that waits in this session, if one does: its session was reopened or resolved.

    For acts that have locked the session and have raised its version.
    """
    for handoff in session.handoffs.waiting().select_related("from_user", "target"):
        handoff.session = session
        end(handoff, person, now)


def ask(
    handoff_id: UUID,
    question: str | None,
    by: By,
    *,
    handoffs: Handoffs,
    version: Seen | None = None,
    form_key: UUID | None = None,
) -> Handoff:
    """Put the claimer's question to the originator into the conversation, and tell them.

    Raises InvalidInput on `question`, NotYours, OriginatorGone, SessionClosed, IllegalTransition.
    """
    text = required_text(question, "question", "Write your question. Nothing was sent.")
    with act_on_handoff(handoff_id, handoffs) as (handoff, session):
        person, now = engineer_of(by), by.now()
        if form_key and handoff.events.filter(form_key=form_key).exists():
            return handoff
        refuse_stale_handoff(handoff, version)
        _refuse_unless_claimers(handoff, person, now, "ask")
        if session.is_closed:
            raise SessionClosed(f"This session is {session.status}. Reopen it to ask. Nothing was sent.")
        if not works_here(handoff.from_user):
            raise OriginatorGone(f"{handoff.from_user} no longer works in this account, and can’t answer.")
        session.advance(now)
        save(handoff)
        event = append_event(handoff, HandoffAction.ASK, person, now, text, form_key)
        tell_originator(handoff, notice_kinds.ASKED, event, quote=text)
        return handoff


def give_back(
    handoff_id: UUID, reason: str | None, by: By, *, handoffs: Handoffs, version: Seen | None = None
) -> Handoff:
    """Return the session to its originator, active.

    Raises InvalidInput on `reason`, NotYours, OriginatorGone, SessionClosed, IllegalTransition.
    """
    text = required_text(reason, "reason", "Say why you are returning it. Nothing was recorded.")
    with act_on_handoff(handoff_id, handoffs) as (handoff, session):
        person, now = engineer_of(by), by.now()
        if handoff.state == HandoffState.RETURNED and handoff.claimed_by_id == person.pk:
            return handoff
        refuse_stale_handoff(handoff, version)
        _refuse_unless_claimers(handoff, person, now, "return")
        _refuse_return(handoff, session)
        hand_to(session, handoff.from_user, now)
        save(handoff, state=HandoffState.RETURNED, ended_at=now, return_reason=text)
        event = append_event(handoff, HandoffAction.RETURN, person, now, text)
        tell_originator(handoff, notice_kinds.RETURNED, event, quote=text)
        return handoff


def _refuse_return(handoff: Handoff, session: AISession) -> None:
    if session.is_closed:
        raise SessionClosed(f"This session is {session.status}. Reopen it to return it. Nothing was recorded.")
    if not session.is_open:
        raise IllegalTransition("This session was escalated again since. Nothing was recorded.")
    if not works_here(handoff.from_user):
        raise OriginatorGone(
            f"{handoff.from_user} no longer works in this account. Escalate it to someone else instead."
            " Nothing was recorded."
        )


def _refuse_unless_claimers(handoff: Handoff, person: User, now: datetime, verb: str) -> None:
    if handoff.claimed_by_id != person.pk:
        raise NotYours(f"Only the person who claimed it can {verb}. Nothing was recorded.")
    if handoff.state != HandoffState.CLAIMED:
        raise _refusal_of_ended(handoff, now)


def _refusal_of_ended(handoff: Handoff, now: datetime) -> AlreadyClaimed | IllegalTransition:
    """Return why an act that needs the handoff to wait, or to be claimed, comes too late."""
    if handoff.state == HandoffState.CLAIMED:
        who, when = handoff.claimed_by, handoff.claimed_at
        at = clock(when, now) if when else ""
        return AlreadyClaimed(f"{who} claimed this ({at}). Nothing was recorded.", who, when)
    done = "returned" if handoff.state == HandoffState.RETURNED else "taken back"
    return IllegalTransition(f"This escalation was {done} ({clock(handoff.since, now)}). Nothing was recorded.")


def _is_originator_or_admin(handoff: Handoff, person: User) -> bool:
    return handoff.from_user_id == person.pk or person.is_account_admin
