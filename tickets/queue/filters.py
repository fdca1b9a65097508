"""What the queue shows: read from its address."""

from dataclasses import dataclass, fields, replace
from functools import cached_property

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User
from tickets.models import HandoffState

TABS = {"": "Everyone", "for-me": "For me", "claimed": "Claimed by me", "from-me": "From me"}
"""Value of `?show=` → the tab's label."""

GROUPS = {
    "": (HandoffState.WAITING, HandoffState.CLAIMED, HandoffState.RETURNED),
    "for-me": (HandoffState.WAITING,),
    "claimed": (HandoffState.CLAIMED, HandoffState.RETURNED),
    "from-me": (HandoffState.WAITING, HandoffState.CLAIMED, HandoffState.RETURNED),
}
"""Tab → its groups, in their order. What was taken back waits for nobody: its session's page has it."""


@dataclass(frozen=True)
class Tab:
    """One tab of the queue. `key` is its value of `?show=`; `count`: what is to be done there, as it is shown."""

    key: str
    label: str
    address: str
    is_shown: bool
    count: str


@dataclass(frozen=True)
class Filters:
    """`show`: a tab; `state`: one of its groups alone, page by page; `cursor`: the page (common.keyset)."""

    show: str = ""
    state: str = ""
    cursor: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "Filters":
        """Read the query string. An unknown tab or group is ignored."""
        show = query.get("show", "")
        show = show if show in TABS else ""
        state = query.get("state", "")
        state = state if state in GROUPS[show] else ""
        return cls(show=show, state=state, cursor=query.get("cursor", "") if state else "")

    @classmethod
    def read_back(cls, back: str) -> "Filters":
        """Read the `query` that a form of the queue carries, to return to the same page of it."""
        return cls.read(QueryDict(back))

    @cached_property
    def query(self) -> str:
        """The query string, empty for the whole queue."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        return urlencode({name: value for name, value in values.items() if value})

    @property
    def address(self) -> str:
        return reverse("escalations") + (f"?{self.query}" if self.query else "")

    @property
    def groups(self) -> tuple[HandoffState, ...]:
        return (HandoffState(self.state),) if self.state else GROUPS[self.show]

    def only(self, state: HandoffState, cursor: str = "") -> "Filters":
        """Return the filters of one group alone, from `cursor` on."""
        return replace(self, state=state.value, cursor=cursor)

    def tabs(self, counts: dict[str, str]) -> list[Tab]:
        return [Tab(key, label, Filters(key).address, key == self.show, counts[key]) for key, label in TABS.items()]

    def of_tab(self, user: User) -> Q:
        """The condition of the tab."""
        return {
            "": Q(account=user.account_id),
            "for-me": Q(target=user),
            "claimed": Q(claimed_by=user),
            "from-me": Q(from_user=user),
        }[self.show]
