"""FlowPilot, as the pages and the API of `sessions` know it (`sessions.copilot`)."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from accounts.models import User
from flowpilot import answering, answers, jobs
from flowpilot.models import Answer, AnswerState
from flowpilot.models.answer import BUILT_IN
from sessions.models import Message


class FlowPilot:
    def ask(self, message: Message, user: User) -> None:
        if not answers.ask(message, user).is_built_in:
            jobs.answer_later(message.session_id)

    def write_answers(self, session_id: UUID) -> None:
        """Let the built-in copilot answer at once. Behind an answer of a model it waits for the worker."""
        answering.write_due_answers(session_id, only=BUILT_IN)

    def go_on(self, answer: Answer) -> None:
        """Have the session's waiting answers written, after this one was stopped or is to be tried again."""
        self.write_answers(answer.session_id)
        if Answer.objects.filter(session=answer.session_id, state=AnswerState.WAITING).exists():
            jobs.answer_later(answer.session_id)

    def answers_json(self, messages: Iterable[Message]) -> dict[UUID, dict[str, Any]]:
        found = Answer.objects.filter(message__in=[message.pk for message in messages])
        return {answer.message_id: answer_json(answer) for answer in found}


def answer_json(answer: Answer) -> dict[str, Any]:
    return {
        "id": str(answer.pk),
        "state": answer.state,
        "message_id": str(answer.reply_id) if answer.reply_id else None,
        "error": answer.error or None,
    }
