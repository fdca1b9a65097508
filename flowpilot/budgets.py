"""How many tokens a session, and an account on one day, may use (docs/copilot.md)."""

from sessions.models import AISession


def over_budget(session: AISession) -> str | None:
    """Return which budget of tokens is used up, in words for an engineer; None while there is some left."""
    return None
