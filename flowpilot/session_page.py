"""What the session page shows of FlowPilot's answers (`sessions.extensions`)."""

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.requests import MemberRequest
from common.compiled_query import compiled
from flowpilot.foot import skipped_in
from flowpilot.models import OPEN, Answer, AnswerState
from sessions.extensions import Entry, Extension, Summary
from sessions.models import AISession, Author, Message


class Panel:
    """The answers of one session: those that are being written, those that ended without a message, the others.

    `named`: read no others than the open ones and these, for a page that asks again each second.
    """

    tab_state = ""
    entries: tuple[Entry, ...] = ()

    def __init__(self, session: AISession, user: User, *, named: Collection[UUID] | None = None) -> None:
        self.session, self.user, self.named = session, user, named

    @property
    def has_model(self) -> bool:
        """Whether a model is set: only then does anything leave this server."""
        return bool(settings.FLOWPILOT_URL)

    @cached_property
    def answers(self) -> list[Answer]:
        """All of them, oldest first: one query, and none if nothing asks for them."""
        if self.named is None:
            return _answers_of(self.session.pk)
        return list(_answers(self.session.pk).filter(Q(state__in=OPEN) | Q(pk__in=self.named)))

    @property
    def open(self) -> list[Answer]:
        return [answer for answer in self.answers if answer.is_open]

    @property
    def writing(self) -> Answer | None:
        """The answer that is being written, or will be next."""
        return next(iter(sorted(self.open, key=lambda answer: answer.state != AnswerState.WRITING)), None)

    @property
    def turns(self) -> int:
        """How many messages wait for their turn."""
        return max(len(self.open) - 1, 0)

    @property
    def waits_to_retry(self) -> bool:
        """Whether the model's server was busy or down, and is asked again after a while."""
        answer = self.writing
        return answer is not None and answer.state == AnswerState.WAITING and bool(answer.error)

    @cached_property
    def asked(self) -> Message | None:
        """The message that is being answered, where it isn't the only one: one query then."""
        if self.writing is None or not self.turns:
            return None
        return Message.objects.select_related("user").only("sequence", "user").get(pk=self.writing.message_id)

    @property
    def known(self) -> str:
        """The open answers and their states, as a page sends them back to hear what became of them."""
        return ",".join(f"{answer.pk}.{answer.state}" for answer in self.open)

    @cached_property
    def _ended(self) -> Mapping[UUID, Answer]:
        without = {AnswerState.FAILED, AnswerState.STOPPED}
        return {answer.message_id: answer for answer in self.answers if answer.state in without}

    @cached_property
    def _complete(self) -> Mapping[UUID | None, Answer]:
        return {answer.reply_id: answer for answer in self.answers}

    def ended_of(self, message: Message) -> Answer | None:
        """Return the answer to this message if it failed or was stopped."""
        return self._ended.get(message.pk)

    def answer_with(self, reply: Message) -> Answer | None:
        """Return the answer that this message of FlowPilot is."""
        return self._complete.get(reply.pk)


def _slots_at(panel: Panel | None, message: Message) -> frozenset[str]:
    """Return the slots at a message that show something: under an answer, and in place of one that isn't there."""
    if message.author == Author.ENGINEER:
        return _FOLLOWED if panel and panel.ended_of(message) else _NOTHING
    if message.author != Author.ASSISTANT:
        return _NOTHING
    foot = _FOOT if message.origin or message.effects else _NOTHING
    return foot | _FOLLOWED if panel and skipped_in(message, panel.answer_with(message)) else foot


_NOTHING, _FOOT, _FOLLOWED = frozenset[str](), frozenset({"message-foot"}), frozenset({"after-message"})

UNREAD = ("account_id", "asked_by_id", "job", "claim", "tokens_in", "tokens_out")


def _answers(session_id: UUID) -> QuerySet[Answer]:
    return Answer.objects.filter(session_id=session_id).defer(*UNREAD).order_by("created_at", "id")


_answers_of = compiled(UUID)(_answers)


def _panel(request: MemberRequest, session: AISession) -> Panel:
    return Panel(session, request.user)


def _summaries(sessions: list[AISession]) -> dict[UUID, Summary]:
    return {}


_SLOTS = ("after-message", "composer-side", "dock-status", "message-foot", "thread-end")

EXTENSION = Extension(
    name="copilot",
    panel=_panel,
    summaries=_summaries,
    templates={name: f"flowpilot/slots/{name.replace('-', '_')}.html" for name in _SLOTS},
    entry_template="",
    at_message=_slots_at,
)


def context_of(panel: Panel) -> dict[str, Any]:
    return {"copilot": panel, "session": panel.session}
