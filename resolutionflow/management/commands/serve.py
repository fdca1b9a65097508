import gc
import signal
import sys
from argparse import ArgumentParser
from functools import partial
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from resolutionflow.serving import listen_address, parent_make, preparation, startup_message, supervisor
from resolutionflow.serving.single_instance import AlreadyRunning, SingleInstance
from resolutionflow.serving.worker import Worker


class Command(BaseCommand):
    help = "Serve ResolutionFlow: prepare the database and static files, then serve requests until stopped."
    requires_system_checks = []  # they run below, with those that need the database

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demo", action="store_true", help="load demo data into an empty database")
        parser.add_argument("--reload", action="store_true", help="restart the workers when code changes")
        parser.add_argument("--no-worker", action="store_true", help="run no jobs: `manage.py work` does, elsewhere")

    def handle(self, *, demo: bool, reload: bool, no_worker: bool, **_: Any) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, _exit)
        parent_make.stop_with_it()
        instance = SingleInstance(settings.VAR_DIR)
        try:
            instance.claim(listen_address.url())
        except AlreadyRunning as error:
            raise CommandError(str(error)) from error
        try:
            self._prepare(demo)
            self._serve(instance, reload, None if no_worker else Worker(instance))
        finally:
            instance.close()

    def _prepare(self, demo: bool) -> None:
        listen_address.free_address()
        preparation.prepare_database()
        preparation.prepare_static_files()
        preparation.prepare_playbooks()
        if demo:
            preparation.prepare_demo()
        preparation.run_checks()
        call_command("clear_expired")

    def _serve(self, instance: SingleInstance, reload: bool, worker: Worker | None) -> None:
        address, has_demo = listen_address.free_address(), preparation.has_demo()
        connections.close_all()  # a worker must not inherit a connection
        gc.freeze()  # and shares this memory longer when the collector leaves it alone

        def say() -> None:
            self.stdout.write(f"ResolutionFlow runs at {listen_address.url()} (Ctrl-C stops it)")
            if has_demo:
                self.stdout.write(startup_message.DEMO_SIGN_INS)
            self.stdout.flush()

        local = listen_address.local(address)
        on_startup = partial(startup_message.print_when_ready, local, settings.PORT, say)
        supervisor.serve(instance, address, reload, worker, on_startup)


def _exit(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)
