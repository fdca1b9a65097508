"""What the built-in copilot knows of a session when it answers: what was said, asked, tried."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Q, Subquery

from fixes.models import SuggestedFix
from fixes.transitions import Status
from flowpilot.built_in import questions, small_talk
from flowpilot.built_in.codes import new_codes
from flowpilot.built_in.phrases import Text
from flowpilot.built_in.secrets import without_secrets
from flowpilot.language import Language, language_of, words_of
from flowpilot.models import Answer
from flowpilot.providers import Question
from flowpilot.retrieval import SAID_MAX
from sessions.models import AISession, Author, Message

PLAIN = 8
"""Words of a reply that says no more than which option is right."""
MESSAGES_READ = 200
"""The latest messages of engineers that are read."""


@dataclass(frozen=True)
class Asked:
    """A question that FlowPilot asked in this session. `reply`: the engineer's next message; None if there is none."""

    question: dict[str, Any]
    reply: Message | None

    @property
    def option(self) -> str | None:
        """The option that the reply chooses."""
        return questions.read_reply(self.question, self.reply.content) if self.reply else None


@dataclass(frozen=True)
class Conversation:
    """`messages`: the engineers', oldest first, up to the one that is answered. `fixes`: oldest first.

    `facts`: what is known, as text, without the answers to FlowPilot's questions. `remarks`: those on FlowPilot's last
    message.
    """

    session: AISession
    messages: Sequence[Message]
    asked: Sequence[Asked]
    fixes: Sequence[SuggestedFix]
    facts: Sequence[str] = ()
    remarks: dict[str, Any] = field(default_factory=dict)

    @property
    def last(self) -> str:
        return self.messages[-1].content

    @property
    def current(self) -> SuggestedFix | None:
        """The session's current fix, if it can still take an outcome."""
        current = next((fix for fix in self.fixes if fix.is_current), None)
        return current if current and current.is_open else None

    @property
    def asks_for_next(self) -> bool:
        return bool(self.messages) and small_talk.asks_for_next(self.last)

    @cached_property
    def language(self) -> Language:
        texts = [message.content for message in reversed(self.messages[-10:])]
        return language_of([*texts, self.session.title, self.session.problem_summary]) or "en"

    @cached_property
    def problem(self) -> str:
        """Everything that was said about the problem, each text once: the ticket, the latest messages first, facts."""
        ticket = (self.session.title, self.session.problem_summary)
        said = [each.content for each in reversed(self.messages) if each.sequence not in self._plain_replies]
        return self._to_search("\n".join(dict.fromkeys([*ticket, *said, *self.facts])))

    @property
    def names(self) -> list[str]:
        """The words of the client's name: they stand in many tickets and tell no problem."""
        return re.findall(r"\w{3,}", self.session.client_name or "")

    def _to_search(self, text: str) -> str:
        """Return a text without the client's name and without secrets."""
        client = (self.session.client_name or "").strip()
        if client:
            text = re.sub(rf"(?<!\w){re.escape(client)}(?!\w)", " ", text, flags=re.IGNORECASE)
        return without_secrets(text[:SAID_MAX])

    @cached_property
    def new_codes(self) -> list[str]:
        """The error codes that engineers named only after the current fix was suggested."""
        if self.current is None:
            return []
        at = self.current.created_at
        before = [message.content for message in self.messages if message.created_at <= at]
        session = self.session
        return new_codes(self.since_current, "\n".join([session.title, session.problem_summary, *before]))

    @cached_property
    def since_current(self) -> str:
        """What engineers wrote after the current fix was suggested, to search for."""
        current = self.current
        later = [one.content for one in reversed(self.messages) if current and one.created_at > current.created_at]
        return self._to_search("\n".join(later))

    @cached_property
    def _plain_replies(self) -> set[int]:
        """The messages that say no more than the answer to a question, such as "yes, the web page opens"."""
        return {
            asked.reply.sequence
            for asked in self.asked
            if asked.reply and len(words_of(asked.reply.content)) <= PLAIN and asked.option
        }

    @property
    def answered(self) -> tuple[questions.Question, str] | None:
        """The question that the message being answered replies to, with the option it chooses; or None."""
        asked = self.asked[-1] if self.asked else None
        option = asked.option if asked and asked.reply == self.messages[-1] else None
        return (asked.question, option) if asked and option else None

    @cached_property
    def replies(self) -> set[int]:
        """The sequences of the messages that reply to a question."""
        return {asked.reply.sequence for asked in self.asked if asked.reply}

    def has_asked(self, question_id: str) -> bool:
        return any(asked.question["id"] == question_id for asked in self.asked)

    def answer_to(self, question: questions.Question) -> str | None:
        """Return the option that the engineer's words choose, the latest first; None if they don't."""
        same = (asked.reply for asked in self.asked if asked.question["id"] == question["id"])
        replies = {reply.sequence for reply in same if reply}
        for sequence, text in self._texts:
            read = questions.read_reply if sequence in replies else questions.said_in
            if option := read(question, text):
                return option
        return None

    @cached_property
    def _texts(self) -> list[tuple[int, Text]]:
        """What was said, the latest messages first, and then what is known and the ticket; each with its sequence."""
        known = "\n".join([*self.facts, self.session.title, self.session.problem_summary])
        said = [(message.sequence, Text.of(message.content)) for message in reversed(self.messages)]
        return [*said, (0, Text.of(known))]


def read(question: Question) -> Conversation:
    """Read the session up to the message that is answered: four statements."""
    session = question.session
    written = Message.objects.filter(
        session=session.pk, author=Author.ENGINEER, sequence__lte=question.message.sequence
    ).order_by("-sequence")
    messages = list(reversed(written[:MESSAGES_READ]))
    fixes = SuggestedFix.objects.filter(session=session.pk).select_related("script_template")
    facts = session.facts.filter(deleted_at=None).order_by("created_at", "id").values_list("text", flat=True)
    answers = _answers(question.message)
    asked = [_asked(answer, messages) for answer in answers if "asked" in answer.remarks]
    answered = tuple(each.question["ask"] for each in asked)
    known = [text for text in facts if not text.startswith(answered)]
    remarks = answers[-1].remarks if answers and answers[-1].is_latest else {}  # type: ignore[attr-defined]
    return Conversation(session, messages, asked, list(fixes.order_by("created_at", "id")), known, remarks)


def _answers(message: Message) -> list[Answer]:
    """Return the answers that ask something, and FlowPilot's last message before this one, oldest first."""
    before = Message.objects.filter(session=message.session_id, author=Author.ASSISTANT, sequence__lt=message.sequence)
    latest = Subquery(before.order_by("-sequence").values("pk")[:1])
    answers = Answer.objects.filter(session=message.session_id, reply__sequence__lt=message.sequence)
    answers = answers.annotate(is_latest=Q(reply=latest)).filter(Q(remarks__has_key="asked") | Q(is_latest=True))
    return list(answers.select_related("reply").order_by("reply__sequence"))


def _asked(answer: Answer, messages: Sequence[Message]) -> Asked:
    assert answer.reply  # a question was posted
    sequence = answer.reply.sequence
    return Asked(answer.remarks["asked"], next((each for each in messages if each.sequence > sequence), None))


def has_failed(fix: SuggestedFix) -> bool:
    """Return whether the fix didn't work here, as recorded or as the engineer's words were understood."""
    proposal = fix.ai_outcome_proposal or {}
    return fix.status == Status.FAILED or proposal.get("outcome") == Status.FAILED
