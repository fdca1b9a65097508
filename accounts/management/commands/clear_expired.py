from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.api.models import KeptAnswer
from accounts.session_store import SessionStore


class Command(BaseCommand):
    help = (
        "Delete expired sign-ins and stored responses. The server does it when it starts; cron can do it every night."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        SessionStore.clear_expired()
        KeptAnswer.objects.expired(timezone.now()).delete()
