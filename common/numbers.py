"""Reads whole numbers that a form or an address sent."""

DIGITS = 9
"""No number of ours has more digits; every integer column holds this many."""


def whole_number(text: object) -> int | None:
    """Return the number that `text` writes in decimal digits, up to nine of them; None for anything else."""
    is_number = isinstance(text, str) and text.isascii() and text.isdecimal() and len(text) <= DIGITS
    return int(str(text)) if is_number else None
