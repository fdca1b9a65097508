"""Refuses a value or a name that no cited statement carries."""

from collections.abc import Iterator

from tickets.honesty.findings import Finding
from tickets.honesty.names import unknown_names
from tickets.honesty.reading import Reading
from tickets.honesty.sources import Everything, Sources
from tickets.honesty.values import values_of


def carried_findings(sentence: Reading, sources: Sources, everything: Everything) -> Iterator[Finding]:
    """Yield each number, date, time, id, address and name that the sources don't have."""
    today = everything.bundle.now.astimezone(everything.bundle.zone).date()
    for value in values_of(sentence.tokens, today, is_german=sentence.is_german):
        keys = value.keys | value.loosely
        if keys.isdisjoint(sources.keys):
            yield Finding(value.excerpt, _reason(value.excerpt, not keys.isdisjoint(everything.keys)))
    for name in unknown_names(sentence.tokens, sources, everything, is_german=sentence.is_german):
        yield Finding(name, _reason(name, name.casefold() in everything.words))


def _reason(excerpt: str, is_elsewhere: bool) -> str:
    if is_elsewhere:
        return f"“{excerpt}” isn’t in what this sentence cites."
    return f"“{excerpt}” appears nowhere in this session."
