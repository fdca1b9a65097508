"""Validates the fields of a ticket: title, problem, client and reference (docs/domain.md §3)."""

from common.refusals import InvalidInput
from common.text import MESSAGE_MAX, clean_line, clean_text, required_line

LONGEST = {"title": 200, "problem_summary": MESSAGE_MAX, "client_name": 200, "ticket_ref": 50}
"""The most characters in each field, after cleaning."""


def validated(given: dict[str, str]) -> dict[str, str]:
    """Return the given columns, cleaned. Raises one InvalidInput that names every invalid field."""
    cleaned: dict[str, str] = {}
    wrong: dict[str, str] = {}
    for field in LONGEST.keys() & given.keys():
        try:
            cleaned[field] = _cleaned(field, given[field])
        except InvalidInput as refused:
            wrong |= refused.errors
    if wrong:
        raise InvalidInput(**wrong)
    return cleaned


def _cleaned(field: str, text: str) -> str:
    longest = LONGEST[field]
    if field == "title":
        return required_line(text, field, "A session needs a title.", max_length=longest)
    if field == "problem_summary":
        return clean_text(text, field, max_length=longest) or ""
    return clean_line(text, field, max_length=longest) or ""
