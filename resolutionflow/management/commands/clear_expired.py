from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.api.models import KeptAnswer
from accounts.session_store import SessionStore
from fixes import reminders
from flowpilot import calls
from sessions import notices
from tickets import previews


class Command(BaseCommand):
    help = (
        "Delete expired sign-ins, stored responses, previews of texts, old reminders, notices that were read, and what "
        "was sent to a model longer ago than FLOWPILOT_KEEP_DAYS. "
        "The server does it when it starts, its worker every hour."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        SessionStore.clear_expired()
        KeptAnswer.objects.expired(timezone.now()).delete()
        calls.delete_old(timezone.now())
        previews.delete_old(timezone.now())
        reminders.delete_old(timezone.now())
        notices.delete_old(timezone.now())
