"""Tells the language of a sentence in an edited text: English, German, or one that can't be checked."""

from tickets.honesty.concepts import SMALL, is_known
from tickets.honesty.findings import Finding
from tickets.honesty.reading import Reading
from tickets.honesty.shape import is_of_another_alphabet, small_words
from tickets.honesty.sources import Everything
from tickets.honesty.word_sets import words
from tickets.models.text import Language

_ELSEWHERE = words(
    """
        le la les est une du pour avec qui que sont été être nous vous n'est c'est l'on maintenant mais sur
        el los las está están una con por para qué muy ya como pero del todo ha
        il lo gli è sono con per che non della di questo stato
        het een van voor niet zijn wordt deze
        o os as não com uma foi já mais
        jest się został został i w na
        er og ikke det att är inte och
        """
) - {"as", "i", "o", "er", "na", "w", "ha", "con", "per", "van", "todo", "il", "lo", "di"}
"""Small words of other languages that are no English or German words."""


def language_in(sentence: Reading) -> Language:
    """Return the language that the sentence's small words are of; its text's if they don't say."""
    english, german = small_words(sentence.tokens)
    if sentence.is_german:
        return Language.ENGLISH if english > 2 * german and english > 1 else Language.GERMAN
    return Language.GERMAN if german > 2 * english and german > 1 else Language.ENGLISH


def foreign_finding(sentence: Reading, everything: Everything) -> Finding | None:
    """Return a finding for a sentence in neither language."""
    folded = [token.folded for token in sentence.tokens if token.is_word]
    if is_of_another_alphabet(sentence.tokens) or _is_elsewhere(folded, everything):
        return Finding(sentence.text, "This sentence is in neither English nor German, so it can’t be checked.")
    return None


def _is_elsewhere(folded: list[str], everything: Everything) -> bool:
    if len(folded) < 3:
        return False
    elsewhere = sum(word in _ELSEWHERE for word in folded)
    own = sum(word in SMALL and word not in _ELSEWHERE for word in folded)
    unknown = sum(word not in SMALL and word not in everything.words and not is_known(word) for word in folded)
    return elsewhere > 0 and elsewhere >= own and unknown > 0
