"""Loads demo sessions: every step of a story goes through the lifecycle, at its own time."""

import tomllib
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from accounts.demo import ACCOUNTS
from accounts.models import Account, User
from fixes import lifecycle
from fixes.demo.times import moment
from fixes.lifecycle import By
from fixes.lifecycle.closing import conclude
from fixes.models import SuggestedFix
from fixes.transitions import Source
from sessions import acts, facts
from sessions.models import AISession, Author, SessionStatus

STORIES = Path(__file__).parent / "stories"
IDS = UUID("6f0a3c52-95a4-4d6e-9a53-0d5f0c1a7e21")
"""Ids are derived from the files' names, so that links to demo sessions stay valid."""

Step = dict[str, Any]


def load_stories(now: datetime) -> int:
    """Create the sessions that are missing, and return how many were."""
    made = 0
    for slug in ACCOUNTS:
        account = Account.objects.get(slug=slug)
        for file in sorted((STORIES / slug).glob("*.toml")):
            made += _load(file, account, now)
    return made


def _load(file: Path, account: Account, now: datetime) -> bool:
    session_id = uuid5(IDS, f"{account.slug}/{file.stem}")
    if AISession.objects.filter(pk=session_id).exists():
        return False
    story = tomllib.loads(file.read_text(encoding="utf-8"))
    _Replay(account, session_id, story, now).run()
    return True


class _Replay:
    def __init__(self, account: Account, session_id: UUID, story: dict[str, Any], now: datetime) -> None:
        self.account, self.session_id, self.story, self.now = account, session_id, story, now
        self.owner = self._person(story.get("owner", "engineer"))
        self.fixes: list[UUID] = []

    def _person(self, name: str) -> User:
        return User.objects.get(email=f"{name}@{self.account.slug}.example")

    def run(self) -> None:
        session = self._open()
        for step in self.story["step"]:
            at = moment(step.pop("at"), self.now)
            if "says" in step:
                self._post(step, at)
            elif "knows" in step:
                self._add_fact(step, at)
            else:
                self._act(step, at)
        conclude(session, SessionStatus(self.story.get("status", "active")))

    def _open(self) -> AISession:
        began = moment(self.story["began"], self.now)
        return AISession.objects.create(
            id=self.session_id,
            account=self.account,
            owner=self.owner,
            title=self.story["title"],
            problem_summary=self.story["problem"],
            client_name=self.story["client"],
            ticket_ref=self.story["ticket"],
            created_at=began,
            updated_at=began,
        )

    def _post(self, step: Step, at: datetime) -> None:
        author = Author(step["says"])
        user = self._person(step["by"]) if "by" in step else self.owner
        acts.post(
            self.session_id,
            author,
            step["text"],
            user=user if author == Author.ENGINEER else None,
            at=at,
            sessions=self.account.ai_sessions.all(),
        )

    def _add_fact(self, step: Step, at: datetime) -> None:
        """Add a fact. `knows`: how it is known; `from`: the number of the message it comes from."""
        facts.add(
            self.session_id,
            step["text"],
            step["knows"],
            user=None if step.get("by") == "copilot" else self.owner,
            source=step.get("from"),
            at=at,
            sessions=self.account.ai_sessions.all(),
        )

    def _act(self, step: Step, at: datetime) -> None:
        act = step.pop("act")
        by = By(self._person(step.pop("by")) if "by" in step else self.owner, Source.BANNER, at)
        copilot = By(None, Source.COPILOT, at)
        if act == "suggest":
            return self._suggest(step, copilot)
        if "follow_up_at" in step:
            step["follow_up_at"] = moment(step["follow_up_at"], self.now)
        fix_id = self.fixes[step.pop("fix", len(self.fixes)) - 1]
        fixes = SuggestedFix.objects.filter(account=self.account)
        acts: dict[str, Callable[..., SuggestedFix]] = {
            "apply": partial(lifecycle.apply, fix_id, by=by, fixes=fixes),
            "decide": partial(lifecycle.decide, fix_id, by=by, fixes=fixes),
            "record": partial(lifecycle.record, fix_id, by=by, fixes=fixes),
            "propose": partial(lifecycle.propose, fix_id, by=copilot, fixes=fixes),
            "confirm": partial(lifecycle.confirm, fix_id, by=by, fixes=fixes),
            "reject": partial(lifecycle.reject, fix_id, by=by, fixes=fixes),
            "reopen": partial(lifecycle.reopen, fix_id, by=by, fixes=fixes),
        }
        acts[act](**step)
        return None

    def _suggest(self, step: Step, by: By) -> None:
        fix_id = uuid5(self.session_id, str(len(self.fixes)))
        lifecycle.suggest(self.session_id, step, by, fix_id=fix_id, sessions=self.account.ai_sessions.all())
        self.fixes.append(fix_id)
