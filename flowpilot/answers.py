"""The acts on an answer: ask, claim, write, finish, fail, stop, try again (docs/copilot.md).

A session writes one answer at a time. Whoever writes it holds its claim; a claim that somebody else has taken over,
or that was stopped, raises Taken, and nothing is written. So a worker that wakes up late does no harm.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from common.refusals import Refusal
from flowpilot.models import OPEN, Answer, AnswerState
from flowpilot.models.answer import BUILT_IN
from flowpilot.notice_kinds import ANSWER_FAILED
from flowpilot.providers import Reply
from sessions import acts, notices
from sessions.models import AISession, Message
from sessions.notices import notify
from sessions.one_act import Sessions, one_act
from sessions.refusals import SessionClosed


class Taken(Exception):
    """Someone stopped this answer, or another worker writes it now."""


class NotOpen(Refusal):
    """The answer can't be stopped: it has ended. Or it can't be tried again: it is being written, or is complete."""

    code = "illegal_transition"


def ask(message: Message, user: User) -> Answer:
    """Record that a message wants an answer. The caller is in the act that posts it."""
    return Answer.objects.create(
        message=message,
        session_id=message.session_id,
        account_id=message.account_id,
        asked_by=user,
        provider=default_provider(),
    )


def default_provider() -> str:
    """Return the name of what writes new answers: the model of the settings, or the built-in copilot."""
    return settings.FLOWPILOT_MODEL if settings.FLOWPILOT_URL else BUILT_IN


def _present_provider(named: str) -> str:
    """Return who can write an answer for which `named` was chosen: that model may no longer be set."""
    return named if named == BUILT_IN else default_provider()


def claim(session_id: UUID, job: str = "", *, only: str | None = None) -> Answer | None:
    """Begin the session's oldest open answer, and return it.

    None if there is none, another is being written, or the oldest was postponed: messages are answered in their order.

    `job`: the id of the job that claims it. A job that runs again takes over the answer that it left half-written.
    `only`: claim none but this provider's. What waits for a model that is no longer set goes to what writes new ones.
    """
    now = timezone.now()
    with transaction.atomic():
        AISession.objects.select_for_update().filter(pk=session_id).first()
        answers = Answer.objects.select_for_update().filter(session=session_id, state__in=OPEN)
        writing = answers.filter(state=AnswerState.WRITING).first()
        if writing and not (job and writing.job == job):
            return None
        answer = writing or answers.order_by("created_at", "id").first()
        if answer is None or not answer.is_due(now):
            return None
        provider = _present_provider(answer.provider)
        if only and provider != only:
            return None
        _begin(answer, provider, job, now)
    return answer


def _begin(answer: Answer, provider: str, job: str, now: datetime) -> None:
    answer.provider = provider
    answer.state, answer.claim, answer.job = AnswerState.WRITING, uuid4(), job
    answer.attempt, answer.started_at, answer.not_before = answer.attempt + 1, now, None
    answer.text, answer.error, answer.remarks = "", "", {}
    answer.save()


def write_text(answer: Answer, text: str) -> None:
    """Keep what is written so far, for everybody who has the session open. Raises Taken."""
    if not _held(answer).update(text=text):
        raise Taken


def finish(answer: Answer, reply: Reply) -> Message:
    """Post the answer as FlowPilot's message, with the effects of its markers, in one act. Raises Taken."""
    with _writing(answer) as (session, now):
        sessions = AISession.objects.filter(pk=session.pk)
        posted = acts.post_as_copilot(
            session.pk, reply.text, sessions=sessions, origin=answer.provider, blocks=reply.blocks
        )
        _end(
            answer,
            AnswerState.DONE,
            now,
            reply=posted,
            text="",
            remarks=answer.remarks | reply.remarks,
        )
    return posted


