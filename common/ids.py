"""Read a row's id as people and programs send it."""

from uuid import UUID


def uuid_or_none(text: object) -> UUID | None:
    """Return the UUID that `text` writes in its usual form, 8-4-4-4-12 hexadecimal digits; None for anything else.

    Python reads braces, `urn:uuid:` and missing hyphens too. One id would then have several addresses.
    """
    if not isinstance(text, str):
        return None
    try:
        found = UUID(text)
    except ValueError:
        return None
    return found if str(found) == text.lower() else None
