"""Lines of the conversation, prepared for their template.

As a row of a list is, each is a dict of finished strings: a template takes several times as long to look them up and
escape them.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.safestring import SafeString

from accounts.models import User
from common import markdown
from common.escaped import escaped
from common.templatetags.icons import icon
from common.templatetags.times import clock
from sessions.conversation import Line
from sessions.extensions import slots_at
from sessions.known import draft_key
from sessions.models import AISession, Author, Message

PreparedLine = dict[str, Any]


def prepared(
    lines: Iterable[Line], session: AISession, user: User, panels: Mapping[str, Any]
) -> Iterator[PreparedLine]:
    """Yield each line as the template reads it. `panels`: by name, those that have been read.

    The entry of another app has the `template` that renders it; for a message that is None.
    """
    may_add = user.can_work and not session.is_closed
    for line in lines:
        if not isinstance(line.entry, Message):
            yield {"template": line.template, "entry": line.entry}
            continue
        takes_facts = may_add and line.entry.author != Author.SYSTEM
        key = draft_key(user, session.pk, None, line.entry.sequence) if takes_facts else ""
        yield {"template": None, "draft_key": SafeString(key), **_message(line.entry), **_slots(line.entry, panels)}


def _message(message: Message) -> PreparedLine:
    return {
        "message": message,
        "number": SafeString(message.sequence),
        "is_answer": message.author == Author.ASSISTANT,
        "avatar": _avatar(message),
        "by": _by(message),
        "time": clock(message.created_at),
        "html": _html(message),
    }


def _avatar(message: Message) -> SafeString:
    if message.author != Author.ENGINEER:
        return icon("pilot" if message.author == Author.ASSISTANT else "info")
    name = message.user.display_name if message.user else ""
    return escaped(name[:1].upper() or "?")


def _by(message: Message) -> SafeString:
    if message.author == Author.ENGINEER:
        return escaped(str(message.user or "Engineer"))
    return SafeString(Author(message.author).label)


def _html(message: Message) -> SafeString:
    """Render a message: FlowPilot's as markdown, a person's as typed, since they mean every character of a path."""
    return markdown.render(message.content, typed=message.author != Author.ASSISTANT)


def _slots(message: Message, panels: Mapping[str, Any]) -> dict[str, bool]:
    """Return which of the slots at a message show something."""
    slots = slots_at(message, panels)
    return {"has_foot": "message-foot" in slots, "is_followed": "after-message" in slots}
