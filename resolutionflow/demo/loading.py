"""Loads demo sessions from stories/: every step of a story is an act of the product, at its own time."""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from accounts.demo import ACCOUNTS
from accounts.models import Account
from fixes.lifecycle.closing import conclude
from resolutionflow.demo.steps import Replay
from resolutionflow.demo.times import moment
from sessions.models import AISession, SessionStatus

STORIES = Path(__file__).parent / "stories"
IDS = UUID("6f0a3c52-95a4-4d6e-9a53-0d5f0c1a7e21")
"""Ids are derived from the files' names, so that links to demo sessions stay valid."""


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
    replay = Replay(account, session_id, now)
    session = _open(story, replay)
    for step in story["step"]:
        replay.do(step)
    conclude(session, SessionStatus(story.get("status", "active")))
    return True


def _open(story: dict[str, Any], replay: Replay) -> AISession:
    began = moment(story["began"], replay.now)
    return AISession.objects.create(
        id=replay.session_id,
        account=replay.account,
        owner=replay.person(story.get("owner", "engineer")),
        title=story["title"],
        problem_summary=story["problem"],
        client_name=story["client"],
        ticket_ref=story["ticket"],
        created_at=began,
        updated_at=began,
    )
