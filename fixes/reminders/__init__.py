"""Reminders of checks that are due: in the bell and by email (docs/reminders.md).

A reminder is a row, unique for a fix, a person, a check-by time and a morning. So each is made once, however many
workers look for what is due, and one that was due while no worker ran is made by the next.
"""

from datetime import datetime, timedelta
from math import ceil

from django.utils import timezone

from fixes.models import Reminder
from fixes.reminders.mailing import PEOPLE, people_with_emails, send_emails
from fixes.reminders.ringing import make_reminders

__all__ = ["SENDERS", "delete_old", "make_due", "remind", "send_emails"]

SENDERS = 2
"""How many send emails at the same time, in one worker: most of the time they wait for the mail server."""

KEPT = timedelta(days=30)
"""How long reminders are kept. The latest of a check that is still due is at most a weekend old."""


def remind() -> int:
    """Make the reminders that are due, and send their emails. Returns how many emails were sent."""
    make_due()
    return send_emails()


def make_due() -> int:
    """Make the reminders that are due. Returns how many senders their emails need, 0 to SENDERS."""
    make_reminders(timezone.now())
    return ceil(people_with_emails(SENDERS * PEOPLE) / PEOPLE)


def delete_old(now: datetime) -> None:
    Reminder.objects.filter(created_at__lt=now - KEPT, mail_due_at=None).delete()
