"""One file: checked and replayed line by line, in one transaction. A flaw anywhere, and nothing of it is written."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from django.db import connection, transaction

from accounts.models import User
from fixes.importing import lines
from fixes.importing.lines import Line
from fixes.importing.order import note_disorder
from fixes.importing.problems import Flawed, Problem, Problems
from fixes.importing.records import SESSION, SessionRecord, digest_of
from fixes.importing.replay import replay
from fixes.models import SuggestedFix
from sessions.models import AISession

LISTED = 20
ONE_AT_A_TIME = 7_274_655
"""Number of the database's advisory lock: two imports of the same ids would trip over each other."""


@dataclass
class Outcome:
    """What came of a file. `problems`: the first LISTED of `flaws`, each with file, line and field."""

    name: str
    imported: int = 0
    skipped: int = 0
    flaws: int = 0
    problems: list[str] = field(default_factory=list)
    seen: dict[UUID, int] = field(default_factory=dict)

    def note(self, problem: Problem | str, line: int | None = None) -> None:
        self.flaws += 1
        if len(self.problems) < LISTED:
            self.problems.append(f"{self.name}:{line}: {problem}" if line else f"{self.name}: {problem}")


def import_file(path: Path, owner: User, progressed: Callable[[int], object]) -> Outcome:
    """`progressed` is told the size of each line that is done."""
    outcome = Outcome(os.fsencode(path).decode(errors="replace"))
    try:
        with path.open("rb") as file, transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
            for line in lines.read(file):
                _import_line(line, owner, outcome)
                progressed(line.size)
            if not outcome.imported + outcome.skipped + outcome.flaws:
                outcome.note("has no sessions; is it the right file?")
            transaction.set_rollback(outcome.flaws > 0)
    except OSError as error:
        outcome.note(f"can't be read: {(error.strerror or str(error)).lower()}")
    return outcome


def _import_line(line: Line, owner: User, outcome: Outcome) -> None:
    try:
        with transaction.atomic():
            problems = _take(line, owner, outcome)
    except Flawed as flaw:
        problems = Problems([flaw.problem])
    for problem in problems:
        outcome.note(problem, line.number)


def _take(line: Line, owner: User, outcome: Outcome) -> Problems:
    found = Problems([line.problem] if line.problem else [])
    if line.value is None:
        return found
    record: SessionRecord | None = SESSION(line.value, "", found)
    if record is None:
        return found
    note_disorder(record, found)
    _note_repeated(record, line.number, outcome, found)
    if not found:
        _import_or_skip(record, digest_of(line.value), owner, outcome)
    return found


def _note_repeated(record: SessionRecord, number: int, outcome: Outcome, found: Problems) -> None:
    ids = {"id": record.id} | {f"fixes[{index}].id": fix.id for index, fix in enumerate(record.fixes)}
    for name, known in ids.items():
        first = outcome.seen.setdefault(known, number)
        if first != number:
            found.add(name, f"stands on line {first} already; remove one of the two, or give it a new UUID")


def _import_or_skip(record: SessionRecord, digest: str, owner: User, outcome: Outcome) -> None:
    session = AISession.objects.filter(pk=record.id).only("account_id", "import_digest").first()
    if session and session.account_id != owner.account_id:
        raise Flawed(Problem("id", "can't be used; give this session a new UUID"))
    if session and session.import_digest != digest:
        raise Flawed(Problem("id", "exists with other content; import changes nothing, so give it a new UUID"))
    if session:
        outcome.skipped += 1
        return
    taken = set(SuggestedFix.objects.filter(pk__in=[fix.id for fix in record.fixes]).values_list("pk", flat=True))
    for index, fix in enumerate(record.fixes):
        if fix.id in taken:
            raise Flawed(Problem(f"fixes[{index}].id", "can't be used; give this fix a new UUID"))
    replay(record, owner, digest)
    outcome.imported += 1
