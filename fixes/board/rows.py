"""What a row of the board shows of one fix.

A row is a dict of finished strings: a template takes longer to look up and escape the 40 values of each of 50 rows than
everything else on the page takes.
"""

from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString

from accounts.models import User
from common.addresses import address
from common.escaped import escaped
from common.templatetags.times import clock
from common.times import due, duration
from fixes.banner.banner import Banner
from fixes.board.filters import Filters
from fixes.evidence import counts_of_fix
from fixes.evidence.sentences import sentence
from fixes.looks import look_of
from fixes.models import SuggestedFix
from sessions.models import AISession, ResolutionKind
from sessions.templatetags.sessions import state

Row = dict[str, Any]


def row_of(
    fix: SuggestedFix,
    user: User,
    filters: Filters,
    now: datetime,
    *,
    banner: Banner | None = None,
    is_selected: bool = False,
    only_head: bool = False,
) -> Row:
    """Return one row. With `banner` it is open; `only_head`: it replaces the head of a row that the page has."""
    return {
        "id": SafeString(fix.pk),
        "title": escaped(fix.title),
        "banner": banner,
        "only_head": only_head,
        "is_replaced": not fix.is_current,
        "can_record": user.can_work,
        "selection": SafeString(f"{fix.pk}:{fix.version}") if fix.is_waiting and user.can_work else "",
        "is_selected": is_selected,
        **_time_to_check(fix, now),
        **_state(fix, now),
        "evidence": _evidence(fix, now),
        **_session(fix.session),
        **_addresses(fix, filters),
    }


def _time_to_check(fix: SuggestedFix, now: datetime) -> dict[str, str]:
    """`late` is "Overdue 50 min", `due` "in 3 h"; a fix without a check-by time has neither."""
    if fix.follow_up_at is None:
        return {"late": "", "due": "", "check_by": ""}
    text = due(fix.follow_up_at, now)
    late, early = (text.capitalize(), "") if fix.is_overdue(now) else ("", text)
    return {"late": SafeString(late), "due": SafeString(early), "check_by": clock(fix.follow_up_at)}


def _state(fix: SuggestedFix, now: datetime) -> dict[str, str]:
    """How long a waiting fix has waited and for what; the state of one that waits no longer."""
    if not fix.is_waiting:
        return {"state": state(*look_of(fix)), "reason": "", "age": ""}
    age = duration(now - fix.status_changed_at) if fix.status_changed_at else ""
    return {"state": "", "reason": escaped(fix.pending_reason or ""), "age": SafeString(age)}


def _evidence(fix: SuggestedFix, now: datetime) -> str:
    """What came of the same fix elsewhere; "" where nothing did, and for an answered row, which asks for nothing."""
    counts = counts_of_fix(fix) if fix.is_waiting else None
    return escaped(sentence(counts, now)) if counts and not counts.is_empty else ""


def _session(session: AISession) -> dict[str, str | bool]:
    """`is_provisional`: the session is resolved already, and what the client was told depends on this fix."""
    return {
        "ticket": escaped(session.ticket_ref),
        "problem": escaped(session.title),
        "client": escaped(session.client_name),
        "owner": escaped(str(session.owner)),
        "is_provisional": session.resolution_kind == ResolutionKind.PROVISIONAL,
    }


def _addresses(fix: SuggestedFix, filters: Filters) -> dict[str, SafeString]:
    """`opened` and `closed`: the board with this row open or closed; `fragment`: the banner alone."""
    session_id, fix_id = str(fix.session_id), str(fix.pk)
    addresses = {
        "session_address": f"{address('session', session_id)}?fix={fix_id}#fix-banner",
        "opened": f"{filters.up_to_open_row}{fix_id}#fix-banner-{fix_id}",
        "closed": f"{filters.here}#row-{fix_id}",
        "fragment": f"{address('banner', session_id, fix_id)}?place=board&back={filters.quoted}",
    }
    return {name: escaped(each) for name, each in addresses.items()}
