from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from resolutionflow.serving import preparation
from resolutionflow.worker import process


class Command(BaseCommand):
    help = "Run jobs, such as FlowPilot's answers by a model, until stopped. `manage.py serve` starts one such worker."
    requires_system_checks = []  # those that need the database run below

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--checked", action="store_true", help="don't check the database again")

    def handle(self, *, checked: bool, **_: Any) -> None:
        if not checked:
            preparation.require_migrations()
            preparation.run_checks()
            self.stdout.write("The worker runs (Ctrl-C stops it)")
            self.stdout.flush()
        connections.close_all()
        if not process.run():
            raise CommandError("The worker ended; the reason is in the log above.")
