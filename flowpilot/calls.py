"""Keeps what was sent to a model and what came back, masked, for admins and for the budgets of tokens."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from common.text import without_invalid
from flowpilot.models import Answer, ModelCall
from flowpilot.prompt import Prompt
from flowpilot.providers import Question

SENT, DONE, CUT, STOPPED = "sent", "done", "cut off", "stopped"
RESPONSE_MOST = 60_000
"""Characters of a response that are kept."""


@dataclass
class Call:
    """A request under way. Its row exists from the start, so that a worker that is killed leaves its tokens counted."""

    row: ModelCall
    started: float

    @transaction.atomic
    def end(self, outcome: str, response: str, tokens: tuple[int, int]) -> None:
        self._count(tokens)
        self.row.outcome = outcome
        self.row.response = without_invalid(response)[:RESPONSE_MOST]
        self.row.milliseconds = round((time.monotonic() - self.started) * 1000)
        self.row.save(update_fields=["outcome", "response", "tokens_in", "tokens_out", "milliseconds"])

    def _count(self, tokens: tuple[int, int]) -> None:
        """Set the row's tokens, and change those of its answer by as many."""
        more = tokens[0] - self.row.tokens_in, tokens[1] - self.row.tokens_out
        self.row.tokens_in, self.row.tokens_out = tokens
        _add(self.row.answer_id, *more)


def begin(question: Question, prompt: Prompt, model: str) -> Call:
    """Record that a request is sent. `tokens_in` is an estimate until the server has counted.

    These are two transactions: one that has locked the answer must not wait for its session.
    """
    _add(question.answer.pk, prompt.tokens)
    row = ModelCall.objects.create(
        answer=question.answer,
        session=question.session,
        account_id=question.session.account_id,
        attempt=question.answer.attempt,
        model=model,
        request=prompt.messages,
        outcome=SENT,
        tokens_in=prompt.tokens,
    )
    return Call(row, time.monotonic())


def _add(answer: UUID, tokens_in: int, tokens_out: int = 0) -> None:
    """Add to the tokens of an answer, which outlive its calls."""
    sums = {"tokens_in": F("tokens_in") + tokens_in, "tokens_out": F("tokens_out") + tokens_out}
    Answer.objects.filter(pk=answer).update(**sums)


def delete_old(now: datetime) -> int:
    """Delete the calls that were kept long enough, and return how many."""
    before = now - timedelta(days=settings.FLOWPILOT_KEEP_DAYS)
    return ModelCall.objects.filter(created_at__lt=before).delete()[0]
