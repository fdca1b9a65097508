"""Check-by times that nobody has to choose: the one that a proposal's words name, and the usual one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from common.times import MINUTE
from fixes.evidence import usual_wait
from fixes.models import SuggestedFix
from fixes.said_times import SaidTime, said_time
from fixes.transitions import FOLLOW_UP_LIMIT, Status


@dataclass(frozen=True)
class Usual:
    """How long the same fix was usually awaited, and when that is over."""

    wait: timedelta
    at: datetime


@dataclass(frozen=True)
class KnownTimes:
    said: SaidTime | None = None
    usual: Usual | None = None


NOTHING_KNOWN = KnownTimes()


def known_times(fix: SuggestedFix, now: datetime, zone: ZoneInfo) -> KnownTimes:
    """Return what is known of when to check this fix: one query. Times that have passed are left out."""
    return KnownTimes(_said(fix, now, zone), _usual(fix, now))


def _said(fix: SuggestedFix, now: datetime, zone: ZoneInfo) -> SaidTime | None:
    """Read the time from the reason for which FlowPilot proposes to wait, as it was meant when it was proposed."""
    proposal = fix.ai_outcome_proposal
    if not proposal or proposal["outcome"] != Status.PENDING or not proposal["reason"]:
        return None
    said = said_time(proposal["reason"], datetime.fromisoformat(proposal["proposed_at"]).astimezone(zone))
    return said if said and _is_ahead(said.at, now) else None


def _usual(fix: SuggestedFix, now: datetime) -> Usual | None:
    wait = usual_wait(fix)
    if wait is None:
        return None
    began = fix.status_changed_at if fix.is_waiting and fix.status_changed_at else now
    at = (began + wait + MINUTE - timedelta.resolution).replace(second=0, microsecond=0)  # the next whole minute
    return Usual(wait, at) if _is_ahead(at, now) else None


def _is_ahead(at: datetime, now: datetime) -> bool:
    return now < at <= now + FOLLOW_UP_LIMIT
