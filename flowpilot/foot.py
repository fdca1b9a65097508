"""The small line under a message of FlowPilot: who wrote it, what it did, and why it proposed nothing."""

from collections import Counter
from dataclasses import dataclass

from flowpilot.models import Answer
from flowpilot.models.answer import BUILT_IN
from sessions.models import Message


@dataclass(frozen=True)
class Part:
    words: str
    tone: str = ""


NAMES = {"SUGGEST_FIX": "a fix", "FIX_OUTCOME": "an outcome", "PROMOTE": "a fact"}
"""Marker → what people call what it makes."""


def foot_of(message: Message, answer: Answer | None) -> list[Part]:
    """Return the parts of the line. `answer`: the answer that the message is, if it is one."""
    parts = [Part("Built-in copilot" if message.origin == BUILT_IN else message.origin)] if message.origin else []
    parts += _added(message)
    parts += [_undone(effect) for effect in message.effects if effect["result"] != "done"]
    parts += [Part(effect["reason"]) for effect in message.effects if effect["result"] == "done" and effect["reason"]]
    remarks = answer.remarks if answer else {}
    return parts + [Part(remarks[key]) for key in ("budget", "why") if remarks.get(key)]


def _added(message: Message) -> list[Part]:
    done = Counter(effect["marker"] for effect in message.effects if effect["result"] == "done")
    facts = done["PROMOTE"]
    return [Part(f"added {facts} fact{'s' if facts > 1 else ''}")] if facts else []


def _undone(effect: dict[str, str]) -> Part:
    what = NAMES.get(effect["marker"], effect["marker"])
    if effect["result"] == "malformed":
        return Part(f"tried to add {what}, which couldn’t be read", "warning")
    return Part(f"tried to add {what}: {effect['reason']}", "warning")
