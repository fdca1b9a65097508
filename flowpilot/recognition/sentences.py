"""Cuts a message into sentences, and leaves out what its author didn't say: quoted lines and blocks of code."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from fixes.said_times.words import Word, cut

MOST_WORDS = 40
"""Longer ones are logs and descriptions, not an outcome in plain words."""

_ENDS = re.compile(r"[!?;\n…]|\.(?=\s|$)")


class Sentence(NamedTuple):
    """One sentence: its words, as they are spelled in the tables, and its text as it was typed."""

    words: list[Word]
    text: str
    is_question: bool


def sentences(message: str) -> Iterator[Sentence]:
    """Yield the sentences of a message in order: no quoted lines, no code, none of more than MOST_WORDS words."""
    for line in _own_lines(message):
        start = 0
        for end, sign in [*((found.end(), found[0]) for found in _ENDS.finditer(line)), (len(line), "")]:
            text = line[start:end].strip()
            words = _with_short_negations([_spelled(word) for word in cut(text)])
            if 0 < len(words) <= MOST_WORDS:
                yield Sentence(words, text, is_question=sign == "?")
            start = end


def _own_lines(message: str) -> Iterator[str]:
    in_code = False
    for line in message.splitlines():
        if line.lstrip().startswith("```"):
            in_code = not in_code
        elif not in_code and not line.lstrip().startswith(">"):
            yield line


def _with_short_negations(words: list[Word]) -> list[Word]:
    """Write "did not" as the one word "didn't", as the tables do."""
    found: list[Word] = []
    for word in words:
        if word.text == "not" and found and found[-1].text in NEGATED:
            found[-1] = word._replace(text=NEGATED[found[-1].text], start=found[-1].start)
        else:
            found.append(word)
    return found


def _spelled(word: Word) -> Word:
    return word._replace(text=SPELLINGS.get(word.text, word.text))


NEGATED = {word: f"{word}n't" for word in ("did", "does", "is", "are", "was", "has", "have")} | {
    "do": "doesn't",
    "will": "won't",
    "can": "can't",
    "could": "can't",
}

SPELLINGS = {
    typed: word
    for word, variants in {
        "didn't": "didnt didn",
        "doesn't": "doesnt dosnt dont don't",
        "isn't": "isnt aint ain't",
        "wasn't": "wasnt",
        "hasn't": "hasnt",
        "haven't": "havent",
        "won't": "wont",
        "can't": "cant cannot couldn't couldnt",
        "it's": "its",
        "that's": "thats",
        "i'll": "ill i’ll",
        "we'll": "well'll",
        "through": "thru",
        "tomorrow": "tmrw tmr tommorow tomorow tommorrow",
        "works": "wroks workes",
        "working": "workin wokring",
        "ok": "okay okey k",
        "nicht": "nich net ned nciht",
        "nichts": "nix nixs",
        "jetzt": "jez jezt jz",
        "wars": "war's",
        "hats": "hat's",
        "gehts": "geht's",
        "läuft": "laeuft leuft",
        "läufts": "läuft's laeufts",
        "klappts": "klappt's",
        "liefs": "lief's",
        "ists": "ist's",
        "wirs": "wir's",
        "gelöst": "geloest",
        "änderung": "aenderung",
        "lösung": "loesung",
        "unverändert": "unveraendert",
        "müssen": "muessen",
        "können": "koennen",
        "rückmeldung": "rueckmeldung",
        "früh": "frueh",
        "leider": "leidr",
        "immernoch": "imernoch",
        "nein": "nee nö noe",
    }.items()
    for typed in variants.split()
}
"""Spellings of tired people → the word in the tables."""
