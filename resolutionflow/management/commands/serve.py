import gc
import signal
import sys
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from resolutionflow.serving import address, announcement, make, preparation, workers
from resolutionflow.serving.instance import AlreadyRunning, Instance


class Command(BaseCommand):
    help = "Serve ResolutionFlow: prepare the database and static files, then answer requests until stopped."
    requires_system_checks = []  # they run below, where the database can be asked too

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demo", action="store_true", help="load demo data into an empty database")
        parser.add_argument("--reload", action="store_true", help="start the workers anew when code changes")

    def handle(self, *, demo: bool, reload: bool, **_: Any) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, _end)
        make.stop_with_it()
        instance = Instance(settings.VAR_DIR)
        try:
            instance.claim(address.url())
        except AlreadyRunning as error:
            raise CommandError(str(error)) from error
        try:
            self._serve(instance, demo, reload)
        finally:
            instance.close()

    def _serve(self, instance: Instance, demo: bool, reload: bool) -> None:
        where = address.free_address()
        preparation.prepare_database()
        preparation.prepare_static_files()
        if demo:
            preparation.prepare_demo()
        preparation.run_checks()
        call_command("clear_expired")
        has_demo = preparation.has_demo()
        connections.close_all()  # a worker must not inherit one
        gc.freeze()  # nor copy what it shares with us

        def say() -> None:
            self.stdout.write(f"ResolutionFlow runs at {address.url()} (Ctrl-C stops it)")
            if has_demo:
                self.stdout.write(announcement.DEMO)
            self.stdout.flush()

        workers.serve(instance, where, reload, lambda: announcement.announce(address.local(where), settings.PORT, say))


def _end(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)
