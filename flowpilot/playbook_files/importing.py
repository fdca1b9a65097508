"""Imports a folder of playbooks, in one transaction. One problem anywhere, and nothing is written."""

from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Account
from flowpilot.models import Playbook
from flowpilot.playbook_files.digests import digest
from flowpilot.playbook_files.files import PlaybookFile
from flowpilot.playbook_files.folder import read_folder
from flowpilot.playbook_files.problems import Problem
from flowpilot.playbook_files.same_questions import problems

ONE_AT_A_TIME = 7_274_656
"""Number of the advisory lock in the database: two imports of the same files would collide."""


@dataclass
class ImportResult:
    """`kept`: the titles of playbooks that were edited in the admin, and whose files say something else.

    `gone`: the titles of imported ones whose files aren't in the folder any more.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@transaction.atomic
def import_folder(folder: Path, account: Account | None, *, replace_edited: bool = False) -> ImportResult:
    """Import all playbooks of a folder for an account, or for all accounts. The caller shows `problems`.

    `replace_edited`: files outrank what was edited in the admin.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    read = read_folder(folder)
    rows = {playbook.slug: playbook for playbook in Playbook.objects.filter(account=account)}
    if replace_edited:
        for row in rows.values():
            row.edited_at = None
    found = [*read.problems, *problems(read.files, _others(rows, read.files, account))]
    if found:
        return ImportResult(problems=sorted(found))
    result = ImportResult()
    for file in read.files:
        _import(file, rows.pop(file.slug, None), account, result)
    result.gone = [row.title for row in rows.values() if row.digest and not row.retired]
    return result


def _others(rows: dict[str, Playbook], files: list[PlaybookFile], account: Account | None) -> list[Playbook]:
    """Return the playbooks that stay as they are beside those of the files, and can be asked together with them."""
    replaced = {file.slug for file in files if file.slug in rows and rows[file.slug].edited_at is None}
    own = [row for slug, row in rows.items() if slug not in replaced and not row.retired]
    shared = Playbook.objects.filter(account=None, retired=False) if account else []
    return [*own, *shared]


def _import(file: PlaybookFile, row: Playbook | None, account: Account | None, result: ImportResult) -> None:
    columns = asdict(file.content) if file.content else {}
    present = digest(file.raw)
    if row is None:
        Playbook.objects.create(account=account, slug=file.slug, digest=present, **columns)
        result.new += 1
        return
    changes = {name: value for name, value in columns.items() if getattr(row, name) != value}
    if changes and row.edited_at:
        result.kept.append(row.title)
        changes = {}
    elif changes:
        result.changed += 1
        changes["updated_at"] = timezone.now()
    else:
        result.unchanged += 1
    if changes or row.digest != present:
        Playbook.objects.filter(pk=row.pk).update(digest=present, edited_at=row.edited_at, **changes)
