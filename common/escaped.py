"""Text as HTML, for rows of lists that are finished before a template gets them."""

from html import escape

from django.utils.safestring import SafeString


def escaped(text: str) -> SafeString:
    """Return what Django's `escape` returns, in half the time: that looks for lazy texts first."""
    return SafeString(escape(text))
