"""Who can claim a handoff, and what those who can't are told (docs/handoffs.md).

Nobody claims what they escalated themselves. One that was escalated to somebody is claimed by them or by an admin; by
anyone once they are deactivated or can only read.
"""

from datetime import datetime, timedelta

from accounts.models import User
from common import times
from common.refusals import IllegalTransition, Refusal
from tickets.models import Handoff, HandoffState, works_here
from tickets.refusals import AlreadyClaimed, NotYours


def may_claim(handoff: Handoff, person: User) -> bool:
    """Return whether this person can claim it, for one whose target is read already."""
    if not handoff.is_waiting or not works_here(person) or handoff.from_user_id == person.pk:
        return False
    return person.is_account_admin or handoff.target_id == person.pk or handoff.is_for_anyone


def refusal_of(handoff: Handoff, person: User, now: datetime) -> Refusal:
    """Return why this person couldn't claim it, as it is now."""
    if handoff.state == HandoffState.CLAIMED and handoff.claimed_by and handoff.claimed_at:
        how_long = seconds(now - handoff.claimed_at)
        return AlreadyClaimed(
            f"{handoff.claimed_by} claimed this {how_long} before you.", handoff.claimed_by, handoff.claimed_at
        )
    if not handoff.is_waiting:
        done = "returned" if handoff.state == HandoffState.RETURNED else "taken back"
        return IllegalTransition(
            f"This escalation was {done} ({times.clock(handoff.since, now)}). Nothing was recorded."
        )
    if handoff.from_user_id == person.pk:
        return NotYours("You escalated this yourself. Take it back to go on with it.")
    return NotYours(f"Only {handoff.target} or an admin can claim this.")


def seconds(length: timedelta) -> str:
    """Return "a moment", "40 seconds", "3 min": how much later the second of two people came."""
    whole = length // timedelta(seconds=1)
    if whole < 1:
        return "a moment"
    if whole < 60:
        return f"{whole} second{'s' if whole > 1 else ''}"
    return times.duration(length)
