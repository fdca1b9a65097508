"""Finds error codes in what engineers write."""

import re

_CODE = re.compile(
    r"\b0x[0-9a-f]{4,}\b|\b(?:80|87|c0)[0-9a-f]{6}\b|\b(?:aadsts|err|caa|ora-?)\d{4,}\b|\b5\.[0-7]\.\d{1,3}\b"
    r"|(?<=error )\d{3,}\b|(?<=fehler )\d{3,}\b|(?<=code )\d{3,}\b|(?<=event )\d{3,}\b",
    re.IGNORECASE,
)
"""Forms that nothing else has: names of computers and tickets, dates and telephone numbers are no codes."""


def codes_in(text: str) -> list[str]:
    """Return the error codes of a text, each once, in their order: 0x80090016, AADSTS50126, 5.7.26, error 809."""
    return list({code.casefold().removeprefix("0x"): code for code in _CODE.findall(text[:20_000])}.values())


def new_codes(later: str, before: str) -> list[str]:
    """Return the codes of a later text that the text before doesn't have, with 0x or without."""
    known = {code.casefold().removeprefix("0x") for code in codes_in(before)}
    return [code for code in codes_in(later) if code.casefold().removeprefix("0x") not in known]
