"""Lets a model write the text of a preview, and records what came of it."""

import logging
from uuid import UUID

from django.conf import settings

from flowpilot import budgets
from flowpilot.answering import ATTEMPTS
from flowpilot.providers import ProviderError, Truncated
from tickets import model_texts
from tickets.bundle import ClosingInput, read_bundle
from tickets.models import Preview
from tickets.writing.model.reading import Unreadable

log = logging.getLogger(__name__)

OUR_ERROR = "Something went wrong on our side. The log has the details."
INTERRUPTED = "The model was interrupted again and again while it wrote this."
OVERTAKEN = "The session changed while this was being written."
GONE = "text %s was taken over, or is no longer wanted"


def write(preview_id: UUID, job: str = "") -> float | None:
    """Write a waiting text to its end, whatever end that is. Returns the seconds by which it was postponed."""
    preview = model_texts.claim(preview_id, job)
    if preview is None:
        return None
    try:
        if refusal := _refusal(preview):
            model_texts.fail(preview, refusal)
        else:
            _write(preview)
    except model_texts.Taken:
        log.info(GONE, preview.pk)
    except ProviderError as error:
        return _refused(preview, error)
    except Exception as error:
        _fail(preview, error)
    return None


def give_up(preview_id: UUID, job: str) -> None:
    """End the text at which this job's workers died again and again."""
    if preview := model_texts.claim(preview_id, job):
        log.error("text %s: given up after %s attempts", preview.pk, preview.attempt)
        model_texts.fail(preview, INTERRUPTED)


def _refusal(preview: Preview) -> str | None:
    """Return why no model may be asked for this text now."""
    if not settings.FLOWPILOT_URL or preview.writer != settings.FLOWPILOT_MODEL:
        return f"{preview.writer} is no longer set as the model."
    return budgets.over_budget(preview.session, instead="")


def _write(preview: Preview) -> None:
    from tickets.writing.model.writer import phrase  # only a worker needs its HTTP client

    model_texts.check_wanted(preview)
    inputs = ClosingInput.from_json(preview.inputs)
    bundle = read_bundle(preview.session, inputs=inputs, user=preview.asked_by)
    slots = phrase(preview, bundle, lambda: model_texts.check_wanted(preview))
    model_texts.finish(preview, slots)


def _refused(preview: Preview, error: ProviderError) -> float | None:
    log.warning("text %s, attempt %s: %s", preview.pk, preview.attempt, error.code)
    if error.retry_after is None or preview.attempt >= ATTEMPTS:
        _fail(preview, error)
        return None
    try:
        model_texts.postpone(preview, error.sentence, error.retry_after)
    except model_texts.Taken:
        log.info(GONE, preview.pk)
        return None
    return error.retry_after


def _fail(preview: Preview, error: Exception) -> None:
    try:
        model_texts.fail(preview, _sentence(preview, error))
    except model_texts.Taken:
        log.info(GONE, preview.pk)


def _sentence(preview: Preview, error: Exception) -> str:
    """Return why the text wasn't written, in words for people."""
    if isinstance(error, ProviderError):
        return error.sentence
    if isinstance(error, Truncated):
        return f"{preview.writer} wrote only a part of it. {error.sentence}"
    if isinstance(error, Unreadable):
        return f"{preview.writer} wrote something that can’t be used: {error}"
    if isinstance(error, model_texts.Overtaken):
        return OVERTAKEN
    log.error("text %s failed", preview.pk, exc_info=error)
    return OUR_ERROR
