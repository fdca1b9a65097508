"""Keeps what was sent to a model and what came back, masked, for admins and for the budgets of tokens."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from common.text import without_invalid
from flowpilot import tokens
from flowpilot.models import Answer, ModelCall, Purpose, TextTokens
from flowpilot.prompt import Prompt
from flowpilot.providers import Question
from sessions.models import AISession

Messages = list[dict[str, str]]

SENT, DONE, CUT, STOPPED = "sent", "done", "cut off", "stopped"
RESPONSE_MOST = 60_000
"""Characters of a response that are kept."""


@dataclass
class Call:
    """A request under way. Its row exists from the start, so that a worker that is killed leaves its tokens counted."""

    row: ModelCall
    started: float
    estimate: int
    """Tokens sent, as long as the server hasn't counted them."""

    @transaction.atomic
    def end(self, outcome: str, response: str, tokens: tuple[int, int]) -> None:
        self._count(tokens)
        self.row.outcome = outcome
        self.row.response = without_invalid(response)[:RESPONSE_MOST]
        self.row.milliseconds = round((time.monotonic() - self.started) * 1000)
        self.row.save(update_fields=["outcome", "response", "tokens_in", "tokens_out", "milliseconds"])

    def _count(self, tokens: tuple[int, int]) -> None:
        """Set the row's tokens, and change the sum that outlives it by as many."""
        more = tokens[0] - self.row.tokens_in, tokens[1] - self.row.tokens_out
        self.row.tokens_in, self.row.tokens_out = tokens
        _add(self.row, *more)


def begin(question: Question, prompt: Prompt, model: str) -> Call:
    """Record that a request for an answer is sent."""
    answer = question.answer
    return _begin(question.session, prompt.messages, model, answer=answer, attempt=answer.attempt)


def begin_text(session: AISession, purpose: Purpose, messages: Messages, model: str, attempt: int) -> Call:
    """Record that a request for a note or package is sent."""
    return _begin(session, messages, model, purpose=purpose, attempt=attempt)


def _begin(session: AISession, messages: Messages, model: str, **columns: Any) -> Call:
    """`tokens_in` is an estimate until the server has counted.

    These are two transactions: one that has locked the answer must not wait for its session.
    """
    estimate = tokens.estimated("\n\n".join(message["content"] for message in messages))
    row = ModelCall(
        session=session,
        account_id=session.account_id,
        model=model,
        request=messages,
        outcome=SENT,
        tokens_in=estimate,
        **columns,
    )
    _add(row, estimate)
    row.save()
    return Call(row, time.monotonic(), estimate)


def _add(call: ModelCall, tokens_in: int, tokens_out: int = 0) -> None:
    """Add to the tokens of the call's answer, or of its session's texts. Both outlive the call."""
    sums = {"tokens_in": F("tokens_in") + tokens_in, "tokens_out": F("tokens_out") + tokens_out}
    if call.answer_id:
        Answer.objects.filter(pk=call.answer_id).update(**sums)
    else:
        TextTokens.objects.get_or_create(session_id=call.session_id, defaults={"account_id": call.account_id})
        TextTokens.objects.filter(pk=call.session_id).update(**sums)


def delete_old(now: datetime) -> int:
    """Delete the calls that were kept long enough, and return how many."""
    before = now - timedelta(days=settings.FLOWPILOT_KEEP_DAYS)
    return ModelCall.objects.filter(created_at__lt=before).delete()[0]
