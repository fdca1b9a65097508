"""Emails of reminders whose mail server fails, refuses an address, or isn't set."""

from datetime import UTC, datetime

import pytest
from django.conf import LazySettings

from accounts.models import User
from accounts.tests.factories import UserFactory
from fixes.models import Reminder, SuggestedFix
from fixes.reminders import remind
from fixes.tests.acting import MINUTE
from fixes.tests.reminders import MONDAY, Clock, rung, waiting
from sessions import notices
from tests.mail_server import MailServer


@pytest.fixture(autouse=True)
def clock(time_machine: Clock) -> Clock:
    time_machine.move_to(MONDAY, tick=False)
    return time_machine


class TestAMailServerThatFails:
    @pytest.fixture
    def fix(self, maya: User) -> SuggestedFix:
        return waiting(maya)

    def test_is_tried_again_and_nothing_is_told_twice(
        self, maya: User, fix: SuggestedFix, server: MailServer, settings: LazySettings, clock: Clock
    ) -> None:
        settings.EMAIL_PORT = 1
        assert remind() == 0
        assert notices.unread_count(maya) == 1
        settings.EMAIL_PORT = server.port
        assert remind() == 0  # it rests for a minute
        clock.shift(MINUTE)
        assert remind() == 1
        assert (rung(maya), len(server.received)) == (1, 1)

    def test_is_tried_less_and_less_often(self, fix: SuggestedFix, settings: LazySettings, clock: Clock) -> None:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
        settings.EMAIL_PORT = 1
        pauses = []
        for _ in range(9):
            remind()
            due = Reminder.objects.get().mail_due_at
            assert due
            pauses.append((due - datetime.now(UTC)) // MINUTE)
            clock.move_to(due, tick=False)
        assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]

    def test_an_address_that_is_refused_keeps_nobody_from_their_email(
        self, maya: User, fix: SuggestedFix, server: MailServer
    ) -> None:
        others = [UserFactory.create(account=maya.account) for _ in range(3)]
        for other in others:
            waiting(other)
        server.refused = {maya.email}
        assert remind() == 3
        assert {message["To"] for message in server.received} == {other.email for other in others}
        assert Reminder.objects.get(user=maya).attempts == 1

    def test_a_dead_server_is_not_asked_for_everybody(self, maya: User, settings: LazySettings) -> None:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
        settings.EMAIL_PORT = 1
        for _ in range(5):
            waiting(UserFactory.create(account=maya.account))
        remind()
        assert Reminder.objects.filter(attempts=1).count() == 3
        assert Reminder.objects.filter(attempts=0, mail_due_at__isnull=False).count() == 2

    def test_an_email_that_is_sent_again_has_the_same_id(
        self, maya: User, fix: SuggestedFix, server: MailServer
    ) -> None:
        remind()
        Reminder.objects.update(mail_due_at=MONDAY, mailed_at=None)  # as a worker leaves it that was killed
        remind()
        assert len({message["Message-ID"] for message in server.received}) == 1
        assert len(server.received) == 2


def test_the_console_takes_emails_where_no_server_is_set(
    maya: User, settings: LazySettings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    waiting(maya)
    remind()
    assert "Check due: Restart the router" in capsys.readouterr().out
