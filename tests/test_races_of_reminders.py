"""Workers that remind at the same time, and people who record an outcome meanwhile."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import UserFactory
from fixes import reminders
from fixes.models import Reminder, SuggestedFix
from fixes.reminders.mailing import send_emails
from fixes.reminders.ringing import make_reminders
from fixes.tests import lifecycle
from fixes.tests.acting import by
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from sessions import notices
from sessions.models import AISession, Notice
from sessions.tests.factories import SessionFactory
from tests.concurrency import PATIENCE, run_in_thread
from tests.mail_server import MailServer

pytestmark = pytest.mark.django_db(transaction=True)


def due(owner: User) -> SuggestedFix:
    """A check of this person's that is due since a minute."""
    fix, now = make_fix(SessionFactory.create(owner=owner)), timezone.now()
    at = by(owner, now - timedelta(hours=1))
    return lifecycle.record(fix.pk, Status.PENDING, at, notes="The line.", follow_up_at=now - timedelta(minutes=1))


def test_a_check_that_is_being_answered_is_left_for_the_next_look(engineer: User) -> None:
    fix, other = due(engineer), due(engineer)
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        AISession.objects.select_for_update().get(pk=fix.session_id)  # as every act on the fix begins
        assert pool.submit(run_in_thread, lambda: make_reminders(timezone.now())).result(PATIENCE) == 1
        lifecycle.record(fix.pk, Status.SUCCESS, by(engineer))
    assert make_reminders(timezone.now()) == 0
    assert [notice.subject for notice in Notice.objects.all()] == [other.pk]


def test_an_outcome_after_the_reminder_leaves_nothing_unread(engineer: User) -> None:
    fix = due(engineer)
    make_reminders(timezone.now())
    lifecycle.record(fix.pk, Status.SUCCESS, by(engineer))
    assert notices.unread_count(engineer) == 0


def test_two_workers_make_each_reminder_once(engineer: User) -> None:
    for _ in range(120):
        due(engineer)
    with ThreadPoolExecutor(2) as pool:
        for each in [pool.submit(run_in_thread, lambda: make_reminders(timezone.now())) for _ in range(2)]:
            each.result(PATIENCE)
    assert (Reminder.objects.count(), notices.unread_count(engineer)) == (120, 120)


def test_two_workers_send_each_email_once_and_wait_for_nobody(engineer: User, settings: LazySettings) -> None:
    people = [engineer, *(UserFactory.create(account=engineer.account) for _ in range(2))]
    for person in people:
        due(person)
    make_reminders(timezone.now())
    with MailServer(holds=True) as server, ThreadPoolExecutor(1) as pool:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        first = pool.submit(run_in_thread, send_emails)
        assert server.holding.wait(PATIENCE)
        assert send_emails() == 0  # everybody is claimed
        server.release.set()
        assert first.result(PATIENCE) == 3
        assert Counter(message["To"] for message in server.received) == Counter(person.email for person in people)
    assert send_emails() == 0


def test_many_senders_share_the_people(engineer: User, settings: LazySettings) -> None:
    people = [UserFactory.create(account=engineer.account) for _ in range(35)]
    for person in people:
        due(person)
    with MailServer() as server, ThreadPoolExecutor(4) as pool:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        senders = [pool.submit(run_in_thread, send_emails) for _ in range(reminders.make_due())]
        assert len(senders) == 2
        assert sum(each.result(PATIENCE) for each in senders) == 35
        assert Counter(message["To"] for message in server.received) == Counter(person.email for person in people)


def test_clicks_do_not_wait_for_a_mail_server(engineer: User, settings: LazySettings) -> None:
    fix = due(engineer)
    make_reminders(timezone.now())
    with MailServer(holds=True) as server, ThreadPoolExecutor(1) as pool:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        sending = pool.submit(run_in_thread, send_emails)
        assert server.holding.wait(PATIENCE)
        lifecycle.record(fix.pk, Status.SUCCESS, by(engineer))
        assert not sending.done()
        server.release.set()
        sending.result(PATIENCE)
    assert Reminder.objects.get().mailed_at is not None
