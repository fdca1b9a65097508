"""Ask for a link to a new password: Django’s form, with our own rule for who gets one."""

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
    """Opened before the person is looked up: with a mail server that is down, each address gets the same response."""

    email = EmailField(attributes={"autocomplete": "username", "autofocus": True})

    def get_users(self, email: str) -> Iterable[User]:
        """Return the active person with this address, unless a link was sent to them in the last minutes.

        It is one statement, so that two clicks send one email.
        """
        now = timezone.now()
        rested = Q(reset_sent_at=None) | Q(reset_sent_at__lte=now - AGAIN_AFTER)
        people = User.objects.filter(email=email, is_active=True)
        return people.all() if people.filter(rested).update(reset_sent_at=now) else []

    def send_mail(
        self, subject_template_name: str, email_template_name: str, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> None:
        person: User = context["user"]
        body = render_to_string(email_template_name, context)
        message = EmailMessage(
            "Choose a new password for ResolutionFlow", body, to=[person.email], connection=self.connection
        )
        try:
            message.send()
        except mail.FAILURES:  # an error page would reveal that this address is known
            logger.exception("The email with a link to a new password could not be sent to the person %s.", person.pk)
