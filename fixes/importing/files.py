"""Imports one file line by line, in one transaction. One flaw anywhere, and nothing of the file is written."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from django.db import connection, transaction

from accounts.models import User
from fixes.importing import lines
from fixes.importing.lines import Line
from fixes.importing.order import check_order
from fixes.importing.problems import Flawed, Problem, Problems
from fixes.importing.records import SESSION, SessionRecord, digest_of
from fixes.importing.replay import replay
from fixes.models import SuggestedFix
from sessions.models import AISession

LISTED = 20
ONE_AT_A_TIME = 7_274_655
"""Number of the advisory lock in the database: two imports of the same ids would collide."""


@dataclass
class FileResult:
    """The result for one file. `problems`: the first LISTED of `flaws`, each with file, line and field."""

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


def import_file(path: Path, owner: User, progressed: Callable[[int], object]) -> FileResult:
    """Import a file; `progressed` is called with the size of each line that is done."""
    result = FileResult(os.fsencode(path).decode(errors="replace"))
    try:
        with path.open("rb") as file, transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
            for line in lines.read(file):
                _import_line(line, owner, result)
                progressed(line.size)
            if not result.imported + result.skipped + result.flaws:
                result.note("This has no sessions. Is it the right file?")
            transaction.set_rollback(result.flaws > 0)
    except OSError as error:
        result.note(f"This can't be read: {(error.strerror or str(error)).lower()}.")
    return result


def _import_line(line: Line, owner: User, result: FileResult) -> None:
    try:
        with transaction.atomic():
            problems = _check_and_import(line, owner, result)
    except Flawed as flaw:
        problems = Problems([flaw.problem])
    for problem in problems:
        result.note(problem, line.number)


def _check_and_import(line: Line, owner: User, result: FileResult) -> Problems:
    found = Problems([line.problem] if line.problem else [])
    if line.value is None:
        return found
    record: SessionRecord | None = SESSION(line.value, "", found)
    if record is None:
        return found
    check_order(record, found)
    _check_repeated(record, line.number, result, found)
    if not found:
        _import_or_skip(record, digest_of(line.value), owner, result)
    return found


def _check_repeated(record: SessionRecord, number: int, result: FileResult, found: Problems) -> None:
    ids = {"id": record.id} | {f"fixes[{index}].id": fix.id for index, fix in enumerate(record.fixes)}
    for name, known in ids.items():
        first = result.seen.setdefault(known, number)
        if first != number:
            found.add(name, f"Already on line {first}. Remove one of the two, or give it a new UUID.")


def _import_or_skip(record: SessionRecord, digest: str, owner: User, result: FileResult) -> None:
    session = AISession.objects.filter(pk=record.id).only("account_id", "import_digest").first()
    if session and session.account_id != owner.account_id:
        raise Flawed(Problem("id", "This can't be used. Give this session a new UUID."))
    if session and session.import_digest != digest:
        raise Flawed(
            Problem("id", "Already imported with other content, which an import doesn't change. Give it a new UUID.")
        )
    if session:
        result.skipped += 1
        return
    taken = set(SuggestedFix.objects.filter(pk__in=[fix.id for fix in record.fixes]).values_list("pk", flat=True))
    for index, fix in enumerate(record.fixes):
        if fix.id in taken:
            raise Flawed(Problem(f"fixes[{index}].id", "This can't be used. Give this fix a new UUID."))
    replay(record, owner, digest)
    result.imported += 1
