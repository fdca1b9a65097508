"""Finds that an edited text no longer says that a fix awaits verification."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from tickets.bundle import Bundle
from tickets.honesty.markdown_sentences import Line
from tickets.honesty.remedies import honest_sentence
from tickets.honesty.sections import by_section
from tickets.models.text import Kind, Language

_SAYS_SO = re.compile(
    r"\b(?:provisional(?:ly)?|await\w*|unverified|not (?:yet )?(?:been )?(?:verified|confirmed|known|tested|checked)|"
    r"(?:verified|confirmed|known|tested|checked) (?:yet|later)|(?:yet|remains?|has|have|still) to be \w+|"
    r"whether (?:it|this|that|they|the)|to be (?:checked|verified|confirmed|tested)|check(?:ed)? (?:is due )?by|"
    r"will (?:be )?(?:check|test|verif|confirm)\w*|verification|waiting (?:for|on)|wait for|cannot say|can't say|"
    r"vorläufig\w*|(?:steht|stehen|stand) (?:\w+ ){0,3}aus|aussteh\w*|unbestätigt|zu prüfen|"
    r"(?:noch )?nicht (?:bestätigt|geprüft|bekannt|verifiziert|getestet)|wird (?:\w+ ){0,6}(?:geprüft|getestet)|"
    r"ob (?:es|sie|das|dies|die|der)|abwarten|abzuwarten|warten (?:auf|noch)|gewartet|prüfung)\b"
)
_ABOUT_FIXES = {Kind.NOTE: {"resolution"}, Kind.PACKAGE: {"tried", "hypothesis", "next_steps"}}
"""Elsewhere, these words are about the problem."""
REASON = "A fix awaits verification (“{}”), but the text doesn’t say so."


class Silence(NamedTuple):
    """`sentence`: the last one of the section that has to say so, or "". `instead`: it and the honest one."""

    sentence: str
    reason: str
    instead: str


def silence_about_waiting(lines: Iterable[Line], kind: Kind, bundle: Bundle, language: Language) -> Silence | None:
    """Return what to add to a note or package that doesn't say that a fix waits; None if it does, or none waits."""
    if not bundle.awaiting or kind not in _ABOUT_FIXES:
        return None
    told = [line for section, line in by_section(lines, kind) if section in _ABOUT_FIXES[kind]]
    if any(_SAYS_SO.search(line.text.casefold()) for line in told):
        return None
    waiting = bundle.awaiting[-1]
    honest = honest_sentence(waiting, bundle, language)
    last = next((line.written for line in reversed(told) if not line.is_heading), "")
    return Silence(last, REASON.format(waiting.title), f"{last} {honest}".strip())
