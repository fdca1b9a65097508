"""What the browser's tab says of a session."""

from sessions.models import AISession


def page_title(session: AISession, state: str) -> str:
    """The state of its fix first, as that is what one looks for among many tabs."""
    return " · ".join(part for part in (state, session.title, session.ticket_ref) if part)
