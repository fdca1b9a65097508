"""Names the words of a problem that a choice rests on, as the engineer typed them."""

import re
from collections.abc import Iterable

from flowpilot.built_in.phrases import NEGATIONS
from flowpilot.language import ENGLISH, GERMAN
from flowpilot.retrieval.noise import without_noise

SHOWN = 5
_TOKEN = re.compile(r"[^\s\"'<>()\[\]{},;|`„“”‚‘’«»]+")
_LETTER = re.compile(r"[^\W_]")
_FOLDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def folded(text: str) -> str:
    """Return a text as the database spells its words: in small letters, umlauts as two letters."""
    return text.casefold().translate(_FOLDED)


def is_form_of(word: str, lexeme: str) -> bool:
    """Return whether a folded word may have this stem: "replying" has "repli"."""
    return word.startswith(lexeme) or (lexeme[-1:] in {"i", "y"} and len(lexeme) > 3 and word.startswith(lexeme[:-1]))


def as_typed(lexemes: Iterable[str], text: str) -> list[str]:
    """Return the words of the text that have these stems, at most SHOWN; the words are unique."""
    tokens = dict.fromkeys(token.strip(".:*!?=") for token in _TOKEN.findall(text))
    spellings = {token: folded(token) for token in tokens if token}
    found: list[str] = []
    for lexeme in lexemes:
        typed = next((token for token, spelling in spellings.items() if is_form_of(spelling, lexeme)), None)
        if typed and not any(typed.casefold() in other.casefold() for other in found):
            found.append(typed)
        if len(found) == SHOWN:
            break
    return found


def telling(text: str) -> list[str]:
    """Return the words of the text that may tell its problem from others, each once, in their order."""
    tokens = dict.fromkeys(token.strip(".:*!?=") for token in _TOKEN.findall(without_noise(text[:5_000])))
    return [
        token
        for token in tokens
        if 2 < len(token) <= 100 and token.casefold() not in ENGLISH | GERMAN | NEGATIONS and _LETTER.search(token)
    ]


def looked_for(text: str) -> list[str]:
    """Return the most telling words of the text, codes first, at most SHOWN."""
    return sorted(telling(text), key=lambda token: (not re.search(r"\d", token), -len(token)))[:SHOWN]
