from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.api.models import KeptAnswer
from accounts.session_store import SessionStore


class Command(BaseCommand):
    help = "Deletes expired sign-ins and kept answers. The server does it at its start; cron may do it every night."

    def handle(self, *args: Any, **options: Any) -> None:
        SessionStore.clear_expired()
        KeptAnswer.objects.expired(timezone.now()).delete()
