import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from accounts.models import Account, User
from fixes.importing.files import Outcome, import_file

QUIET_SECONDS = 2
"""Shorter imports show no progress."""


class Command(BaseCommand):
    help = "Import troubleshooting sessions from JSON Lines (docs/import.md). A flawed file changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
        parser.add_argument("--account", required=True, metavar="SLUG", help="whose sessions they become")
        parser.add_argument("--owner", required=True, metavar="EMAIL", help="the engineer who did all of it")

    def handle(self, *, files: list[Path], account: str, owner: str, **_: Any) -> None:
        engineer = _engineer(account, owner)
        outcomes = [self._import(path, engineer) for path in files]
        taken = [outcome for outcome in outcomes if not outcome.flaws]
        imported, skipped = sum(each.imported for each in taken), sum(each.skipped for each in taken)
        self.stdout.write(f"{imported:,} imported, {skipped:,} skipped: already there with the same content")
        if refused := len(outcomes) - len(taken):
            raise CommandError(f"{refused} of {_files(len(outcomes))} refused. Nothing of a refused file was written.")

    def _import(self, path: Path, engineer: User) -> Outcome:
        with _progress(path) as progress:
            try:
                outcome = import_file(path, engineer, progress.update)
            except KeyboardInterrupt:
                raise CommandError(f"Stopped. Nothing of {path} was written.", returncode=130) from None
        for problem in outcome.problems:
            self.stderr.write(problem)
        if more := outcome.flaws - len(outcome.problems):
            self.stderr.write(f"{outcome.name}: and {more:,} more")
        return outcome


def _progress(path: Path) -> tqdm:
    """On a terminal a bar; elsewhere, such as in a log, a line every half minute."""
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
        raise CommandError(f"Nobody in the account “{slug}” has the e-mail address “{email}”.")
    if not (user.can_work and user.is_active):
        state = "may only read" if user.is_active else "may no longer sign in"
        raise CommandError(f"{email} {state}. The owner must be an engineer or admin of “{slug}”.")
    return user
