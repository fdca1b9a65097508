"""The small line under a message of FlowPilot: who wrote it, what it did, and why it proposed nothing."""

import re
from dataclasses import dataclass

from django.urls import reverse

from flowpilot.models import Answer
from flowpilot.models.answer import BUILT_IN
from sessions.models import Message


@dataclass(frozen=True)
class Part:
    words: str
    tone: str = ""
    url: str = ""


DOES = {"SUGGEST_FIX": "suggest a fix", "FIX_OUTCOME": "propose an outcome", "PROMOTE": "add a fact"}
"""Marker → what it does, in words for people."""


FIELDS = {
    "confidence_pct": "confidence",
    "verification_hint": "how to tell that it worked",
    "script_template_id": "script template",
    "ai_drafted_script": "script",
    "ai_drafted_parameters": "parameters of the script",
    "fix_id": "fix",
    "source_message_id": "message",
}
"""Field of a marker → what people call it. The others are words already."""
_FIELD = re.compile(rf"\b(?:{'|'.join(FIELDS)})\b")


def foot_of(message: Message, answer: Answer | None) -> list[Part]:
    """Return the parts of the line. `answer`: the answer that the message is, if it is one."""
    parts = [Part("Built-in copilot" if message.origin == BUILT_IN else message.origin)] if message.origin else []
    parts += _added(message)
    for effect in message.effects:
        if effect["result"] != "done":
            parts += [] if effect["code"] == "already_failed" else [_undone(effect)]  # that has a line of its own
        elif effect["reason"] and effect["marker"] != "PROMOTE":  # a fact that was known already is no news
            parts.append(Part(effect["reason"]))
    remarks = answer.remarks if answer else {}
    parts += [Part(remarks[key]) for key in ("budget", "why") if remarks.get(key)]
    return parts + ([_sent(answer)] if answer and not answer.is_built_in else [])


def _sent(answer: Answer) -> Part:
    return Part("What was sent", url=reverse("what-was-sent", args=[answer.session_id, answer.pk]))


def skipped_in(message: Message, answer: Answer | None) -> set[str]:
    """Return the ids of the failed fixes that this message didn't suggest again."""
    refused = {effect["id"] for effect in message.effects if effect.get("code") == "already_failed"}
    return refused | {each["fix_id"] for each in (answer.remarks if answer else {}).get("skipped", ())}


def _added(message: Message) -> list[Part]:
    done = [each for each in message.effects if each["marker"] == "PROMOTE" and each["result"] == "done"]
    facts = sum(not effect["reason"] for effect in done)
    return [Part(f"added {facts} fact{'s' if facts > 1 else ''}")] if facts else []


def _undone(effect: dict[str, str]) -> Part:
    reason = "what it wrote can’t be read." if effect["result"] == "malformed" else effect["reason"]
    return Part(f"Couldn’t {DOES[effect['marker']]}: {in_words(reason)}", "warning")


def in_words(reason: str) -> str:
    """Return the reason with fields as people call them, not as the API does."""
    return _FIELD.sub(lambda found: FIELDS[found[0]], reason)
