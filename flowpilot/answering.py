"""Lets a provider write the answers that wait in a session."""

import logging
from contextlib import nullcontext
from uuid import UUID

from django.db import transaction

from common.refusals import InvalidInput
from flowpilot import answers, budgets
from flowpilot.models import Answer
from flowpilot.models.answer import BUILT_IN
from flowpilot.providers import Provider, ProviderError, Question, Truncated
from flowpilot.providers.built_in import BuiltIn
from sessions.refusals import SessionClosed

log = logging.getLogger(__name__)

ATTEMPTS = 3
"""How often a model's server is asked for one answer; then a person decides."""

OUR_ERROR = "Something went wrong on our side. The log has the details. Your message is kept."
INTERRUPTED = "FlowPilot was interrupted again and again while it wrote this. Your message is kept."


def write_due_answers(session_id: UUID, job: str = "", *, only: str | None = None) -> float | None:
    """Write the session's waiting answers, one after the other.

    Returns after how many seconds to come back for one that was postponed; None if nothing is left to do.
    `job` and `only`: see `answers.claim`.
    """
    while answer := answers.claim(session_id, job, only=only):
        if (seconds := write(answer)) is not None:
            return seconds
    return None


def give_up(session_id: UUID, job: str) -> None:
    """End the answer at which this job's workers died again and again."""
    if answer := answers.claim(session_id, job):
        log.error("answer %s: given up after %s attempts", answer.pk, answer.attempt)
        _fail(answer, INTERRUPTED)


def write(answer: Answer) -> float | None:
    """Write a claimed answer to its end, whatever end that is. Returns the seconds by which it was postponed."""
    try:
        provider = provider_for(answer)
        # an error of the built-in copilot leaves nothing behind; a model takes its time, so nothing is locked meanwhile
        with transaction.atomic() if answer.is_built_in else nullcontext():
            reply = provider.reply(_question(answer), lambda text: answers.write_text(answer, text))
            answers.finish(answer, reply)
    except answers.Taken:
        log.info("answer %s was stopped or taken over", answer.pk)
    except ProviderError as error:
        return _refused(answer, error)
    except Truncated as cut:
        _fail(answer, cut.sentence, cut.text)
    except (InvalidInput, SessionClosed) as refused:
        _fail(answer, f"The answer can’t be kept: {refused}")
    except Exception:
        log.exception("answer %s failed", answer.pk)
        _fail(answer, OUR_ERROR)
    return None


def provider_for(answer: Answer) -> Provider:
    """Return what writes this answer: its provider, or the built-in copilot when the model's budget is used up."""
    if not answer.is_built_in and (over := budgets.over_budget(answer.session)):
        answer.provider = BUILT_IN
        answer.remarks = {"budget": over}
        answer.save(update_fields=["provider", "remarks"])
    if answer.is_built_in:
        return BuiltIn()
    from flowpilot.providers.openai_compatible import OpenAICompatible  # only a worker needs its HTTP client

    model: Provider = OpenAICompatible()
    return model


def _question(answer: Answer) -> Question:
    return Question(answer.session, answer.message, answer)


def _refused(answer: Answer, error: ProviderError) -> float | None:
    log.warning("answer %s, attempt %s: %s", answer.pk, answer.attempt, error.code)
    if error.retry_after is None or answer.attempt >= ATTEMPTS:
        _fail(answer, error.sentence)
        return None
    try:
        answers.postpone(answer, error.sentence, error.retry_after)
    except answers.Taken:
        return None
    return error.retry_after


def _fail(answer: Answer, sentence: str, text: str = "") -> None:
    try:
        answers.fail(answer, sentence, text)
    except answers.Taken:
        log.info("answer %s was stopped or taken over", answer.pk)
