from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.template.defaultfilters import pluralize
from django.utils import timezone

from accounts.demo import PASSWORD, PEOPLE, SUPERUSER, load_people
from flowpilot.demo.history import load_history
from flowpilot.playbook_files import shipped
from flowpilot.playbook_files.importing import import_folder
from resolutionflow.demo.loading import load_stories


class Command(BaseCommand):
    help = "Load demo accounts, people and sessions. What is already there stays as it is."

    def handle(self, **_: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError(
                "Demo data is not for production: its password is known to everybody. Nothing was written."
            )
        with transaction.atomic():
            if shipped.has_changed():
                import_folder(shipped.SHIPPED, None)
            people = load_people()
            now = timezone.now()
            made = load_history(now) + load_stories(now)
        if people or made:
            self.stdout.write(f"Demo data: made {people} people, {made} session{pluralize(made)}.")
        else:
            self.stdout.write("Demo data: everything is already there, nothing was written.")
        self._say_sign_ins()

    def _say_sign_ins(self) -> None:
        self.stdout.write(f"Sign in with the password {PASSWORD} as")
        for email, name, role in PEOPLE:
            self.stdout.write(f"  {email:<30} {name}, {role.label.lower()}")
        email, name = SUPERUSER
        self.stdout.write(f"  {email:<30} {name}, superuser")
