"""Finds what a sentence claims beyond what is known (docs/texts.md, *Honesty check*)."""

from dataclasses import dataclass

from tickets.bundle import Bundle
from tickets.models.text import Kind, Language


@dataclass(frozen=True)
class TextWarning:
    """What the check found in an edited text. `sentence`: as written, "" for a missing section; `excerpt`: the words.

    `reason`: why, for the person; `instead`: a sentence that the record carries, "" where removing is the remedy.
    """

    sentence: str
    excerpt: str
    reason: str
    instead: str = ""


def refusal_of(text: str, cites: tuple[str, ...], bundle: Bundle, language: Language) -> str | None:
    """Return why this sentence of a model can't be posted, in words for people; None if it can."""
    raise NotImplementedError


def warnings_of(markdown: str, kind: Kind, bundle: Bundle, language: Language) -> list[TextWarning]:
    """Return what an edited text claims beyond what is known, in its order."""
    return []
