"""The slots of a document that a model may phrase. Everything else is written by the product."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

SLOTS = {"resolution_note": ("problem", "confirmed"), "escalation_package": ("problem", "confirmed", "next_steps")}
"""Kind of text → its slots, by the key of their section. A root cause is the engineer's own words, in any text."""


@dataclass(frozen=True)
class SlotSentence:
    text: str
    cites: tuple[str, ...]


@dataclass(frozen=True)
class Slots:
    """What a model phrased: slot → its sentences. `writer`: the model's name."""

    writer: str
    sentences: dict[str, tuple[SlotSentence, ...]]

    def changed(self, change: Callable[[str], str]) -> "Slots":
        """Return the same with the text of every sentence changed."""
        sentences = {
            slot: tuple(SlotSentence(change(each.text), each.cites) for each in rows)
            for slot, rows in self.sentences.items()
        }
        return Slots(self.writer, sentences)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "Slots":
        sentences = {
            slot: tuple(SlotSentence(each["text"], tuple(each["cites"])) for each in rows)
            for slot, rows in values["sentences"].items()
        }
        return cls(values["writer"], sentences)
