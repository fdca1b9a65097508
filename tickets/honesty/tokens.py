"""Cuts a sentence into tokens: words, numbers, and technical names with the signs inside them."""

import re
from typing import NamedTuple

_TOKEN = re.compile(r"[^\W_]+(?:[-'’_.:/\\@%+#&=,‑]+[^\W_]+)*")
"""Letters and digits, joined by signs. No two parts of it match the same character, so its time is linear."""
_POSSESSIVE = re.compile(r"['’]s?$")


class Token(NamedTuple):
    """`text`: as written; `folded`: for comparing, without a possessive s; `before`, `after`: the signs around it."""

    text: str
    folded: str
    start: int
    end: int
    before: str
    after: str

    @property
    def is_word(self) -> bool:
        return self.folded.replace("'", "").isalpha()

    @property
    def is_title(self) -> bool:
        """Whether it is written as names are: Ines, McKay, but not DNS."""
        return self.text[0].isupper() and any(map(str.islower, self.text))


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of a text in their order."""
    found = [*_TOKEN.finditer(text)]
    ends = [0, *(match.end() for match in found)]
    starts = [*(match.start() for match in found), len(text)]
    return [
        Token(
            match[0],
            fold(match[0]),
            match.start(),
            match.end(),
            text[ends[at] : match.start()],
            text[match.end() : starts[at + 1]],
        )
        for at, match in enumerate(found)
    ]


def fold(word: str) -> str:
    folded = word.casefold().replace("’", "'").replace("‑", "-")
    return _POSSESSIVE.sub("", folded) if "'" in folded else folded
