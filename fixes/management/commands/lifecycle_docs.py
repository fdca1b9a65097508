from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from fixes.lifecycle.docs import PAGE, page


class Command(BaseCommand):
    help = "Write docs/lifecycle.md from the lifecycle's tables. With --check: only say whether it is stale."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing, fail when the page is stale")

    def handle(self, *args: Any, **options: Any) -> None:
        stale = not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page()
        if stale and options["check"]:
            raise CommandError(
                f"{PAGE.name} doesn’t say what the tables say. Run: .venv/bin/python manage.py lifecycle_docs"
            )
        if stale:
            PAGE.write_text(page(), encoding="utf-8")
        self.stdout.write(f"docs/{PAGE.name} {'written' if stale else 'is up to date'}.")
