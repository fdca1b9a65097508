"""Turns what somebody types into a PostgreSQL search (no extension needed)."""

import re
from collections.abc import Sequence

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Func, TextField, Value
from django.db.models.functions import Concat

_WORD = re.compile(r"\w+")
MOST_WORDS = 8
LONGEST_WORD = 100
"""Characters; PostgreSQL refuses words above 2 kB, and this much tells any two apart."""


SESSION_COLUMNS = ("title", "client_name", "ticket_ref", "problem_summary")


def searched_words(columns: Sequence[str] = SESSION_COLUMNS) -> SearchVector:
    """The words of a session's title, client, ticket and problem, as its search index has them; or of other columns.

    With spaces between the words: PostgreSQL would read "CW-48213" as a word and a negative number.
    """
    text = Concat(*(part for column in columns for part in (column, Value(" "))), output_field=TextField())
    spaced = Func(text, Value(r"\W+"), Value(" "), Value("g"), function="regexp_replace", output_field=TextField())
    return SearchVector(spaced, config="simple")


def search_query(words: str) -> SearchQuery | None:
    """What is typed must begin a word of the text, piece by piece: "cw-482 outl" finds "CW-48213 Outlook …".

    Within a piece only the last word can be a beginning: of "cw-482", "cw" is whole, which spares the index from
    gathering all that begins with it. None when there is nothing to search for. Words past the eighth are left out.
    """
    pieces = [_WORD.findall(piece) for piece in words.split()]
    asked = [
        f"'{word[:LONGEST_WORD]}'{':*' if position == len(piece) else ''}"
        for piece in pieces
        for position, word in enumerate(piece, 1)
    ]
    return SearchQuery(" & ".join(asked[:MOST_WORDS]), search_type="raw", config="simple") if asked else None
