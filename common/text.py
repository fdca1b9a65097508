"""What happens to every text that somebody types (docs/domain.md §4)."""

from common.refusals import InvalidInput

NOTES_MAX = 4_000
MESSAGE_MAX = 50_000


def clean_text(text: str | None, field: str, *, max_length: int = NOTES_MAX) -> str | None:
    """Line ends as LF, both ends stripped; None when nothing is left.

    `max_length` counts characters after cleaning. Raises InvalidInput on `field`.
    """
    if text is None:
        return None
    if "\x00" in text:
        raise InvalidInput(**{field: "This text has a NUL character, which can't be stored. Remove it."})
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise InvalidInput(**{field: "This text has half a character (a lone surrogate). Remove it."})
    cleaned = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(cleaned) > max_length:
        raise InvalidInput(**{field: f"Too long: {len(cleaned):,} characters, {max_length:,} is the most."})
    return cleaned or None


def required_text(text: str | None, field: str, missing: str, *, max_length: int = NOTES_MAX) -> str:
    """The same for text that must be there; `missing` says what to write."""
    cleaned = clean_text(text, field, max_length=max_length)
    if cleaned is None:
        raise InvalidInput(**{field: missing})
    return cleaned
