"""One page of the queue: groups of handoffs, each of one statement."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from common import keyset
from tickets.models import Handoff, HandoffState, state_since
from tickets.queue.counts import Counts, counts_for
from tickets.queue.filters import Filters, Tab
from tickets.queue.rows import Row, row_of

PAGE_SIZE = 25
"""Rows of the group that waits, and of one that is shown alone."""
LATEST = 10
"""Rows of the other groups, the latest first; a link leads to all of them."""

HEADINGS = {
    HandoffState.WAITING: "Unclaimed",
    HandoffState.CLAIMED: "Claimed",
    HandoffState.RETURNED: "Returned",
}
SINCE = {HandoffState.WAITING: "created_at", HandoffState.CLAIMED: "claimed_at", HandoffState.RETURNED: "ended_at"}
"""State → the column with the time of which the queue's order is made, for the rows of this state."""

SHOWN = (
    *("state", "version", "question", "created_at", "claimed_at", "ended_at", "return_reason", "text"),
    *("session__title", "session__ticket_ref", "session__client_name", "session__status", "session__account"),
    *("from_user__display_name", "from_user__email", "claimed_by__display_name", "claimed_by__email"),
    *("target__display_name", "target__email", "target__role", "target__is_active", "target__account"),
)


@dataclass(frozen=True)
class Group:
    """Rows under one heading. `more`: where the next ones are; `previous`: where the ones before are."""

    key: str
    heading: str
    count: str
    rows: list[Row]
    more: str = ""
    previous: str = ""


@dataclass(frozen=True)
class Queue:
    user: User
    filters: Filters
    counts: Counts
    groups: list[Group]

    @property
    def tabs(self) -> list[Tab]:
        return self.filters.tabs(self.counts.tabs)


def queue_for(user: User, filters: Filters) -> Queue:
    """Return the page that the filters name. Raises InvalidInput on `cursor`."""
    now, counts = timezone.now(), counts_for(user)
    groups = [_group(user, filters, state, counts, now) for state in filters.groups]
    return Queue(user, filters, counts, [group for group in groups if group.rows or group.previous])


def _group(user: User, filters: Filters, state: HandoffState, counts: Counts, now: datetime) -> Group:
    is_alone = bool(filters.state) or state == HandoffState.WAITING
    page = keyset.page(
        shown(Handoff.objects.visible_to(user).filter(filters.of_tab(user), state=state)),
        order=order_of(state),
        cursor=filters.cursor or None,
        bound_to=("escalations", user.account_id, filters.show, state),
        size=PAGE_SIZE if is_alone else LATEST,
    )
    return Group(
        state.value,
        HEADINGS[state],
        counts.tabs[filters.show] if state == HandoffState.WAITING else "",
        [row_of(each, user, now) for each in page.rows],
        filters.only(state, page.next).address if page.next else "",
        filters.only(state, page.previous).address if page.previous else "",
    )


def order_of(state: HandoffState) -> tuple[keyset.Key | str, ...]:
    """Return the order of a group: what waits longest first; of the others, the latest."""
    is_latest_first = state != HandoffState.WAITING
    return (keyset.Key(SINCE[state], state_since(), descending=is_latest_first), "id")


def shown(handoffs: QuerySet[Handoff]) -> QuerySet[Handoff]:
    """Read what rows show: people, session, and where its current fix stands."""
    return (
        handoffs.select_related("session", "from_user", "target", "claimed_by")
        .annotate(
            current_fix=FilteredRelation(
                "session__suggested_fixes", condition=Q(session__suggested_fixes__superseded_at=None)
            ),
            fix_status=F("current_fix__status"),
            fix_due=F("current_fix__follow_up_at"),
            posted_version=F("text__state_version"),
        )
        .only(*SHOWN)
    )


def row_now(user: User, handoff_id: UUID, refusal: str) -> Row:
    """Return the row as it is now. Raises Handoff.DoesNotExist."""
    handoff = shown(Handoff.objects.visible_to(user)).get(pk=handoff_id)
    return row_of(handoff, user, timezone.now(), refusal)
