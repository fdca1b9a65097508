"""The email that reminds a person of checks."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from hashlib import sha256

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from common.times import clock, due
from fixes.banner.places import SessionPage
from fixes.models import Reminder, SuggestedFix
from sessions.notices import shortened

LISTED = 25
"""How many checks are listed. The board has the others."""


@dataclass(frozen=True)
class Check:
    fix: SuggestedFix
    now: datetime

    @property
    def about(self) -> str:
        """Ticket and client, as far as they are known; else the session's title."""
        session = self.fix.session
        return ", ".join(filter(None, (session.ticket_ref, session.client_name))) or session.title

    @property
    def when(self) -> str:
        """ "Check by 13:30, overdue 55 min"."""
        assert self.fix.follow_up_at
        return f"Check by {clock(self.fix.follow_up_at, self.now)}, {due(self.fix.follow_up_at, self.now)}"

    @property
    def reason(self) -> str:
        return shortened(self.fix.pending_reason or "")

    @property
    def link(self) -> str:
        return settings.SITE_URL + str(SessionPage().page(self.fix))


def email_of(user: User, reminders: list[Reminder], connection: BaseEmailBackend) -> EmailMessage:
    """Return the email with these checks, the longest overdue first, with times on the person's clock."""
    now, fixes = timezone.now(), {reminder.fix_id: _fix_of(reminder) for reminder in reminders}
    checks = sorted((Check(fix, now) for fix in fixes.values()), key=lambda check: check.fix.follow_up_at or now)
    context = {
        "user": user,
        "checks": checks[:LISTED],
        "others": len(checks[LISTED:]),
        "board": settings.SITE_URL + reverse("board"),
        "profile": settings.SITE_URL + reverse("profile"),
    }
    with timezone.override(user.zone):
        text = render_to_string("fixes/mail/checks_due.txt", context)
    headers = {"Message-ID": message_id(reminders), "Auto-Submitted": "auto-generated"}
    return EmailMessage(_subject(checks), text, to=[user.email], headers=headers, connection=connection)


def _fix_of(reminder: Reminder) -> SuggestedFix:
    fix = reminder.fix
    fix.session = reminder.session  # read with the reminder
    return fix


def _subject(checks: list[Check]) -> str:
    if len(checks) > 1:
        return f"{len(checks)} checks are due"
    subject = f"Check due: {checks[0].fix.title} ({checks[0].about})"
    return " ".join(subject.split())


def message_id(reminders: list[Reminder]) -> str:
    """Return the Message-ID of the email with these reminders, the same whenever it is sent."""
    digest = sha256("".join(sorted(str(reminder.pk) for reminder in reminders)).encode()).hexdigest()[:32]
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
    return f"<reminder.{digest}@{domain}>"
