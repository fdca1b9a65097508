"""Sends the emails of reminders: one to a person, with whatever is due for them.

A person's reminders are locked while their email is sent. So no two workers send the same, and a killed one leaves them
to the next, which sends an email with the same Message-ID.
"""

import logging
from collections.abc import Iterator
from datetime import timedelta
from enum import Enum
from uuid import UUID

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.mail import FAILURES
from accounts.models import User
from fixes.models import Reminder
from fixes.reminders.email_text import email_of

log = logging.getLogger(__name__)

PEOPLE = 200
"""How many people are looked up at once."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
"""After how long an email is tried again that failed; twice as long each time."""
FAILURES_MAX = 3
"""After so many failures one after the other, the mail server counts as down until the next search."""

FREE = "pg_try_advisory_xact_lock(hashtextextended('reminders:' || reminders.user_id, 0))"
"""Nobody else sends this person's reminders now. True for every row of a person, or for none."""


class Outcome(Enum):
    SENT = "sent"
    FAILED = "failed"
    NOTHING = "nothing left to send, or another worker sends it"


def send_emails() -> int:
    """Send what is due, and return how many emails were sent. What fails is tried again later."""
    sent = failed = 0
    connection = get_connection()
    try:
        for user in _people_with_emails():
            outcome = _send(user, connection)
            sent += outcome == Outcome.SENT
            failed = failed + 1 if outcome == Outcome.FAILED else 0
            if failed == FAILURES_MAX:
                break
    finally:
        connection.close()
    return sent


def _people_with_emails() -> Iterator[User]:
    """Yield the people who have an email due, each once."""
    last = UUID(int=0)
    while True:
        due = Reminder.objects.filter(mail_due_at__lte=timezone.now(), user__gt=last)
        ids = list(due.order_by("user").values_list("user", flat=True).distinct()[:PEOPLE])
        if not ids:
            return
        people = User.objects.select_related("account").in_bulk(ids)
        yield from (people[each] for each in ids)
        last = ids[-1]


def _send(user: User, connection: BaseEmailBackend) -> Outcome:
    """Send a person's email, and note on their reminders what came of it."""
    with transaction.atomic():
        reminders = _locked(user)
        due = [reminder for reminder in reminders if _is_still_due(reminder, user)]
        if due and not _try_to_send(user, due, connection):
            _postpone(reminders)
            return Outcome.FAILED
        now = timezone.now()
        Reminder.objects.filter(pk__in=[each.pk for each in reminders]).update(mail_due_at=None)
        if due:
            Reminder.objects.filter(pk__in=[each.pk for each in due]).update(mailed_at=now)
        return Outcome.SENT if due else Outcome.NOTHING


def _locked(user: User) -> list[Reminder]:
    """Lock the person's reminders whose emails are to be sent. None if another worker has them."""
    reminders = Reminder.objects.filter(user=user, mail_due_at__isnull=False).extra(where=[FREE])  # noqa: S610
    return list(
        reminders.select_related("fix", "session__owner").select_for_update(of=("self",)).order_by("created_at")
    )


def _is_still_due(reminder: Reminder, user: User) -> bool:
    """Return whether the fix still waits for this check, and the check is still this person's."""
    fix, owner = reminder.fix, reminder.session.owner
    is_theirs = owner.pk == user.pk if owner.is_active else user.is_account_admin
    is_wanted = user.is_active and user.email_reminders
    return fix.is_waiting and fix.follow_up_at == reminder.check_by and is_theirs and is_wanted


def _try_to_send(user: User, due: list[Reminder], connection: BaseEmailBackend) -> bool:
    try:
        connection.open()  # does nothing where it is open
        email_of(user, due, connection).send()
    except FAILURES as error:
        log.warning("the reminders to %s could not be emailed, and are tried again: %r", user.pk, error)
        connection.close()
        return False
    except Exception:  # what can't be written to one person is sent to the others all the same
        log.exception("the reminders to %s could not be emailed", user.pk)
        return False
    return True


def _postpone(reminders: list[Reminder]) -> None:
    pause = min(FIRST_PAUSE * 2 ** max(each.attempts for each in reminders), LONGEST_PAUSE)
    failed = Reminder.objects.filter(pk__in=[each.pk for each in reminders])
    failed.update(attempts=F("attempts") + 1, mail_due_at=timezone.now() + pause)
