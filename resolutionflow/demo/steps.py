"""The steps of the demo's stories. Each is one act of the product, by the person and at the time that it names."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from accounts.models import Account, User
from fixes import lifecycle
from fixes.lifecycle import By
from fixes.models import SuggestedFix
from fixes.transitions import Source, Status
from resolutionflow.demo.times import moment
from sessions import acts, facts
from sessions.models import Author
from tickets import addenda, closing, handoffs
from tickets.bundle import ClosingInput
from tickets.models import Handoff

Step = dict[str, Any]


@dataclass
class Replay:
    """The acts of one story on its session. `now`: the time of which the story's times are so long ago."""

    account: Account
    session_id: UUID
    now: datetime
    fixes: list[UUID] = field(default_factory=list)

    def person(self, name: str) -> User:
        return User.objects.get(email=f"{name}@{self.account.slug}.example")

    def do(self, step: Step) -> None:
        """Do a step: `says` posts a message, `knows` adds a fact, `act` names anything else."""
        step = dict(step)
        at, who = moment(step.pop("at"), self.now), step.pop("by", "")
        if "says" in step:
            self._say(step, at, who)
        elif "knows" in step:
            self._know(step, at, who)
        else:
            by = By(self.person(who) if who else self._owner(), Source.BANNER, at)
            self._act(step.pop("act"), step, by)

    def _owner(self) -> User:
        return self.account.ai_sessions.select_related("owner").get(pk=self.session_id).owner

    def _say(self, step: Step, at: datetime, who: str) -> None:
        author = Author(step["says"])
        user = (self.person(who) if who else self._owner()) if author == Author.ENGINEER else None
        acts.post(self.session_id, author, step["text"], user=user, at=at, sessions=self.account.ai_sessions.all())

    def _know(self, step: Step, at: datetime, who: str) -> None:
        """Add a fact. `knows`: how it is known; `from`: the number of the message it comes from."""
        user = None if who == "copilot" else self._owner()
        sessions = self.account.ai_sessions.all()
        facts.add(
            self.session_id, step["text"], step["knows"], user=user, source=step.get("from"), at=at, sessions=sessions
        )

    def _act(self, act: str, step: Step, by: By) -> None:
        if "follow_up_at" in step:
            step["follow_up_at"] = moment(step["follow_up_at"], self.now)
        if act in OF_FIXES:
            fix_id = self.fixes[step.pop("fix", len(self.fixes)) - 1]
            by = By(None, Source.COPILOT, by.at) if act == "propose" else by
            OF_FIXES[act](fix_id, by=by, fixes=SuggestedFix.objects.filter(account=self.account), **step)
        elif act in OF_HANDOFFS:
            latest = Handoff.objects.filter(session=self.session_id).latest("created_at")
            OF_HANDOFFS[act](latest.pk, by=by, handoffs=Handoff.objects.filter(account=self.account), **step)
        else:
            OF_SESSIONS[act](self, step, by)

    def suggest(self, step: Step, by: By) -> None:
        fix_id, copilot = uuid5(self.session_id, str(len(self.fixes))), By(None, Source.COPILOT, by.at)
        lifecycle.suggest(self.session_id, step, copilot, fix_id=fix_id, sessions=self.account.ai_sessions.all())
        self.fixes.append(fix_id)

    def close(self, step: Step, by: By) -> None:
        """Resolve, or escalate where `to` says to whom: the name before the @, or "anyone"."""
        to = step.pop("to", None)
        if outcome := step.pop("outcome", None):
            step["fix_outcome"] = Status(outcome)
        inputs = ClosingInput(**step)
        target = self.person(to) if to and to != "anyone" else None
        act = closing.escalate if to else closing.resolve
        act(self.session_id, closing.Closing(inputs, to=target), by, sessions=self.account.ai_sessions.all())

    def add(self, step: Step, by: By) -> None:
        addenda.post(self.session_id, by, sessions=self.account.ai_sessions.all())


OF_FIXES: dict[str, Callable[..., SuggestedFix]] = {
    "apply": lifecycle.apply,
    "decide": lifecycle.decide,
    "record": lifecycle.record,
    "propose": lifecycle.propose,
    "confirm": lifecycle.confirm,
    "reject": lifecycle.reject,
    "reopen": lifecycle.reopen,
}
OF_HANDOFFS: dict[str, Callable[..., Handoff]] = {
    "claim": handoffs.claim,
    "ask": handoffs.ask,
    "return": handoffs.give_back,
    "rate": handoffs.rate,
}
OF_SESSIONS: dict[str, Callable[[Replay, Step, By], None]] = {
    "suggest": Replay.suggest,
    "resolve": Replay.close,
    "escalate": Replay.close,
    "addendum": Replay.add,
}
