"""The ideas that a text speaks of, in English and German alike, so that two sentences can be compared."""

from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from tickets.honesty.numbers import WORDS as NUMBERS
from tickets.honesty.tokens import Token, tokens_of
from tickets.honesty.word_sets import words

_ENDINGS = (
    "ations",
    "ation",
    "ungen",
    "ings",
    "ing",
    "ung",
    "ern",
    "ed",
    "es",
    "en",
    "er",
    "em",
    "et",
    "st",
    "s",
    "e",
    "t",
    "n",
)
SMALL = words(
    """
        herr herrn frau mr mrs ms
    a an the is are was were be been being has have had do does did and or but of in on at to by for from
        with as it its this that these those he she they we i you her his their our my who which what when while
        after before until since if whether so than then there here again still yet also only just all each
        every some any one no not never nothing none nobody without will would can could should may might must
        let about over under up down out into because due caused cause reason however although though both other
        others more most very now already der die das den dem des ein eine einen einem einer eines ist sind war
        waren wird werden wurde wurden hat haben hatte hatten und oder aber von vom in im an am auf aus bei beim
        mit nach vor zu zum zur für um durch über unter als wie es sie er wir ich ihr ihre ihrem ihrer sein
        seine dass wenn ob sobald bis seit während weil da so dann hier dort wieder noch schon auch nur erst
        alle alles jede jeder jedes jeden kein keine keinen nicht nie nichts niemand ohne kann können konnte
        soll sollte muss darf sich man etwa rund mehr weiterhin weiter jedoch danach immer laut don't doesn't
        didn't isn't aren't wasn't weren't can't couldn't won't hasn't haven't cannot
        """
)


LONGEST_WORD = 40
"""Characters; a longer one is no word, and cutting it in two would take time in the square of its length."""


class Idea(NamedTuple):
    """`is_opposite`: the word says the opposite of its idea."""

    name: str
    is_opposite: bool = False


@cache
def _table() -> dict[str, tuple[Idea, ...]]:
    """Return the ideas of each stem."""
    table: dict[str, set[Idea]] = {}
    for line in (Path(__file__).parent / "data" / "concepts.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        words, _, opposites = line.partition("|")
        name = words.split()[0]
        for side, is_opposite in ((words, False), (opposites, True)):
            for word in side.split():
                for form in {word, stem(word)}:
                    table.setdefault(form, set()).add(Idea(name, is_opposite))
    return {form: tuple(sorted(ideas)) for form, ideas in table.items()}


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return the word without its ending, the same for most forms of a regular word."""
    word = word.replace("ß", "ss")
    if word.startswith("ge") and len(word) > 6 and word.endswith(("t", "en")):
        word = word[2:]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


@lru_cache(maxsize=20_000)
def ideas_of_word(word: str) -> tuple[Idea, ...]:
    """Return the ideas of a word in lower case; of an unknown one, itself."""
    table = _table()
    if len(word) > LONGEST_WORD:
        return (Idea(word),)
    if found := table.get(word) or table.get(stem(word)):
        return found
    if word in NUMBERS:
        return (Idea(str(NUMBERS[word])),)
    if any(map(str.isdigit, word)):
        return (Idea(word),)
    if "-" in word:
        return tuple(idea for part in word.split("-") if part and part not in SMALL for idea in ideas_of_word(part))
    for cut in range(len(word) - 4, 2, -1):  # German compounds: "Druckserver"
        if (head := table.get(stem(word[:cut]))) and (tail := table.get(stem(word[cut:]))):
            return head + tail
    return (Idea(stem(word)),)


def is_known(word: str) -> bool:
    """Return whether this word in lower case is one of the list's, or a number."""
    return word in _table() or stem(word) in _table() or word in NUMBERS


def ideas_of(tokens: list[Token]) -> list[tuple[Token, tuple[Idea, ...]]]:
    """Return the words that carry meaning, with their ideas."""
    return [(token, ideas_of_word(token.folded)) for token in tokens if token.folded not in SMALL]


def names_of(tokens: list[Token]) -> frozenset[str]:
    """Return the names of the ideas in these words."""
    return frozenset(idea.name for _, ideas in ideas_of(tokens) for idea in ideas)


@lru_cache(maxsize=8_192)
def ideas_in(text: str) -> frozenset[str]:
    """Return the names of the ideas in a text."""
    return names_of(tokens_of(text))


def carried(tokens: list[Token], by: frozenset[str]) -> float:
    """Return the part of the words with meaning that `by` has too, 0 to 1; 0 without such words."""
    return share(ideas_by_word(tokens), by)


def ideas_by_word(tokens: list[Token]) -> list[frozenset[str]]:
    """Return the names of the ideas of each word with meaning."""
    return [frozenset(idea.name for idea in ideas) for _, ideas in ideas_of(tokens)]


def share(words: list[frozenset[str]], by: frozenset[str]) -> float:
    """Return the part of these words that `by` has too."""
    return sum(not ideas.isdisjoint(by) for ideas in words) / len(words) if words else 0.0