def fail(answer: Answer, sentence: str, text: str = "") -> None:
    """End an answer that can't be written, and tell the one who asked. `sentence`: why; `text`: the part that came.

    Raises Taken.
    """
    with _writing(answer) as (session, now):
        _end(answer, AnswerState.FAILED, now, error=sentence, text=text)
        notify(
            answer.asked_by,
            ANSWER_FAILED.name,
            session,
            quote=sentence,
            anchor=f"answer-{answer.pk}",
            place=f"message={answer.message.sequence}",
            key=f"{ANSWER_FAILED.name}:{answer.pk}:{answer.claim}",
            subject=answer.pk,
        )


def postpone(answer: Answer, sentence: str, seconds: float) -> None:
    """Give the answer back, to be tried again later. Raises Taken."""
    with _writing(answer) as (_, now):
        later = now + timedelta(seconds=seconds)
        _set(answer, state=AnswerState.WAITING, claim=None, text="", error=sentence, not_before=later)


def give_back(answer: Answer) -> None:
    """Let another worker write it: this one is being stopped. Does nothing if it was taken already."""
    _held(answer).update(state=AnswerState.WAITING, claim=None, text="", job="")


def stop(answer_id: UUID, *, sessions: Sessions) -> Answer:
    """Stop an answer that waits or is being written. What is written stays to be read. Stopping twice is once."""
    with _locked(answer_id, sessions) as answer:
        if answer.state == AnswerState.STOPPED:
            return answer
        if not answer.is_open:
            raise NotOpen("This answer has ended already.")
        _end(answer, AnswerState.STOPPED, timezone.now(), claim=None)
        return answer


def retry(answer_id: UUID, *, sessions: Sessions, provider: str | None = None) -> Answer:
    """Try a failed or stopped answer again; the answer stays the same one. `provider`: BUILT_IN to ask that one.

    Raises NotOpen, and SessionClosed. Asking twice is once.
    """
    with _locked(answer_id, sessions) as answer:
        if answer.state == AnswerState.WAITING:
            return answer
        if answer.state not in {AnswerState.FAILED, AnswerState.STOPPED}:
            raise NotOpen(
                "This answer is complete." if answer.reply_id else "FlowPilot is writing this answer already."
            )
        if answer.session.is_closed:
            raise SessionClosed(f"This session is {answer.session.status}. Reopen it to ask again.")
        _set(
            answer,
            state=AnswerState.WAITING,
            provider=provider or default_provider(),
            text="",
            error="",
            not_before=None,
            finished_at=None,
            attempt=0,
            job="",
        )
        notices.read_about(answer.pk, ANSWER_FAILED.name)
        return answer


def _held(answer: Answer) -> Any:
    return Answer.objects.filter(pk=answer.pk, state=AnswerState.WRITING, claim=answer.claim)


@contextmanager
def _writing(answer: Answer) -> Iterator[tuple[AISession, datetime]]:
    """Lock the session, then the answer, as long as its claim is held. Raises Taken."""
    with one_act(answer.session_id, sessions=AISession.objects.filter(pk=answer.session_id)) as session:
        if not _held(answer).select_for_update().exists():
            raise Taken
        yield session, timezone.now()


@contextmanager
def _locked(answer_id: UUID, sessions: Sessions) -> Iterator[Answer]:
    """Lock an answer and its session. Raises Answer.DoesNotExist for one that isn't in any of `sessions`."""
    with transaction.atomic():
        answer = Answer.objects.filter(session__in=sessions.values("pk")).get(pk=answer_id)
        answer.session = AISession.objects.select_for_update().get(pk=answer.session_id)
        answer.refresh_from_db(from_queryset=Answer.objects.select_for_update())
        yield answer


def _end(answer: Answer, state: AnswerState, now: datetime, **columns: Any) -> None:
    began = answer.started_at or now
    milliseconds = F("milliseconds") + round((now - began).total_seconds() * 1000)
    _set(answer, state=state, finished_at=now, milliseconds=milliseconds, **columns)


def _set(answer: Answer, **columns: Any) -> None:
    Answer.objects.filter(pk=answer.pk).update(**columns)
    answer.refresh_from_db(fields=list(columns))
