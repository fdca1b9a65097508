"""The refusal that only a session can give; the others are in `common.refusals`."""

from common.refusals import Refusal


class SessionClosed(Refusal):
    """A resolved or abandoned session takes no new message or suggestion until it is reopened."""

    code = "session_closed"
