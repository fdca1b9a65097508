"""Turns an outcome said in plain words into FlowPilot's proposal on the current fix."""

from datetime import datetime

from django.utils import timezone

from fixes.models import SuggestedFix
from fixes.said_times import said_time
from fixes.transitions import Status
from flowpilot.built_in.conversation import Conversation
from flowpilot.built_in.sentences import say
from flowpilot.built_in.yes_no import said_yes_or_no
from flowpilot.language import Language, words_of
from flowpilot.providers import Reply
from flowpilot.recognition import Recognized, recognize
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

ASKS_OUTCOME, ASKS_TO_CONFIRM = "asks_outcome", "asks_to_confirm"
"""Remarks on a message that asks whether a fix worked, or to confirm an outcome; each with the fix's id."""


def outcome_reply(conversation: Conversation) -> Reply | None:
    """Return the reply to a message that says what came of the current fix, or None."""
    fix = conversation.current
    if fix is None or conversation.answered:
        return None
    said = recognize(conversation.last)
    if said and fix.applied_at is None and len(words_of(said.sentence)) > SHORT:
        return None
    plain = None if said else said_yes_or_no(conversation.last)
    if plain == "yes" and conversation.remarks.get(ASKS_TO_CONFIRM) == str(fix.pk) and fix.ai_outcome_proposal:
        why = "Only people record outcomes."
        return Reply(
            say("confirm", conversation.language), blocks=(), remarks={"why": why, ASKS_TO_CONFIRM: str(fix.pk)}
        )
    if plain and conversation.remarks.get(ASKS_OUTCOME) == str(fix.pk):
        said = Recognized(Status.SUCCESS if plain == "yes" else Status.FAILED, conversation.last.strip())
    return _proposal(said, fix, conversation) if said else None


def _proposal(said: Recognized, fix: SuggestedFix, conversation: Conversation) -> Reply:
    marker = {"fix_id": str(fix.pk), "outcome": MARKER[said.outcome], "reason": said.sentence}
    text = _text(said.outcome, fix.title, conversation)
    return Reply(text, blocks=(Block("FIX_OUTCOME", marker),), remarks={ASKS_TO_CONFIRM: str(fix.pk)})


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
