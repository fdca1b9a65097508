"""Reads words that are spelled so that a search would miss them: lookalike letters, spaces or hidden signs in them."""

import re
import unicodedata

_HIDDEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_SPACED = re.compile(r"(?<![^\W_])[^\W\d_](?: [^\W\d_]){3,}(?![^\W_])")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[a-zA-ZÀ-ɏ]")
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕһԁԛԝкмтнвАВЕКМНОРСТУХІЈЅοανρτικΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxijshdqwkmthbABEKMHOPCTYXIJSoavptikABEZHIKMNOPTYX",
)
"""Cyrillic and Greek letters → Latin ones that look the same."""


def plain_letters(text: str) -> str:
    """Return the text as it looks to a reader. Words that have no Latin letter stay as they are."""
    if not text.isascii():
        text = _WORD.sub(_in_latin, _HIDDEN.sub("", text))
    return _SPACED.sub(lambda spaced: spaced[0].replace(" ", ""), text)


def _in_latin(word: re.Match[str]) -> str:
    wide = unicodedata.normalize("NFKC", word[0])
    return wide.translate(_LOOKALIKES) if _LATIN.search(wide) else word[0]
