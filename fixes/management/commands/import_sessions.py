import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from accounts.models import Account, User
from fixes.importing.files import FileResult, import_file

QUIET_SECONDS = 2
"""Shorter imports show no progress."""


class Command(BaseCommand):
    help = "Import troubleshooting sessions from JSON Lines (docs/import.md). A flawed file changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
        parser.add_argument("--account", required=True, metavar="SLUG", help="the account that the sessions go to")
        parser.add_argument("--owner", required=True, metavar="EMAIL", help="the engineer they are recorded for")

    def handle(self, *, files: list[Path], account: str, owner: str, **_: Any) -> None:
        engineer = _engineer(account, owner)
        results = [self._import(path, engineer) for path in files]
        accepted = [each for each in results if not each.flaws]
        imported, skipped = sum(each.imported for each in accepted), sum(each.skipped for each in accepted)
        self.stdout.write(f"{imported:,} imported, {skipped:,} skipped: already there with the same content")
        if refused := len(results) - len(accepted):
            raise CommandError(f"{refused} of {_files(len(results))} refused. Nothing of a refused file was written.")

    def _import(self, path: Path, engineer: User) -> FileResult:
        with _progress(path) as progress:
            try:
                result = import_file(path, engineer, progress.update)
            except KeyboardInterrupt:
                raise CommandError(f"Stopped. Nothing of {path} was written.", returncode=130) from None
        for problem in result.problems:
            self.stderr.write(problem)
        if more := result.flaws - len(result.problems):
            self.stderr.write(f"{result.name}: and {more:,} more")
        return result


def _progress(path: Path) -> tqdm:
    """Show a bar on a terminal; elsewhere, such as in a log, write a line every half minute."""
    terminal = sys.stderr.isatty()
    size = os.path.getsize(path) if os.path.isfile(path) else None
    return tqdm(
        desc=path.name,
        total=size or None,
        unit="B",
        unit_scale=True,
        file=sys.stderr,
        delay=QUIET_SECONDS if terminal else 10,
        mininterval=0.1 if terminal else 30,
        ascii=None if terminal else True,
    )


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"


def _engineer(slug: str, email: str) -> User:
    account = Account.objects.filter(slug=slug).first()
    if account is None:
        known = ", ".join(Account.objects.values_list("slug", flat=True)[:10]) or "none yet"
        raise CommandError(f"There is no account “{slug}”. The accounts: {known}.")
    user = User.objects.select_related("account").filter(account=account, email=email.lower()).first()
    if user is None:
        raise CommandError(f"Nobody in the account “{slug}” has the email address “{email}”.")
    if not (user.can_work and user.is_active):
        state = "has read-only access" if user.is_active else "is deactivated"
        raise CommandError(f"{email} {state}. The owner must be an engineer or admin of “{slug}”.")
    return user
