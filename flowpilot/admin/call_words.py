"""What came of a request to a model, in words for an admin; and the filter for it."""

import re
from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from flowpilot import calls
from flowpilot.models import AnswerState, ModelCall

WORDS = {
    calls.DONE: "Answered",
    calls.CUT: "Cut off: shown as incomplete",
    calls.STOPPED: "Stopped",
    "busy": "Failed: the server has too many requests",
    "down": "Failed: the server can’t be reached",
    "empty": "Failed: the answer was empty",
    "hung_up": "Failed: the server closed the connection",
    "length": "Failed: no text within the limit of tokens",
    "no_credit": "Failed: the quota is used up",
    "no_model": "Failed: the server doesn’t know the model, or the address is wrong",
    "nonsense": "Failed: what came is no model’s answer",
    "refused": "Failed: the server refused it",
    "server_failed": "Failed: the server had a problem",
    "too_long": "Failed: the session is too long for the model",
    "too_much": "Failed: far more came than an answer",
    "too_slow": "Failed: it took too long",
    "unfinished": "Failed: the server ended it early",
    "untrusted": "Failed: the server’s certificate isn’t trusted",
    "wrong_key": "Failed: the server doesn’t accept the key",
}
"""Outcome of a call → words. The codes with a number, such as http_503, and SENT have theirs in `outcome_of`."""


AT_ITS_END = 5
"""Seconds after its deadline until what came of a request is recorded, at the latest."""


def outcome_of(call: ModelCall) -> str:
    """Return what came of the request."""
    if call.outcome == calls.SENT:
        return "Under way" if is_under_way(call) else "Interrupted: the worker was stopped or killed"
    if status := re.fullmatch(r"http_(\d+)", call.outcome):
        return f"Failed: the server answered with error {status[1]}"
    return WORDS.get(call.outcome, "Failed")


def is_under_way(call: ModelCall) -> bool:
    """Return whether a worker waits for this response now, as far as the rows say."""
    answer = call.answer
    if answer is None:  # it was for a text, and ends at its deadline
        return call.created_at > timezone.now() - timedelta(seconds=settings.FLOWPILOT_DEADLINE + AT_ITS_END)
    began = answer.started_at
    return answer.state == AnswerState.WRITING and began is not None and call.created_at >= began


class OutcomeFilter(admin.SimpleListFilter):
    title = "what came of it"
    parameter_name = "came"
    kinds: ClassVar = {"answered": calls.DONE, "cut": calls.CUT, "stopped": calls.STOPPED, "open": calls.SENT}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        named = [("answered", "Answered"), ("failed", "Failed"), ("cut", "Cut off"), ("stopped", "Stopped")]
        return [*named, ("open", "Under way or interrupted")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ModelCall]) -> QuerySet[ModelCall]:
        if self.value() == "failed":
            return queryset.exclude(outcome__in=self.kinds.values())
        kind = self.kinds.get(self.value() or "")
        return queryset.filter(outcome=kind) if kind else queryset
