from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Account
from flowpilot.playbook_files import shipped
from flowpilot.playbook_files.importing import ImportResult, import_folder


class Command(BaseCommand):
    help = "Import playbooks from a folder of Markdown files (docs/playbooks.md). One problem, and nothing is imported."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", metavar="FOLDER", type=Path, help="default: the shipped playbooks")
        parser.add_argument("--account", metavar="SLUG", help="whose they are; without it all accounts share them")
        parser.add_argument(
            "--replace-edited", action="store_true", help="let the files replace what was edited in the admin"
        )

    def handle(self, *, folder: Path | None, account: str | None, replace_edited: bool, **_: Any) -> None:
        if account is not None and folder is None:
            raise CommandError("Name the folder with the playbooks of the account.")
        whose = None if account is None else _account(account)
        result = import_folder(folder or shipped.SHIPPED, whose, replace_edited=replace_edited)
        for problem in result.problems:
            self.stderr.write(str(problem))
        if result.problems:
            count = len(result.problems)
            raise CommandError(f"{count} problem{'s' if count > 1 else ''}. Nothing was imported.")
        self._report(result)

    def _report(self, result: ImportResult) -> None:
        self.stdout.write(f"{result.new} new, {result.changed} changed, {result.unchanged} unchanged")
        for title in result.kept:
            self.stdout.write(f"Kept as it was edited in the admin: {title} (--replace-edited takes the file)")
        for title in result.gone:
            self.stdout.write(f"Not in the folder any more, still in use: {title} (retire it in the admin)")


def _account(slug: str) -> Account:
    account = Account.objects.filter(slug=slug).first()
    if account is None:
        known = ", ".join(Account.objects.values_list("slug", flat=True)[:10]) or "none yet"
        raise CommandError(f"There is no account “{slug}”. The accounts: {known}.")
    return account
