"""The title of a session's page in the browser's tab."""

from sessions.models import AISession


def page_title(session: AISession, *states: str) -> str:
    """Return the title with the state of the session's fix first, which is what one looks for among many tabs."""
    return " · ".join(part for part in (*states, session.title, session.ticket_ref) if part)
