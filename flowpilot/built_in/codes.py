"""Finds error codes in what engineers write."""

import re

_CODE = re.compile(
    r"\b0x[0-9a-f]{4,}\b|\b[a-z]{2,}\d{4,}\b|\b[0-9a-f]{8}\b(?=[^-])|\b[45]\.\d\.\d{1,3}\b"
    r"|(?<=error )\d{3,}\b|(?<=fehler )\d{3,}\b|(?<=code )\d{3,}\b|(?<=event )\d{3,}\b",
    re.IGNORECASE,
)


def codes_in(text: str) -> list[str]:
    """Return the error codes of a text, each once, in their order: 0x80090016, AADSTS50126, 5.7.26, error 809."""
    found = (code for code in _CODE.findall(text[:20_000]) if any(character.isdigit() for character in code))
    return list({code.casefold().removeprefix("0x"): code for code in found}.values())


def new_codes(later: str, before: str) -> list[str]:
    """Return the codes of a later text that the text before doesn't have, with 0x or without."""
    known = {code.casefold().removeprefix("0x") for code in codes_in(before)}
    return [code for code in codes_in(later) if code.casefold().removeprefix("0x") not in known]
