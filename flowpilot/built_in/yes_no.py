"""Reads a plain yes or no, in English and German; never a question, and nothing that somebody isn't sure of."""

import re
from typing import Literal

from flowpilot.built_in.claims import clauses, is_hedged, is_question
from flowpilot.built_in.small_talk import small_talk
from flowpilot.language import words_of

YesNo = Literal["yes", "no"]

_WHO = "(?:it|that|this|she|he|they|we|i|there|all of them)"
_DOES = "(?:does|do|did|is|are|was|were|has|have|had|can|could|will|would)"
_DOES_NOT = "(?:doesnt|dont|didnt|isnt|arent|wasnt|werent|hasnt|havent|hadnt|cant|cannot|couldnt|wont|wouldnt)"
_ES = "(?:es|er|sie|das|die|ich|wir)"
_TUT = "(?:tut|tun|macht|hat|haben|ist|sind|war|kann|können|geht|gehen)"
_YES = (
    "(?:yes|yeah|yea|yep|yup|y|sure|correct|right|exactly|indeed|absolutely|definitely|of course|for sure|affirmative|"
    "ja|jo|jep|jawohl|j|genau|stimmt|doch|klar|richtig|korrekt|natürlich|sicher|auf jeden fall)"
)
_NO = (
    "(?:no|nope|nah|n|negative|not at all|definitely not|absolutely not|of course not|"
    "nein|nö|nee|leider nicht|überhaupt nicht|sicher nicht|natürlich nicht|auf keinen fall)"
)
_BEFORE = (
    "(?:(?:oh|ah|hm|well|ok|okay|and|so|unfortunately|sadly|leider|na|also|that is|thats|das|"
    "it says|it said|it shows|it is|its|es ist|es steht|da steht|es sagt|er sagt) )*"
)
_AFTER = "(?: (?:unfortunately|sadly|actually|indeed|sir|mate|leider|auch|schon|so))*"
_THANKS = "(?: (?:thanks|thank you|danke|danke dir))?"

_SAID: dict[YesNo, re.Pattern[str]] = {
    "yes": re.compile(
        f"{_BEFORE}(?:{_YES}(?: {_YES})*(?: {_WHO} {_DOES}(?: work| help)?| {_TUT} {_ES}| {_ES} {_TUT})?{_THANKS}"
        f"|{_WHO} {_DOES}|(?:tut|hat|kann|macht) {_ES}){_AFTER}"
    ),
    "no": re.compile(
        f"{_BEFORE}(?:{_NO}(?: {_NO})*(?: {_WHO} (?:{_DOES} not|{_DOES_NOT})(?: work| help)?"
        f"| {_TUT} {_ES} (?:auch )?nicht"
        f"| {_ES} {_TUT} (?:auch )?nicht)?|{_WHO} (?:{_DOES} not|{_DOES_NOT})|{_TUT} {_ES} (?:auch )?nicht"
        f"|{_ES} {_TUT} (?:auch )?nicht){_AFTER}"
    ),
}
_UNLESS = frozenset(words_of("but except unless only though however aber außer nur jedoch allerdings"))
"""Words in the rest of a reply that take back a part of it."""

_DECLINES = re.compile(r"^(?:no|nope|nah|nein|nö|nee) (?:thanks|thank you|danke|merci)\b")
"""It answers an offer."""


def said_yes_or_no(text: str) -> YesNo | None:
    """Return "yes" or "no" where the whole text, or what stands before its first comma or full stop, says that.

    What follows must be plain: nothing that asks, hedges, restricts it or says the opposite.
    """
    said = _without_small_talk(text)
    if not said:
        return None
    first, *rest = said
    answer = _whole(first)
    if answer == "no" and _DECLINES.search(" ".join(words_of(text))):
        return None
    return answer if answer and all(_is_plain(clause, answer) for clause in rest) else None


def _without_small_talk(text: str) -> list[str] | None:
    """Return the clauses that say something; None if one asks or hedges."""
    said = []
    for sentence in re.findall(r"[^.!?,\n]+[.!?,\n]*", text):
        if small_talk(sentence):
            continue
        if "?" in sentence:
            return None
        said += clauses(sentence)
    unsaid = (each for each in said if is_hedged(each) or (is_question(each) and not _whole(each)))
    return None if any(unsaid) else said


def _whole(clause: str) -> YesNo | None:
    words = " ".join(words_of(clause))
    return next((answer for answer, pattern in _SAID.items() if pattern.fullmatch(words)), None)


def _is_plain(clause: str, answer: YesNo) -> bool:
    return _whole(clause) in {answer, None} and _UNLESS.isdisjoint(words_of(clause))
