"""Keeps what was sent to a model and what came back, masked, for admins and for the budgets of tokens."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from common.text import without_invalid
from flowpilot.models import ModelCall
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

    def end(self, outcome: str, response: str, tokens: tuple[int, int]) -> None:
        self.row.outcome = outcome
        self.row.response = without_invalid(response)[:RESPONSE_MOST]
        self.row.tokens_in, self.row.tokens_out = tokens
        self.row.milliseconds = round((time.monotonic() - self.started) * 1000)
        self.row.save(update_fields=["outcome", "response", "tokens_in", "tokens_out", "milliseconds"])


def begin(question: Question, prompt: Prompt, model: str) -> Call:
    """Record that a request is sent. `tokens_in` is an estimate until the server has counted."""
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


def delete_old(now: datetime) -> int:
    """Delete the calls that were kept long enough, and return how many."""
    before = now - timedelta(days=settings.FLOWPILOT_KEEP_DAYS)
    return ModelCall.objects.filter(created_at__lt=before).delete()[0]
