"""Optimistic concurrency: a caller who names another version than the row now has is refused (docs/domain.md §4)."""

from common.refusals import Stale

Seen = int | frozenset[int]
"""The version that a form was rendered from, or the versions that a caller accepts."""


def is_seen(seen: Seen, version: int) -> bool:
    """Say whether `version` is what the caller saw, or one that they accept."""
    return version in seen if isinstance(seen, frozenset) else version == seen


def refuse_stale(seen: Seen | None, version: int, message: str) -> None:
    """Raise Stale unless the row still has a version that was seen; None: the caller didn't name one."""
    if seen is not None and not is_seen(seen, version):
        raise Stale(message)
