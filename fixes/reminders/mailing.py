"""Sends the emails of reminders: one to a person, with whatever is due for them.

People are claimed while their emails are sent, by advisory locks of the worker's connection. So no two workers send the
same; and the locks of a killed one end with its connection, so the next sends what it left, with the same Message-ID.
"""

import logging
import time
from collections import defaultdict
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.db.models import F
from django.utils import timezone

from accounts.mail import FAILURES
from accounts.models import User
from fixes.due_checks import is_checked_by
from fixes.models import Reminder
from fixes.reminders.email_text import email_of

log = logging.getLogger(__name__)

PEOPLE = 10
"""How many people are claimed at once. Few, because what is due for them is read before the first email is sent."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
"""After how long an email is tried again that failed; twice as long each time."""
BREATH = 0.002
"""Seconds of rest after each email: a sender never takes a whole processor, so clicks hardly notice it."""
FAILURES_MAX = 3
"""After so many failures one after the other, the mail server counts as down until the next search."""

NOBODY = UUID(int=0)
"""Before everybody, in the order of ids."""

WITH_EMAILS = """
    SELECT DISTINCT user_id FROM reminders WHERE mail_due_at <= %s AND user_id > %s ORDER BY user_id LIMIT %s
"""
LOCK = "hashtextextended('reminders', 0) # hashtextextended(person::text, 0)"
CLAIM = f"SELECT person FROM unnest(%s::uuid[]) AS person WHERE pg_try_advisory_lock({LOCK})"  # noqa: S608
RELEASE = f"SELECT pg_advisory_unlock({LOCK}) FROM unnest(%s::uuid[]) AS person"  # noqa: S608
MAILED = """
    UPDATE reminders SET mail_due_at = NULL, mailed_at = CASE WHEN reminders.id = ANY(%s) THEN %s ELSE mailed_at END
    FROM (SELECT set_config('synchronous_commit', 'off', true)) AS hurried WHERE reminders.id = ANY(%s)
"""
"""It doesn't wait for the disk, and no click waits behind thousands of them. If PostgreSQL's machine crashes within the
next second, an email is sent again, with the same Message-ID."""


def people_with_emails(most: int) -> int:
    """Count the people who have an email due, up to `most`."""
    return len(_column(WITH_EMAILS, [timezone.now(), NOBODY, most]))


def send_emails() -> int:
    """Send what is due, and return how many emails were sent. What fails is tried again later."""
    sent = failed = 0
    server = get_connection()
    try:
        with closing(_claimed()) as claimed:
            for user, reminders in claimed:
                due = [reminder for reminder in reminders if _is_still_due(reminder, user)]
                if not due or _try_to_send(user, due, server):
                    _note(reminders, due)
                    sent, failed = sent + bool(due), 0
                    time.sleep(BREATH)
                    continue
                _postpone(reminders)
                failed += 1
                if failed == FAILURES_MAX:
                    break
    finally:
        server.close()
    return sent


def _claimed() -> Generator[tuple[User, list[Reminder]], None, None]:
    """Yield the people who have an email due, each once and with their reminders, those of other workers left out."""
    last = NOBODY
    while ids := _column(WITH_EMAILS, [timezone.now(), last, PEOPLE]):
        with _claims(ids) as ours:
            reminders = Reminder.objects.filter(user__in=ours, mail_due_at__lte=timezone.now()).order_by("created_at")
            by_person = defaultdict(list)
            for reminder in reminders.select_related("fix", "session__owner"):
                by_person[reminder.user_id].append(reminder)
            people = User.objects.select_related("account").in_bulk(by_person)
            yield from ((people[each], by_person[each]) for each in by_person)
        last = ids[-1]


@contextmanager
def _claims(ids: list[UUID]) -> Iterator[list[UUID]]:
    """Claim these people, except those whom another worker has claimed."""
    ours = _column(CLAIM, [ids])
    try:
        yield ours
    finally:
        _column(RELEASE, [ours])


def _column(statement: str, values: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row[0] for row in cursor.fetchall()]


def _is_still_due(reminder: Reminder, user: User) -> bool:
    """Return whether the fix still waits for this check, and the check is still this person's."""
    fix = reminder.fix
    is_due = fix.is_waiting and fix.follow_up_at == reminder.check_by
    return is_due and user.email_reminders and is_checked_by(user, reminder.session)


def _try_to_send(user: User, due: list[Reminder], server: BaseEmailBackend) -> bool:
    try:
        server.open()  # does nothing where it is open
        email_of(user, due, server).send()
    except FAILURES as error:
        log.warning("the reminders to %s could not be emailed, and are tried again: %r", user.pk, error)
        server.close()
        return False
    except Exception:  # what can't be written to one person is sent to the others all the same
        log.exception("the reminders to %s could not be emailed", user.pk)
        return False
    return True


def _note(reminders: list[Reminder], mailed: list[Reminder]) -> None:
    """Note that these need no email any more, and which were in one."""
    with connection.cursor() as cursor:
        cursor.execute(MAILED, [[each.pk for each in mailed], timezone.now(), [each.pk for each in reminders]])


def _postpone(reminders: list[Reminder]) -> None:
    pause = min(FIRST_PAUSE * 2 ** max(each.attempts for each in reminders), LONGEST_PAUSE)
    failed = Reminder.objects.filter(pk__in=[each.pk for each in reminders])
    failed.update(attempts=F("attempts") + 1, mail_due_at=timezone.now() + pause)
