"""Refuses a sentence for its shape: too long, markup, control characters, another language."""

import re

from common.text import invalid_character
from tickets.honesty.findings import Finding
from tickets.honesty.tokens import Token, tokens_of
from tickets.honesty.word_sets import words
from tickets.models.text import Language

LONGEST = 600
"""Characters of one sentence of a model."""

_MARKUP = re.compile(
    r"</?[a-zA-Z!]|\[[^\[\]]{0,200}\]\(|!\[|\[/?[A-Z][A-Z_]{2,}|\*\*|__|`|^\s*(?:#{1,6}\s|[-*+>]\s|\d{1,9}[.)]\s)"
    r"|^\s*\||&(?:#\d+|#x[0-9a-f]+|[a-z]{2,8});|javascript:|data:"
)
_HIDDEN = re.compile("[\u200b\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")

_WORDS = {
    Language.ENGLISH: words(
        """
        the is are was were been has have had and or but not which who when while it she he they with without
        for from this that these after before until by at on of to be still will again since because their her
        his an
        """
    ),
    Language.GERMAN: words(
        """
        der die das den dem des ein eine einen einem einer ist sind war waren wird werden wurde wurden hat haben
        und oder aber nicht kein keine es sie er sich mit ohne für von vom zu zum zur im am auf aus bei nach
        seit bis wieder noch dass weil ob als auch nur
        """
    ),
}
NAMES = {Language.ENGLISH: "English", Language.GERMAN: "German"}


def shape_finding(text: str) -> Finding | None:
    """Return what is wrong with how the sentence is written, whatever it says."""
    if not text.strip():
        return Finding("", "The sentence is empty.")
    if len(text) > LONGEST:
        return Finding(text[:40], f"The sentence is longer than {LONGEST} characters.")
    if invalid_character(text) or _HIDDEN.search(text) or "\n" in text or "\t" in text:
        return Finding(text[:40], "The sentence has characters that can’t be seen.")
    if found := _MARKUP.search(text):
        return Finding(found[0].strip(), "The sentence has markup in it; only plain words are taken.")
    return None


def language_finding(tokens: list[Token], language: Language) -> Finding | None:
    """Return a finding when the small words of the sentence are those of the other language."""
    own, other = _counts(tokens, language)
    if other >= 2 and other > 2 * own:
        return Finding("", f"The sentence is written in {NAMES[_other(language)]}, not in {NAMES[language]}.")
    if is_of_another_alphabet(tokens):
        return Finding("", f"The sentence isn’t written in {NAMES[language]}.")
    return None


def is_of_another_alphabet(tokens: list[Token]) -> bool:
    """Return whether most words begin with a letter that isn't Latin."""
    letters = [token.text[0] for token in tokens if token.text[0].isalpha()]
    return bool(letters) and sum(ord(letter) > 0x24F for letter in letters) * 2 > len(letters)


def small_words(tokens: list[Token]) -> tuple[int, int]:
    """Return how many small words are English, and how many German."""
    return _counts(tokens, Language.ENGLISH)


def language_of(text: str) -> Language:
    """Return the language whose small words the text has more of."""
    english, german = small_words(tokens_of(text))
    return Language.GERMAN if german > english else Language.ENGLISH


def _counts(tokens: list[Token], language: Language) -> tuple[int, int]:
    """Return how many small words of this language there are, and of the other one."""
    words = [token.folded for token in tokens]
    return sum(word in _WORDS[language] for word in words), sum(word in _WORDS[_other(language)] for word in words)


def _other(language: Language) -> Language:
    return Language.GERMAN if language == Language.ENGLISH else Language.ENGLISH
