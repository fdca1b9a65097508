"""Engineers who talk with the built-in copilot, for tests: each message asks, and the answer comes at once."""

from dataclasses import dataclass, field
from typing import Any

from fixes.lifecycle import By
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.transitions import Source
from flowpilot.models import Answer, AnswerState
from sessions import copilot
from sessions.models import AISession, Author, Message
from sessions.tests import acts
from sessions.tests.factories import SessionFactory


@dataclass
class Talk:
    """`said`: FlowPilot's messages, in order."""

    session: AISession
    said: list[Message] = field(default_factory=list)

    def say(self, text: str) -> Message:
        """Send a message that asks; return FlowPilot's reply."""
        acts.post(self.session.pk, Author.ENGINEER, text, user=self.session.owner, asks=True)
        copilot.registered().write_answers(self.session.pk)
        answer = self.answer
        assert answer.state == AnswerState.DONE, answer.error
        assert answer.reply
        self.said.append(answer.reply)
        return answer.reply

    @property
    def answer(self) -> Answer:
        return Answer.objects.filter(session=self.session).latest("created_at")

    @property
    def current(self) -> SuggestedFix:
        return SuggestedFix.objects.get(session=self.session, superseded_at=None)

    @property
    def proposal(self) -> dict[str, Any]:
        assert self.current.ai_outcome_proposal
        return self.current.ai_outcome_proposal

    @property
    def title(self) -> str | None:
        """The title of the current fix; None when nothing was suggested yet."""
        return self.session.suggested_fixes.current().values_list("title", flat=True).first()

    def suggest(self, title: str, **fields: Any) -> None:
        """Suggest a fix as a person does."""
        words = {"title": title, "description": "Do it.", "confidence_pct": 50} | fields
        lifecycle.suggest(self.session.pk, words, By(self.session.owner, Source.API))

    def apply(self) -> None:
        lifecycle.apply(self.current.pk, By(self.session.owner, Source.BANNER))

    def confirm(self) -> None:
        lifecycle.confirm(self.current.pk, By(self.session.owner, Source.BANNER))

    def record(self, outcome: str, notes: str | None = None) -> None:
        lifecycle.record(self.current.pk, outcome, By(self.session.owner, Source.BANNER), notes=notes)


def begin(title: str = "Help", problem: str = "", **columns: Any) -> Talk:
    return Talk(SessionFactory.create(title=title, problem_summary=problem, **columns))
