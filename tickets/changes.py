"""What happened to a session after somebody saw a text about it, and what that changed in the text."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from django.db.models import Q
from django.utils import timezone

from common.times import clock
from fixes.models import FixEvent
from fixes.transitions import Action
from sessions.models import AISession, Author, Fact, Message

FIX_ACTS = {
    Action.SUGGEST: "suggested another fix",
    Action.SUPERSEDE: "replaced the fix",
    Action.APPLY: "marked the fix as applied",
    Action.DECIDE: "ran the fix’s script",
    Action.PROPOSE: "proposed an outcome",
    Action.REJECT: "rejected FlowPilot’s guess",
    Action.REOPEN: "reopened the fix",
    Action.EDIT: "edited the fix",
}


@dataclass(frozen=True)
class Change:
    """`did`: "added a fact"."""

    who: str
    did: str
    at: datetime

    def __str__(self) -> str:
        return f"{self.who} {self.did} at {clock(self.at, timezone.now())}"


def changes_since(session: AISession, version: int, at: datetime | None) -> list[Change]:
    """Return what happened after this state version, which was shown at this time, oldest first.

    What leaves no row of its own, such as an edit of the ticket, isn't among it.
    """
    events = session.fix_events.filter(state_version__gt=version).select_related("actor")
    found = [_of_event(event) for event in events.order_by("state_version", "position")]
    if at:
        found += [*_of_messages(session, at), *_of_facts(session, at)]
    return sorted(found, key=lambda change: change.at)


def _of_event(event: FixEvent) -> Change:
    outcome = f"recorded “{event.get_to_status_display()}”"
    did = outcome if event.is_outcome else FIX_ACTS.get(Action(event.action), "changed the fix")
    return Change(str(event.actor or "FlowPilot"), did, event.at)


def _of_messages(session: AISession, at: datetime) -> Iterable[Change]:
    after = Message.objects.filter(session=session, created_at__gt=at).exclude(author=Author.SYSTEM)
    for each in after.select_related("user").only("author", "created_at", "user__display_name", "user__email"):
        who = "FlowPilot" if each.author == Author.ASSISTANT else str(each.user or "An engineer")
        yield Change(who, "wrote a message", each.created_at)


def _of_facts(session: AISession, at: datetime) -> Iterable[Change]:
    changed = Q(created_at__gt=at) | Q(changed_at__gt=at) | Q(deleted_at__gt=at)
    for each in Fact.objects.filter(changed, session=session).select_related("user", "changed_by"):
        if each.created_at > at:
            yield Change(str(each.user or "FlowPilot"), "added a fact", each.created_at)
        else:
            did = "removed a fact" if each.deleted_at else "edited a fact"
            yield Change(str(each.changed_by or "FlowPilot"), did, each.changed_at or each.deleted_at or at)


@dataclass(frozen=True)
class Difference:
    """A run of lines that differ: `gone` from the text that was seen, `new` in the one that is."""

    gone: tuple[str, ...]
    new: tuple[str, ...]


def differences(seen: str, now: str) -> list[Difference]:
    """Return the lines of two texts that differ. White space and empty lines don't count."""
    old, new = _lines(seen), _lines(now)
    found = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [Difference(tuple(old[a:b]), tuple(new[c:d])) for tag, a, b, c, d in found if tag != "equal"]


def _lines(text: str) -> list[str]:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return [line for line in lines if line]
