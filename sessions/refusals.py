"""The refusals that only a session can give; the others are in `common.refusals`."""

from common.refusals import Refusal
from common.versions import Seen, refuse_stale
from sessions.models import AISession, Fact


class SessionClosed(Refusal):
    """A resolved or abandoned session takes no new message or suggestion until it is reopened."""

    code = "session_closed"


class EditedMeanwhile(Refusal):
    """Someone changed a field of the ticket after the caller's form was rendered. `fields`: what they hold now."""

    code = "stale"

    def __init__(self, message: str, *, fields: dict[str, str]) -> None:
        super().__init__(message)
        self.fields = fields


class FormReused(Refusal):
    """A form was sent again with other contents. `session`: what it started when it was sent first."""

    code = "form_reused"

    def __init__(self, message: str, *, session: AISession | None = None) -> None:
        super().__init__(message)
        self.session = session


class FactChanged(Refusal):
    """Someone changed or removed the fact after the caller's form was rendered. `fact`: as it is now."""

    def __init__(self, message: str, *, fact: Fact, code: str = "stale") -> None:
        super().__init__(message)
        self.fact = fact
        self.code = code


class TooManyFacts(Refusal):
    """The session has as many facts as a page can show."""

    code = "too_many_facts"


def refuse_stale_session(session: AISession, seen: Seen | None) -> None:
    """Raise Stale unless the session still has a state version that the caller saw."""
    refuse_stale(seen, session.state_version, "Something happened in this session since. Nothing was recorded.")
