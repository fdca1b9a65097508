"""What a page that is open has missed, and gets with the response to any act or message sent from it.

The page sends how much it shows (`shown`, see static/js/requests.js). A response to htmx carries what came after.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest

from sessions.conversation import Line, Shown, entries_of, merged, messages_after, shown_with
from sessions.extensions import Panel
from sessions.models import AISession, Message


@dataclass(frozen=True)
class Updates:
    """`lines`: the conversation after what the page shows. `all_parts`: more happened, so its other parts are old."""

    lines: list[Line]
    shown: Shown
    all_parts: bool

    @property
    def has_facts(self) -> bool:
        """Whether facts may have changed."""
        return self.all_parts or any(isinstance(each.entry, Message) and each.entry.effects for each in self.lines)

    @property
    def has_effects(self) -> bool:
        """Whether something happened to fixes or facts among these lines."""
        return any(line.template or (isinstance(line.entry, Message) and line.entry.effects) for line in self.lines)


def shown_by(request: HttpRequest) -> Shown | None:
    """Return how much the page shows from which this request comes; None if it doesn't say."""
    return Shown.read(request.POST.get("shown") or request.GET.get("shown"))


def updates_after_message(message: Message, shown: Shown | None) -> Updates | None:
    """Return the updates if nothing but this message happened since; None: the panels are needed to tell."""
    session = message.session
    if shown and session.state_version > shown.version + 1:
        return None
    return Updates([Line(message)], Shown(session.state_version, message.sequence), all_parts=False)


def updates_after_act(session: AISession, shown: Shown | None) -> Updates | None:
    """Return the updates if nothing but one act without a line in the conversation happened since, else None."""
    if shown is None or session.state_version > shown.version + 1:
        return None
    return Updates([], Shown(session.state_version, shown.message), all_parts=False)


def updates_since(shown: Shown | None, session: AISession, panels: Mapping[str, Panel]) -> Updates:
    """Return what a page that shows this much has missed. It reads messages only if there may be some."""
    if shown is None:  # a page from before an upgrade: at least what this act did
        shown = Shown(session.state_version - 1)
        return Updates(entries_of(panels, shown), Shown(session.state_version), all_parts=False)
    new = set(range(shown.version + 1, session.state_version + 1))
    entries = {entry.state_version for panel in panels.values() for entry in panel.entries if not entry.has_message}
    messages = messages_after(session, shown) if new - entries else []
    lines = merged(messages, entries_of(panels, shown))
    is_unseen = bool(new - entries) and not messages  # an act without a line, such as an edit of the ticket
    return Updates(lines, shown_with(session, messages, shown), all_parts=len(new) > 1 or is_unseen)
