"""The addendum to a posted text: what became known after it."""

from tickets.bundle import Bundle
from tickets.models.text import Language
from tickets.writing.document import Document


def addendum(bundle: Bundle, since_state_version: int, language: Language) -> Document | None:
    """Return what verdicts recorded after the posted text say; None when there is nothing to add.

    `since_state_version`: the posted text's, or that of its latest addendum.
    """
    return None
