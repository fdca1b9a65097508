"""Search by words, the same in every list (docs/domain.md §6).

The database cuts what is stored and what is typed into words by the same functions (`common/migrations`), so both
sides agree about every script. See docs/decisions/0014-words-are-cut-in-postgresql.md.
"""

import unicodedata
from typing import TypeVar

from django.contrib.postgres.search import SearchQueryField, SearchVectorField
from django.db.models import BooleanField, Func, QuerySet, TextField, Value
from django.db.models.functions import Concat

from common.text import BLANK_FILLERS, is_visible, without_invalid

TYPED_MAX = 200
"""Characters of a search that count; the rest is left out."""

Rows = TypeVar("Rows", bound=QuerySet)


def lexemes(*columns: str) -> Func:
    """Return what rows are found by: the words of these columns together. Indexes are made of it."""
    text = Concat(*(part for column in columns for part in (column, Value(" "))), output_field=TextField())
    return Func(text, function="search_lexemes", output_field=SearchVectorField())


def holds_words(typed: str, *columns: str) -> Func:
    """Return the condition that every word of `typed` is in these columns: "cw-482 outl" finds “CW-48213 Outlook”."""
    query = Func(Value(without_invalid(typed)[:TYPED_MAX]), function="search_query", output_field=SearchQueryField())
    return Func(lexemes(*columns), query, template="%(expressions)s", arg_joiner=" @@ ", output_field=BooleanField())


def read_search(typed: str) -> str:
    """Return a search as an address or form has it, cut to TYPED_MAX; empty when nothing in it can be seen."""
    search = without_invalid(typed).strip()[:TYPED_MAX]
    return search if is_visible(search) else ""


def found(rows: Rows, typed: str, *columns: str) -> Rows:
    """Return the rows that have every word of `typed` in these columns: all of them when nothing was typed."""
    return rows.filter(holds_words(typed, *columns)) if is_visible(typed) else rows


def lacks_words(typed: str) -> bool:
    """Return whether something was typed that has no word to search for, such as “!?”: it finds nothing."""
    return is_visible(typed) and not any(
        unicodedata.category(character)[0] in "LN" and character not in BLANK_FILLERS for character in typed
    )
