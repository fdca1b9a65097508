"""Refusals that only acts on fixes raise; the others are in `common.refusals`."""

from common.refusals import Refusal, Stale

__all__ = ["Stale", "Superseded"]


class Superseded(Refusal):
    """A newer fix replaced this one, and it isn't waiting for anything."""

    code = "superseded"
