"""The steps of one past session: what was said, suggested and recorded, each at its own time, through the acts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from uuid import uuid5

from accounts.models import Account, User
from fixes import lifecycle
from fixes.evidence import confidence_from_outcomes
from fixes.lifecycle import KEEP, By
from fixes.lifecycle.closing import conclude
from fixes.lifecycle.validation import FollowUp
from fixes.models import SuggestedFix
from fixes.same_fix import group_of
from fixes.transitions import Source, Status
from flowpilot.demo import words
from flowpilot.demo.plan import SEED, PastSession
from flowpilot.models.answer import BUILT_IN
from sessions import acts
from sessions.models import AISession, Author, Message, SessionStatus
from sessions.one_act import Sessions, one_act

OUTCOMES = {"worked": Status.SUCCESS, "partly": Status.PARTIAL, "failed": Status.FAILED}
SAID = {"worked": words.WORKED, "partly": words.PARTLY, "failed": words.FAILED}
NOTES = {"worked": words.WORKED_NOTES, "partly": words.PARTLY_NOTES, "failed": words.FAILED_NOTES}
ENDED = {
    "worked": SessionStatus.RESOLVED,
    "partly": SessionStatus.RESOLVED,
    "failed": SessionStatus.RESOLVED,
    "waiting": SessionStatus.ACTIVE,
}


@dataclass(frozen=True)
class Step:
    at: datetime
    act: Callable[[datetime], object]


def steps_of(past: PastSession, account: Account, owner: User, now: datetime) -> list[Step]:
    """Return the steps of a session in order, none of them later than `now`."""
    return _Replay(past, account, owner, now).steps


@dataclass
class _Replay:
    past: PastSession
    account: Account
    owner: User
    now: datetime
    steps: list[Step] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = Random(f"{SEED} {self.past.id}")  # noqa: S311 (no secret)
        self.fix_id = uuid5(self.past.id, "fix")
        self.at = self.past.began
        self._plan()

    def _then(self, minutes: float, act: Callable[[datetime], object]) -> None:
        """Add a step so many minutes after the one before, or up to twice as many; never in the future."""
        self.at = min(self.at + timedelta(minutes=minutes * self.chance.uniform(1, 2)), self.now - timedelta(seconds=1))
        self.steps.append(Step(self.at, act))

    def _plan(self) -> None:
        self._then(0, self._open)
        self._then(1, lambda at: self._says(self.past.said, at))
        if self.past.asks:
            self._ask()
        self._then(0.2, self._suggest)
        if self.chance.random() < 0.3:
            self._then(1, lambda at: self._says(self.chance.choice(words.APPLYING), at))
        self._then(6, lambda at: lifecycle.apply(self.fix_id, self._by(at), fixes=self._fixes()))
        if self.past.wait:
            self._wait()
        if self.past.outcome != "waiting":
            self._verdict()
        self._then(0.1, lambda at: conclude(self._session(), ENDED[self.past.outcome]))

    def _ask(self) -> None:
        """Ask the playbook's last question, unless what was said answers it."""
        question = self.past.playbook.questions[-1]
        phrases = [phrase for phrase in question["options"][question["fits"]] if words.is_english(phrase)]
        if phrases and not any(phrase.lower() in self.past.said.lower() for phrase in phrases):
            self._then(0.1, lambda at: self._answers(question["ask"], at))
            self._then(3, lambda at: self._says(phrases[0], at))

    def _wait(self) -> None:
        said, notes = words.WAITING.get(self.past.playbook.slug, words.WAITING_ELSE)
        check_by = self.at + self.past.wait + timedelta(minutes=30)
        self._outcome(Status.PENDING, said, notes, check_by)
        self.at += self.past.wait if self.past.outcome != "waiting" else timedelta(0)

    def _verdict(self) -> None:
        said, notes = self.chance.choice(SAID[self.past.outcome]), self.chance.choice(NOTES[self.past.outcome])
        self._outcome(OUTCOMES[self.past.outcome], said, notes)

    def _outcome(self, outcome: Status, said: str, notes: str, check_by: FollowUp = KEEP) -> None:
        """Write what came of it and confirm FlowPilot's proposal, or press the button."""
        if self.past.says_outcome:
            self._then(2, lambda at: self._propose(outcome, said, at))
            self._then(
                1, lambda at: lifecycle.confirm(self.fix_id, self._by(at), fixes=self._fixes(), follow_up_at=check_by)
            )
        else:
            self._then(
                3,
                lambda at: lifecycle.record(
                    self.fix_id, outcome, self._by(at), fixes=self._fixes(), notes=notes, follow_up_at=check_by
                ),
            )

    def _open(self, at: datetime) -> None:
        AISession.objects.create(
            id=self.past.id,
            account=self.account,
            owner=self.owner,
            title=self.past.title,
            problem_summary=self.past.problem,
            client_name=self.past.client,
            ticket_ref=self.past.ticket,
            created_at=at,
            updated_at=at,
        )

    def _says(self, text: str, at: datetime) -> Message:
        return acts.post(self.past.id, Author.ENGINEER, text, user=self.owner, at=at, sessions=self._sessions())

    def _answers(self, text: str, at: datetime) -> Message:
        return acts.post(self.past.id, Author.ASSISTANT, text, user=None, at=at, sessions=self._sessions())

    def _suggest(self, at: datetime) -> None:
        playbook = self.past.playbook
        why = playbook.description.split("\n\n", 1)[0]
        suggestion = {
            "title": playbook.fix_title,
            "description": playbook.description,
            "confidence_pct": self._confidence(playbook.fix_title),
            "verification_hint": playbook.verification_hint,
            "ai_drafted_script": playbook.script,
        }
        by = By(None, Source.COPILOT, at)
        with one_act(self.past.id, sessions=self._sessions()):
            self._answers(f"I suggest: **{playbook.fix_title}**. {why}", at)
            lifecycle.suggest(
                self.past.id, suggestion, by, fix_id=self.fix_id, origin=BUILT_IN, sessions=self._sessions()
            )

    def _confidence(self, title: str) -> int:
        group = group_of(title)
        return confidence_from_outcomes(self.account.pk, [group])[group].confidence_pct

    def _propose(self, outcome: Status, said: str, at: datetime) -> None:
        message = self._says(said, at)
        copilot = By(None, Source.COPILOT, at + timedelta(seconds=1))
        lifecycle.propose(self.fix_id, outcome, said, copilot, fixes=self._fixes(), message_id=message.pk)

    def _by(self, at: datetime) -> By:
        return By(self.owner, Source.BANNER, at)

    def _fixes(self) -> lifecycle.Fixes:
        return SuggestedFix.objects.filter(account=self.account)

    def _sessions(self) -> Sessions:
        return AISession.objects.filter(account=self.account)

    def _session(self) -> AISession:
        return AISession.objects.get(pk=self.past.id)
