"""Plans the demo's past: which session began when, with which words, and how it ended. The same every time."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from accounts.demo import ACCOUNTS
from flowpilot.demo import words
from flowpilot.demo.mix import MIXES, ONCE, ONCE_ENDED, Mix
from flowpilot.models import Playbook

SEED = 20260915
"""With it FlowPilot's confidence holds in the past that is planned, on whatever weekday that is."""
IDS = UUID("b7a3d7a4-6d3e-4f0b-8f38-0f8d2a1c5e90")
"""Ids are derived from account, playbook and number, so that links to demo sessions stay valid."""

FIRST, LAST = timedelta(days=150), timedelta(days=3)
"""How long ago the first and the last session with a verdict began."""

OPENS, CLOSES = 8, 16
"""Between these hours sessions begin, in the account's time zone."""


@dataclass(frozen=True)
class PastSession:
    """A session that is over, or that waits. `wait`: how long the verdict was waited for; 0: it came at once."""

    id: UUID
    account: str
    playbook: Playbook
    number: int
    began: datetime
    outcome: str
    """One of worked, partly, failed and waiting."""
    wait: timedelta
    owner: str
    client: str
    ticket: str
    title: str
    problem: str
    said: str
    asks: bool
    """Whether FlowPilot asks the playbook's first question before it proposes the fix."""
    says_outcome: bool
    """Whether the engineer writes what came of it and confirms FlowPilot's proposal, or presses a button."""


def plan(now: datetime, playbooks: Mapping[str, Playbook]) -> list[PastSession]:
    """Return the past sessions, the oldest first. Playbooks that aren't there any more have none."""
    chance = random.Random(SEED)  # noqa: S311 (a demo that looks the same every time, no secret)
    found = []
    for account in ACCOUNTS:
        for slug, outcome, wait, number in _ends(account, chance):
            session = _session(account, playbooks.get(slug), slug, number, outcome, wait, now, chance)
            found += [session] if session else []
    return sorted(found, key=lambda session: session.began)


def _ends(account: str, chance: random.Random) -> Iterator[tuple[str, str, timedelta, int]]:
    """Yield playbook, outcome, wait and number of each session."""
    for slug, mix in MIXES[account].items():
        for number, outcome in enumerate(_outcomes(mix, chance)):
            is_awaited = number < mix.awaited or outcome == "waiting"
            yield slug, outcome, mix.wait * chance.uniform(0.7, 1.35) if is_awaited else timedelta(0), number
    for number, slug in enumerate(ONCE[account]):
        yield slug, ONCE_ENDED[number % len(ONCE_ENDED)], timedelta(0), 0


def _outcomes(mix: Mix, chance: random.Random) -> list[str]:
    """Return the outcomes in the order of their sessions: those that wait are the last."""
    verdicts = [*["worked"] * mix.worked, *["partly"] * mix.partly, *["failed"] * mix.failed]
    chance.shuffle(verdicts)
    return verdicts + ["waiting"] * mix.waiting


def _session(
    account: str,
    playbook: Playbook | None,
    slug: str,
    number: int,
    outcome: str,
    wait: timedelta,
    now: datetime,
    chance: random.Random,
) -> PastSession | None:
    drawn = random.Random(chance.random())  # noqa: S311 (each session draws for itself: one less changes no other)
    if playbook is None:
        return None
    # drawn first: what a playbook says decides nothing about when, and so about how sure FlowPilot was
    began = _recently(wait, now, drawn) if outcome == "waiting" else _in_office_hours(account, now, drawn)
    symptoms = [text for text in (*playbook.symptoms, playbook.title) if words.is_short(text)] or [playbook.title]
    title, *more = drawn.sample(symptoms, min(2, len(symptoms)))
    context = drawn.choice(words.CONTEXTS)
    session_id = uuid5(IDS, f"{account}/{slug}/{number}")
    return PastSession(
        id=session_id,
        account=account,
        playbook=playbook,
        number=number,
        began=began,
        outcome=outcome,
        wait=wait,
        owner=drawn.choice(words.PEOPLE[account]),
        client=drawn.choice(words.CLIENTS[account]),
        ticket=f"CW-{30000 + session_id.int % 20000}",
        title=title[:1].upper() + title[1:],
        problem=f"{(more or [playbook.title])[0]}. {context[:1].upper()}{context[1:]}.",
        said=f"{title}, {context}",
        asks=bool(playbook.questions) and drawn.random() < 0.6,
        says_outcome=drawn.random() < 0.4,
    )


def _recently(wait: timedelta, now: datetime, chance: random.Random) -> datetime:
    """Return a beginning that makes the check-by time lie ahead, or just behind."""
    return now - wait * chance.uniform(0.4, 0.8) - timedelta(minutes=45)


def _in_office_hours(account: str, now: datetime, chance: random.Random) -> datetime:
    zone = ZoneInfo(ACCOUNTS[account][1])
    day = (now - LAST - (FIRST - LAST) * chance.random()).astimezone(zone).date()
    day -= timedelta(days=max(0, day.weekday() - 4))
    at = time(chance.randrange(OPENS, CLOSES), chance.randrange(60), chance.randrange(60))
    return datetime.combine(day, at, tzinfo=zone)
