"""Two people at once: whoever says which version they saw is refused when the row has moved on (docs/domain.md §4)."""

from common.refusals import Stale

Seen = int | frozenset[int]
"""The version that a form was drawn from, or those that a caller would accept."""


def is_seen(seen: Seen, version: int) -> bool:
    return version in seen if isinstance(seen, frozenset) else version == seen


def refuse_stale(seen: Seen | None, version: int, message: str) -> None:
    """Raise Stale unless the row still has a version that was seen; None: whoever asks didn't say."""
    if seen is not None and not is_seen(seen, version):
        raise Stale(message)
