"""The refusals that only acts on texts and handoffs give; the others are in `common.refusals`."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from common.refusals import Refusal
from common.times import clock
from sessions.models import AISession, SessionStatus
from tickets.honesty.check import TextWarning
from tickets.outcome_choices import Choice

DID = {
    SessionStatus.RESOLVED: "resolved",
    SessionStatus.ESCALATED: "escalated",
    SessionStatus.ABANDONED: "abandoned",
}


class _ByWhom(Refusal):
    """Somebody was first. `who` and `when` are None where the history doesn't have them."""

    def __init__(self, message: str, who: User | None, when: datetime | None) -> None:
        super().__init__(message)
        self.who, self.when = who, when

    @property
    def details(self) -> dict[str, Any]:
        at = self.when and self.when.astimezone(UTC).isoformat().replace("+00:00", "Z")
        return {"by": str(self.who) if self.who else None, "at": at}


class AlreadyEnded(_ByWhom):
    """Somebody ended the work on the session already, so it can be neither resolved nor escalated."""

    def __init__(self, session: AISession) -> None:
        who, when = session.status_changed_by, session.status_changed_at
        done = DID[SessionStatus(session.status)]
        message = f"This session is {done} already."
        if who and when:
            message = f"{who} {done} this session ({clock(when, timezone.now())})."
        super().__init__(f"{message} Nothing was recorded.", who, when)


class AlreadyClosed(AlreadyEnded):
    """The session is resolved or abandoned."""

    code = "session_closed"


class AlreadyEscalated(AlreadyEnded):
    """The session is escalated. That isn't closed: one can still write in it."""

    code = "illegal_transition"


def already_ended(session: AISession) -> AlreadyEnded:
    """Return the refusal to resolve or escalate a session that is neither active nor paused."""
    return AlreadyEscalated(session) if session.status == SessionStatus.ESCALATED else AlreadyClosed(session)


class AlreadyClaimed(_ByWhom):
    """Somebody else claimed the handoff first."""

    code = "already_claimed"


class FixNeedsOutcome(Refusal):
    """The session's current fix is open: whoever closes the session has to say what came of it."""

    code = "fix_needs_outcome"

    def __init__(self, choices: Sequence[Choice]) -> None:
        super().__init__("Say first whether the fix worked. Nothing was recorded.")
        self.choices = tuple(choices)

    @property
    def details(self) -> dict[str, Any]:
        return {"choices": [each.as_json() for each in self.choices]}


class KeepsUnverifiedWords(Refusal):
    """The edited text says more than was recorded, and the person didn't say that these are their own words."""

    code = "text_not_verified"

    def __init__(self, warnings: Sequence[TextWarning]) -> None:
        super().__init__(
            "This text says more than was recorded. Change it, or post it as your own words. Nothing was recorded."
        )
        self.warnings = tuple(warnings)

    @property
    def details(self) -> dict[str, Any]:
        return {"warnings": [vars(each) for each in self.warnings]}


class NotYours(Refusal):
    """The act is somebody else's: only its target or an admin claims it, only its claimer returns it."""

    code = "not_yours"


class OriginatorGone(Refusal):
    """The person who escalated it is deactivated or can only read: nobody would answer, or go on with it."""

    code = "originator_gone"
