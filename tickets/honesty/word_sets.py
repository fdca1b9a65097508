"""Word lists as data: one string with blanks between its words."""


def words(text: str) -> frozenset[str]:
    """Return the words of the text, without their order."""
    return frozenset(text.split())
