"""The header of a ticket as people type it, checked (docs/domain.md §3)."""

from common.refusals import InvalidInput
from common.text import MESSAGE_MAX, clean_text, required_text

LONGEST = {"title": 200, "problem_summary": MESSAGE_MAX, "client_name": 200, "ticket_ref": 50}
"""In characters, after cleaning."""


def checked(given: dict[str, str]) -> dict[str, str]:
    """The columns that were given. Raises InvalidInput on the fields that are wrong, all at once."""
    words: dict[str, str] = {}
    wrong: dict[str, str] = {}
    for field in LONGEST.keys() & given.keys():
        try:
            words[field] = _cleaned(field, given[field])
        except InvalidInput as refused:
            wrong |= refused.errors
    if wrong:
        raise InvalidInput(**wrong)
    return words


def _cleaned(field: str, text: str) -> str:
    if field == "title":
        return required_text(text, field, "A session needs a title.", max_length=LONGEST[field])
    return clean_text(text, field, max_length=LONGEST[field]) or ""
