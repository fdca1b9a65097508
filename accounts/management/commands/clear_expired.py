from typing import Any

from django.core.management.base import BaseCommand

from accounts.session_store import SessionStore


class Command(BaseCommand):
    help = "Deletes sign-ins that have expired. The server does it at its start; cron may do it every night."

    def handle(self, *args: Any, **options: Any) -> None:
        SessionStore.clear_expired()
