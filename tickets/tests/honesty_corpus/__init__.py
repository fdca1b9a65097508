"""Reads the corpus of the honesty check: bundles with sentences about them, each honest or with one planted lie."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

import yaml

from fixes.transitions import Status
from tickets.bundle import Attempt, Bundle, ClosingInput, Outcome, Statement, StatementKind
from tickets.models.text import Language

HERE = Path(__file__).parent
LANGUAGES = {"english": Language.ENGLISH, "german": Language.GERMAN}


@dataclass(frozen=True)
class Pair:
    """A sentence about a bundle. `lie`: "honest", or the kind of its planted lie."""

    bundle: Bundle
    language: Language
    lie: str
    cites: tuple[str, ...]
    text: str
    place: str

    @property
    def is_honest(self) -> bool:
        return self.lie == "honest"


@cache
def pairs(part: str) -> tuple[Pair, ...]:
    """Return the pairs of a part of the corpus: "tuning", "held_out" or "afterwards"."""
    return tuple(pair for path in sorted((HERE / part).glob("*.yaml")) for pair in _pairs_of(path))


@cache
def bundle_of(name: str) -> Bundle:
    """Return the bundle of a file: "tuning/label_printer"."""
    return _bundle(yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8")))


def _pairs_of(path: Path) -> Iterator[Pair]:
    read = yaml.safe_load(path.read_text("utf-8"))
    # a file of sentences alone says whose bundle they are about
    bundle = bundle_of(read["about"]) if "about" in read else _bundle(read)
    for key, language in LANGUAGES.items():
        for line in read.get(key, "").strip().splitlines():
            lie, cites, text = (part.strip() for part in line.split(" | ", 2))
            ids = tuple(_id(each.strip(), bundle) for each in cites.split(","))
            yield Pair(bundle, language, lie, ids, text, f"{path.stem}: {text}")


def _id(short: str, bundle: Bundle) -> str:
    kind, _, number = short.partition(":")
    if kind in {"problem", "title", "client"}:
        return {"problem": "session:problem_summary", "title": "session:title", "client": "session:client_name"}[kind]
    if kind in {"suggested", "applied", "outcome"}:
        attempt = bundle.attempts[int(number) - 1]
        return {"suggested": attempt.suggested, "applied": attempt.applied, "outcome": attempt.outcomes[-1].cites}[kind]
    return short


def _bundle(read: dict[str, Any]) -> Bundle:
    zone = ZoneInfo(read["zone"])
    fields = {"title": "title", "problem": "problem_summary", "client": "client_name", "ticket": "ticket_ref"}
    known = [Statement(f"session:{id_}", StatementKind.SESSION, read[key]) for key, id_ in fields.items()]
    said = [_said(line, zone) for line in read["said"].strip().splitlines()]
    inputs = {each.id.removeprefix("input:"): each.text for each in said if each.kind == StatementKind.INPUT}
    attempts = [_attempt(number, fix, zone, read["author"]) for number, fix in enumerate(read["fixes"], 1)]
    events = [statement for attempt in attempts for statement in _events(attempt, read["author"])]
    return Bundle(
        uuid5(NAMESPACE_URL, read["title"]),
        read["title"],
        read["problem"],
        read["client"],
        read["ticket"],
        zone,
        len(known) + len(said),
        _time(read["now"], zone),
        read["author"],
        {each.id: each for each in [*known, *said, *events]},
        tuple(each.id for each in said if each.kind == StatementKind.FACT),
        tuple(each.id for each in said if each.kind == StatementKind.MESSAGE),
        tuple(attempts),
        ClosingInput(**inputs),
    )


def _said(line: str, zone: ZoneInfo) -> Statement:
    id_, person, at, text = (part.strip() for part in line.split(" | ", 3))
    return Statement(id_, StatementKind(id_.split(":")[0]), text, _time(at, zone), person, anchor=id_.replace(":", "-"))


def _attempt(number: int, fix: dict[str, Any], zone: ZoneInfo, person: str) -> Attempt:
    status, at = Status(fix["status"]), _time(fix["at"], zone)
    check_by = _time(fix["check_by"], zone) if "check_by" in fix else None
    applied_at = _time(fix["applied"], zone) if "applied" in fix else None
    return Attempt(
        number,
        uuid5(NAMESPACE_URL, fix["title"]),
        fix["title"],
        fix["description"],
        fix.get("hint", ""),
        status,
        status not in {Status.FAILED, Status.DISMISSED},
        _time(fix["suggested"], zone),
        applied_at or (at if status != Status.DISMISSED else None),
        at if status in {Status.SUCCESS, Status.FAILED} else None,
        f"event:{number}0.0",
        f"event:{number}1.0" if applied_at else "",
        outcomes=(Outcome(status, at, person, fix["notes"], check_by, f"event:{number}2.0"),),
    )


def _events(attempt: Attempt, person: str) -> Iterator[Statement]:
    """Yield the statements of a fix, as the reader makes them."""
    yield Statement(attempt.suggested, StatementKind.EVENT, "", attempt.suggested_at, "", attempt.number)
    if attempt.applied:
        yield Statement(attempt.applied, StatementKind.EVENT, "", attempt.applied_at, person, attempt.number)
    outcome = attempt.outcomes[-1]
    yield Statement(outcome.cites, StatementKind.EVENT, outcome.notes, outcome.at, outcome.person, attempt.number)
    if attempt.hint:
        yield Statement(f"hint:{attempt.number}", StatementKind.HINT, attempt.hint, attempt=attempt.number)


def _time(text: str, zone: ZoneInfo) -> datetime:
    return datetime.strptime(str(text), "%Y-%m-%d %H:%M").replace(tzinfo=zone)
