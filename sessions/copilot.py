"""The copilot that answers messages. `sessions` knows only this much of it; `flowpilot` registers itself here."""

from collections.abc import Iterable
from typing import Any, Protocol
from uuid import UUID

from accounts.models import User
from sessions.models import Message

ASKED_MAX = 20_000
"""Characters in a message that asks; as a note it may be longer."""


class Copilot(Protocol):
    def ask(self, message: Message, user: User) -> None:
        """Record that this message wants an answer. It is part of the act that posts the message."""

    def write_answers(self, session_id: UUID) -> None:
        """Write the answers that are due now and need no job. Called after the act that asked."""

    def answers_json(self, messages: Iterable[Message]) -> dict[UUID, dict[str, Any]]:
        """Return the answers of these messages by the message's id, as the API serializes them."""


_registered: list[Copilot] = []


def register(copilot: Copilot) -> None:
    _registered[:] = [copilot]


def registered() -> Copilot:
    """Return the copilot. Raises LookupError in a project without one."""
    if not _registered:
        raise LookupError("No copilot is registered: add “flowpilot” to INSTALLED_APPS.")
    return _registered[0]
