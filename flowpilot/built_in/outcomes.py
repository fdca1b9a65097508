"""Turns an outcome said in plain words into FlowPilot's proposal on the current fix."""

from datetime import datetime

from django.utils import timezone

from fixes.said_times import said_time
from fixes.transitions import Status
from flowpilot.built_in.conversation import Conversation
from flowpilot.built_in.sentences import say
from flowpilot.language import Language, words_of
from flowpilot.providers import Reply
from flowpilot.recognition import recognize
from sessions.markers import Block

SHORT = 10
"""Words of a sentence that can be an outcome of a fix which nobody has marked as applied. Longer ones say what was
seen, such as "the window flashes up and is gone".
"""

MARKER = {
    Status.SUCCESS: "success",
    Status.FAILED: "failure",
    Status.PARTIAL: "partial",
    Status.PENDING: "pending",
}
"""What a marker calls an outcome."""


def outcome_reply(conversation: Conversation) -> Reply | None:
    """Return the reply to a message that says what came of the current fix, or None."""
    fix = conversation.current
    if fix is None or conversation.answered:
        return None
    recognized = recognize(conversation.last)
    if recognized is None or (fix.applied_at is None and len(words_of(recognized.sentence)) > SHORT):
        return None
    outcome = recognized.outcome
    block = Block("FIX_OUTCOME", {"fix_id": str(fix.pk), "outcome": MARKER[outcome], "reason": recognized.sentence})
    return Reply(_text(outcome, fix.title, conversation), blocks=(block,))


def _text(outcome: Status, title: str, conversation: Conversation) -> str:
    language, now = conversation.language, timezone.localtime()
    said = said_time(conversation.last, now) if outcome == Status.PENDING else None
    if said:
        return say("applied_pending_until", language, title=title, at=_time(said.at, now, language))
    return say(outcome.value, language, title=title)


def _time(at: datetime, now: datetime, language: Language) -> str:
    clock = f"{at:%H:%M}"
    if at.date() == now.date():
        return clock
    return f"{at:%d.%m.}, {clock}" if language == "de" else f"{at.day} {at:%B}, {clock}"
