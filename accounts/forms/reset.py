"""Asking for a new password by mail: Django’s form, with our words and our idea of who gets one."""

import logging
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib.auth.forms import PasswordResetForm
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from accounts import mail
from accounts.forms.fields import EmailField
from accounts.models import User

AGAIN_AFTER = timedelta(minutes=5)

logger = logging.getLogger(__name__)


class ResetForm(PasswordResetForm):
    connection: BaseEmailBackend | None = None
    """Opened before anybody is looked up, so that a mail server that is away is told to everybody alike."""

    email = EmailField(attributes={"autocomplete": "username", "autofocus": True})

    def get_users(self, email: str) -> Iterable[User]:
        """Whoever may sign in by this address, and was sent no link just now. One statement, so two clicks send one."""
        now = timezone.now()
        rested = Q(reset_sent_at=None) | Q(reset_sent_at__lte=now - AGAIN_AFTER)
        people = User.objects.filter(email=email, is_active=True)
        return people.all() if people.filter(rested).update(reset_sent_at=now) else []

    def send_mail(
        self, subject_template_name: str, email_template_name: str, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> None:
        person: User = context["user"]
        body = render_to_string(email_template_name, context)
        message = EmailMessage("A new password for ResolutionFlow", body, to=[person.email], connection=self.connection)
        try:
            message.send()
        except mail.FAILURES:  # telling it would tell that this address is known
            logger.exception("The mail with a link to a new password could not be sent to the person %s.", person.pk)
