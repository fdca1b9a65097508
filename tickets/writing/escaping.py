"""Escapes plain text for markdown: it shows as typed, and can't make a heading, a list, a link or HTML.

Only what markdown would understand is escaped, because some ticket systems show markdown as it is: `C:\\Temp`,
`FTS_ALD_DC1` and `a | b` stay as they are.
"""

import re

_PUNCTUATION = r"!-/:-@\[-`{-~"
_INSIDE = re.compile(
    rf"""
    \\(?=[{_PUNCTUATION}]|$)  # before punctuation it escapes, at the end it breaks the line
    | [`*\[~]
    | (?<![^\W_])_ | _(?![^\W_])  # inside a word an underscore is one
    | <(?=[A-Za-z/!?])
    | &(?=\#?\w{{1,32}};)
    """,
    re.VERBOSE,
)
_AT_START = re.compile(r"^(?:(?=[-+=#>|:])|(\d{1,9})(?=[.)]))")


def escaped(text: str) -> str:
    """Return one line of text as markdown."""
    return _AT_START.sub(r"\1\\", _INSIDE.sub(r"\\\g<0>", text))
