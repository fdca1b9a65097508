"""Finds the names of people and companies in what engineers write: a ticket is about something else."""

import re

_NAME = r"[A-ZÄÖÜ][a-zäöüß]+"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:for|user|from|by|für|von|Benutzer(?:in)?|colleague|[Kk]olleg(?:e|in)|Mitarbeiter(?:in)?|employee) "
        rf"({_NAME} {_NAME})\b",
        rf"\b(?:Frau|Herrn?|Mr\.?|Mrs\.?|Ms\.?|Dr\.?) ({_NAME}(?: {_NAME})?)\b",
        rf"\b({_NAME})['’]s\b",
        rf"\b({_NAME}(?: {_NAME})?) (?:at|from|bei|von) {_NAME}\b",
        rf"\b{_NAME} (?:at|from|bei|von) ({_NAME})\b",
    )
)


def names_in(text: str) -> list[str]:
    """Return words that may be names; among them are words such as "Outlook" in "Outlook’s"."""
    return [name for pattern in _PATTERNS for match in pattern.finditer(text[:5_000]) for name in match[1].split()]
