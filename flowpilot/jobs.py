"""Jobs of the worker: answers that a model writes."""

from uuid import UUID


def answer_later(session_id: UUID) -> None:
    """Let a worker write the session's waiting answers, once this transaction is committed."""
    raise NotImplementedError
