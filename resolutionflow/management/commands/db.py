from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from resolutionflow.embedded import server


class Command(BaseCommand):
    help = "The embedded PostgreSQL: start it and leave it running, stop it, or show its status."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["start", "stop", "status"])

    def handle(self, *, act: str, **_: Any) -> None:
        data = settings.DATABASES["default"].get("DATA_DIRECTORY")
        if not data:
            raise CommandError("DATABASE_URL is set, so no embedded PostgreSQL is in use. Manage that server instead.")
        self.stdout.write(getattr(self, f"_{act}")(server.at(data)))

    def _start(self, embedded: server.Server) -> str:
        embedded.ready()
        embedded.keep()
        return self._status(embedded)

    def _stop(self, embedded: server.Server) -> str:
        embedded.users.join()
        embedded.release()
        if embedded.leave():
            return "stopped"
        return "still in use: it stops with the last command or server that uses it"

    def _status(self, embedded: server.Server) -> str:
        if not (postmaster := embedded.cluster.postmaster()):
            return "stopped"
        kept = "until `manage.py db stop`" if embedded.is_kept() else "while a process uses it"
        return f"running (process {postmaster.pid}, socket {embedded.cluster.sockets}), {kept}"
