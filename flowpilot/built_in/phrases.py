"""Compares what engineers type with short phrases, word by word, in English and German."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

FILLERS = 2
"""So many other words may stand between the words of a phrase: "webmail still works"."""
ENDINGS = ("ing", "ed", "es", "s", "t", "en", "e")

Words = tuple[str, ...]


def words_of(text: str) -> Words:
    """Return the words of a text as they are compared: folded, without punctuation and apostrophes."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return tuple(re.findall(r"[^\W_]+", folded.replace("’", "").replace("'", "")))


NEGATIONS = frozenset(
    words_of(
        "no not never none cannot cant dont doesnt didnt isnt wasnt arent wont nor neither without fails failed nicht "
        "kein keine keinen keiner nie niemals ohne"
    )
)
"""They turn a phrase into its opposite, so no phrase matches across one, or before "nicht"."""


def stem(word: str) -> str:
    """Return the word without a common ending: enough to compare "works" with "working"."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def spans(text: Words, phrase: Words) -> Iterator[tuple[int, int]]:
    """Yield where the phrase stands in the text, as first and last place."""
    for start, word in enumerate(text):
        if phrase and stem(word) == stem(phrase[0]) and (end := _end(text, phrase, start)) is not None:
            yield start, end


def _end(text: Words, phrase: Words, start: int) -> int | None:
    place, is_negative = start, bool(NEGATIONS.intersection(phrase))
    for wanted in phrase[1:]:
        following = range(place + 1, min(place + (1 if is_negative else 1 + FILLERS) + 1, len(text)))
        place = next((at for at in following if stem(text[at]) == stem(wanted)), -1)
        if place < 0:
            return None
    between = set(text[start : place + 2]) if not is_negative else set()
    return None if NEGATIONS.intersection(between) else place


def is_only(text: Words, phrases: Sequence[Words], besides: frozenset[str] = frozenset()) -> bool:
    """Return whether the text consists of some of these phrases, and of words in `besides`."""
    left = set(range(len(text)))
    for phrase in phrases:
        for start in range(len(text) - len(phrase) + 1):
            if text[start : start + len(phrase)] == phrase:
                left -= set(range(start, start + len(phrase)))
    return len(left) < len(text) and all(text[place] in besides for place in left)
