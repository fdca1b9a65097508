"""Asks a model to phrase the slots of a text. Only a worker imports this: it opens connections."""

from collections.abc import Callable

from flowpilot import calls
from flowpilot.models import Purpose
from flowpilot.providers.completion import Completion
from tickets.bundle import Bundle
from tickets.models import Kind, Language, Preview
from tickets.writing.model import prompt, reading
from tickets.writing.model.schema import schema_of
from tickets.writing.slots import Slots

PURPOSES = {Kind.NOTE: Purpose.NOTE, Kind.PACKAGE: Purpose.PACKAGE}


def phrase(preview: Preview, bundle: Bundle, check_wanted: Callable[[], None]) -> Slots:
    """Return what the model phrases. Raises ProviderError, Truncated, Unreadable, and what `check_wanted` raises.

    `check_wanted` is called about three times a second: when it raises, the connection is closed.
    """
    kind, language = Kind(preview.kind), Language(preview.language)
    asked = prompt.build(bundle, kind, language)
    call = calls.begin_text(preview.session, PURPOSES[kind], asked.messages, preview.writer, preview.attempt)
    completion = Completion(call, schema_of(kind))
    with completion.recorded():
        text = completion.text(lambda so_far: check_wanted())
    return reading.slots_of(text, asked, kind, language, preview.writer)
