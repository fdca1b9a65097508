"""Compares what engineers type with short phrases, word by word, in English and German."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from flowpilot.built_in.claims import claims
from flowpilot.language import Words, words_of

FILLERS = 2
"""So many other words may stand between the words of a phrase: "webmail still works"."""
READ = 5_000
"""Characters of a message in which phrases are looked for."""
ENDINGS = ("ing", "ed", "es", "s", "t", "en", "e")

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


@dataclass(frozen=True)
class Text:
    """A text to find phrases in, without its questions and what is unsure. `places`: by stem, where it stands.

    `typed`: the text as it was typed.
    """

    typed: str
    words: Words
    stems: Words
    places: dict[str, list[int]]

    @classmethod
    def of(cls, text: str) -> "Text":
        """Cut a text into words and stems; what comes after READ characters is left out."""
        typed = text[:READ]
        words = words_of(claims(typed))
        stems = tuple(map(stem, words))
        places: dict[str, list[int]] = {}
        for place, each in enumerate(stems):
            places.setdefault(each, []).append(place)
        return cls(typed, words, stems, places)


@lru_cache(maxsize=4_096)
def phrase(text: str) -> Words:
    """Return the words of a phrase, for `spans`. Playbooks say the same ones again and again."""
    return words_of(text)


def spans(text: Text, phrase: Words) -> Iterator[tuple[int, int]]:
    """Yield where the phrase stands in the text, as first and last place."""
    stems = tuple(map(stem, phrase))
    is_negative = not NEGATIONS.isdisjoint(phrase)
    for start in text.places.get(stems[0], ()) if stems else ():
        if (end := _end(text, stems, start, is_negative=is_negative)) is not None:
            yield start, end


def _end(text: Text, stems: Words, start: int, *, is_negative: bool) -> int | None:
    place = start
    for wanted in stems[1:]:
        following = range(place + 1, min(place + (1 if is_negative else 1 + FILLERS) + 1, len(text.stems)))
        place = next((at for at in following if text.stems[at] == wanted), -1)
        if place < 0:
            return None
    return place if is_negative or NEGATIONS.isdisjoint(text.words[start : place + 2]) else None


def is_only(text: Words, phrases: Sequence[Words], besides: frozenset[str] = frozenset()) -> bool:
    """Return whether the text consists of some of these phrases, and of words in `besides`."""
    left = set(range(len(text)))
    for phrase in phrases:
        for start in range(len(text) - len(phrase) + 1):
            if text[start : start + len(phrase)] == phrase:
                left -= set(range(start, start + len(phrase)))
    return len(left) < len(text) and all(text[place] in besides for place in left)
