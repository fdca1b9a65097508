"""Writes a note or package from a case bundle."""

from tickets.bundle import Bundle
from tickets.bundle.secrets import remover, without_secrets
from tickets.models.text import Kind, Language
from tickets.writing.built_in.next_steps import checks
from tickets.writing.built_in.note import note
from tickets.writing.built_in.package import package
from tickets.writing.built_in.parts import phrases
from tickets.writing.document import Document
from tickets.writing.phrased import with_slots
from tickets.writing.slots import Slots

WRITERS = {Kind.NOTE: note, Kind.PACKAGE: package}


def write(bundle: Bundle, kind: Kind, language: Language, slots: Slots | None = None) -> Document:
    """Return the text, without secrets.

    `slots`: what a model phrased; its sentences that fail the honesty check are refused.
    """
    remove = remover(bundle, language)
    bundle = without_secrets(bundle, remove)
    document = WRITERS[kind](bundle, language)
    if slots is None:
        return document
    return with_slots(document, slots.changed(remove), bundle, len(checks(bundle, phrases(bundle, kind, language))))
