"""Which fixes count as the same one: those with one script template, or with titles that differ in form only.

Titles differ in form only when they are equal after NFKC, case folding and dropping punctuation and white space
(docs/domain.md §6, *The same fix*).
"""

import unicodedata
from typing import NamedTuple
from uuid import UUID

KEY_MAX = 200
"""Characters of a key: compatibility forms make some titles longer, and an index takes no long entries."""

_DROPPED = frozenset({"Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "Zl", "Zp", "Zs", "Cc", "Cf", "Sk"})
"""Punctuation, white space, controls, invisible format characters, and accents that stand alone, such as `."""
_VARIATION_SELECTORS = frozenset(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))


def title_key(title: str) -> str:
    """Return what titles of the same fix have in common. It is empty only for an empty title."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", title).casefold())
    key = "".join(character for character in folded if not _is_dropped(character))
    return (key or "".join(folded.split()) or title)[:KEY_MAX]


def _is_dropped(character: str) -> bool:
    return unicodedata.category(character) in _DROPPED or character in _VARIATION_SELECTORS


class Group(NamedTuple):
    """What fixes that are the same have in common: their script template or else the key of their titles."""

    template_id: UUID | None
    title_key: str


def group_of(title: str, template_id: UUID | None = None) -> Group:
    """Return the group of a fix with this title and template, suggested or not."""
    return Group(template_id, "" if template_id else title_key(title))
