"""What the built-in copilot knows of a session when it answers: what was said, asked, tried."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from fixes.models import SuggestedFix
from fixes.transitions import Status
from flowpilot.built_in import questions
from flowpilot.built_in.language import Language, language_of
from flowpilot.models import Answer
from flowpilot.providers import Question
from flowpilot.retrieval import SAID_MAX
from sessions.models import AISession, Author, Message

MESSAGES_READ = 200
"""The latest messages of engineers that are read."""


@dataclass(frozen=True)
class Asked:
    """A question that FlowPilot asked in this session. `reply`: what the engineer wrote next; empty if nothing yet."""

    question: dict[str, Any]
    reply: str


@dataclass(frozen=True)
class Conversation:
    """`messages`: the engineers', oldest first, up to the one that is answered. `fixes`: oldest first."""

    session: AISession
    messages: Sequence[Message]
    asked: Sequence[Asked]
    fixes: Sequence[SuggestedFix]

    @property
    def last(self) -> str:
        return self.messages[-1].content

    @property
    def current(self) -> SuggestedFix | None:
        """The session's current fix, if it can still take an outcome."""
        current = next((fix for fix in self.fixes if fix.is_current), None)
        return current if current and current.is_open else None

    @cached_property
    def language(self) -> Language:
        texts = [message.content for message in reversed(self.messages[-10:])]
        return language_of([*texts, self.session.title, self.session.problem_summary])

    @cached_property
    def problem(self) -> str:
        """Everything that was said about the problem, the latest messages first after the ticket."""
        ticket = (self.session.title, self.session.problem_summary)
        said = dict.fromkeys([*ticket, *(message.content for message in reversed(self.messages))])
        return "\n".join(said)[:SAID_MAX]

    @property
    def open_question(self) -> Asked | None:
        """The question that the message being answered replies to."""
        return self.asked[-1] if self.asked and self.asked[-1].reply == self.last else None

    def has_asked(self, question_id: str) -> bool:
        return any(asked.question["id"] == question_id for asked in self.asked)

    def answer_to(self, question: questions.Question) -> str | None:
        """Return the option that the engineer's words choose, in a reply or by themselves, or None."""
        for asked in reversed(self.asked):
            if asked.question["id"] == question["id"] and (option := questions.read_reply(question, asked.reply)):
                return option
        for message in reversed(self.messages):
            if option := questions.said_in(question, message.content):
                return option
        return questions.said_in(question, f"{self.session.title}\n{self.session.problem_summary}")


def read(question: Question) -> Conversation:
    """Read the session up to the message that is answered: three statements."""
    session = question.session
    written = Message.objects.filter(
        session=session.pk, author=Author.ENGINEER, sequence__lte=question.message.sequence
    ).order_by("-sequence")
    messages = list(reversed(written[:MESSAGES_READ]))
    fixes = SuggestedFix.objects.filter(session=session.pk).select_related("script_template")
    return Conversation(session, messages, _asked(session, messages), list(fixes.order_by("created_at", "id")))


def _asked(session: AISession, messages: Sequence[Message]) -> list[Asked]:
    answers = Answer.objects.filter(session=session.pk, remarks__has_key="asked").select_related("reply")
    found = []
    for answer in answers.order_by("reply__sequence"):
        assert answer.reply  # a question was posted
        sequence = answer.reply.sequence
        reply = next((message.content for message in messages if message.sequence > sequence), "")
        found.append(Asked(answer.remarks["asked"], reply))
    return found


def has_failed(fix: SuggestedFix) -> bool:
    """Return whether the fix didn't work here, as recorded or as the engineer's words were understood."""
    proposal = fix.ai_outcome_proposal or {}
    return fix.status == Status.FAILED or proposal.get("outcome") == Status.FAILED
