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


def as_typed(lexemes: Iterable[str], text: str) -> list[str]:
    """Return the words of the text that have these stems, at most SHOWN; the words are unique."""
    tokens = dict.fromkeys(token.strip(".:*!?=") for token in _TOKEN.findall(text))
    folded = {token: token.casefold().translate(_FOLDED) for token in tokens if token}
    found: list[str] = []
    for lexeme in lexemes:
        typed = next((token for token, spelling in folded.items() if spelling.startswith(lexeme)), None)
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
