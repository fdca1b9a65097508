"""Refusals that only a fix can give; the others stand in `sessions.refusals`."""

from sessions.refusals import Refusal


class Superseded(Refusal):
    """A newer fix replaced this one, and it isn't waiting for anything."""

    code = "superseded"


class Stale(Refusal):
    """Somebody changed the fix after this form was drawn."""

    code = "stale"
