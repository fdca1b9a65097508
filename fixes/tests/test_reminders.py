"""Reminders: who is told of a check that is due, when, how often, what ends it. A real mail server takes emails."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.utils import timezone

from accounts import people
from accounts.models import Role, User
from accounts.tests.factories import AccountFactory, UserFactory
from fixes.models import Reminder, SuggestedFix
from fixes.reminders import remind
from fixes.reminders.mornings import latest_morning
from fixes.reminders.ringing import make_reminders
from fixes.tests import lifecycle
from fixes.tests.acting import COPILOT, MINUTE, by
from fixes.tests.factories import make_fix
from fixes.tests.reminders import DAY, HOUR, MONDAY, Clock, rung, waiting
from fixes.transitions import Status
from sessions import notices
from sessions.models import AISession, Author, Notice
from sessions.tests import acts
from tests.mail_server import MailServer, text_of


@pytest.fixture(autouse=True)
def clock(time_machine: Clock) -> Clock:
    time_machine.move_to(MONDAY, tick=False)
    return time_machine


class TestWorkingMornings:
    @pytest.mark.parametrize(
        ("now", "zone", "morning"),
        [
            ("2026-11-23T09:00:00+00:00", "UTC", "2026-11-23T09:00:00+00:00"),
            ("2026-11-23T08:59:59+00:00", "UTC", "2026-11-20T09:00:00+00:00"),  # Monday before nine: still Friday's
            ("2026-11-21T12:00:00+00:00", "UTC", "2026-11-20T09:00:00+00:00"),
            ("2026-11-22T23:59:00+00:00", "UTC", "2026-11-20T09:00:00+00:00"),
            ("2026-11-23T08:00:00+00:00", "Europe/Berlin", "2026-11-23T09:00:00+01:00"),
            ("2026-11-23T13:59:00+00:00", "America/New_York", "2026-11-20T09:00:00-05:00"),
            ("2026-11-23T14:00:00+00:00", "America/New_York", "2026-11-23T09:00:00-05:00"),
            ("2026-11-22T20:00:00+00:00", "Pacific/Auckland", "2026-11-23T09:00:00+13:00"),  # Monday there
            ("2026-03-30T07:00:00+00:00", "Europe/Berlin", "2026-03-30T09:00:00+02:00"),  # the day after the clocks
            ("2026-03-30T06:59:00+00:00", "Europe/Berlin", "2026-03-27T09:00:00+01:00"),
            ("2026-10-26T08:00:00+00:00", "Europe/Berlin", "2026-10-26T09:00:00+01:00"),
            ("2026-10-26T07:59:00+00:00", "Europe/Berlin", "2026-10-23T09:00:00+02:00"),
            ("2026-11-23T03:15:00+00:00", "Asia/Kathmandu", "2026-11-23T09:00:00+05:45"),
        ],
    )
    def test_are_at_nine_from_monday_to_friday(self, now: str, zone: str, morning: str) -> None:
        found = latest_morning(datetime.fromisoformat(now), ZoneInfo(zone))
        assert found == datetime.fromisoformat(morning)


class TestWhen:
    def days(self, clock: Clock, owner: User, hours: int) -> list[str]:
        """Look every hour for so long, and return when the person was told."""
        for _ in range(hours):
            remind()
            clock.shift(HOUR)
        told = Notice.objects.filter(user=owner, kind="check_due").order_by("created_at")
        return [f"{each.created_at.astimezone(owner.zone):%a %H:%M}" for each in told]

    def test_not_before_it_is_due(self, maya: User, clock: Clock) -> None:
        waiting(maya, MONDAY + HOUR)
        remind()
        assert rung(maya) == 0
        clock.shift(HOUR)
        remind()
        assert rung(maya) == 1

    def test_when_it_is_due_and_on_each_working_morning(self, maya: User, clock: Clock) -> None:
        waiting(maya, MONDAY)
        assert self.days(clock, maya, 72) == ["Mon 14:00", "Tue 09:00", "Wed 09:00", "Thu 09:00"]

    def test_over_the_weekend_it_rests(self, maya: User, clock: Clock) -> None:
        clock.move_to(MONDAY + 4 * DAY, tick=False)
        waiting(maya, MONDAY + 4 * DAY)
        assert self.days(clock, maya, 96) == ["Fri 14:00", "Mon 09:00", "Tue 09:00"]

    def test_due_on_a_weekend_it_is_told_then(self, maya: User, clock: Clock) -> None:
        clock.move_to(MONDAY + 5 * DAY, tick=False)
        waiting(maya, MONDAY + 5 * DAY)
        assert self.days(clock, maya, 72) == ["Sat 14:00", "Mon 09:00", "Tue 09:00"]

    def test_in_the_persons_time_zone_with_its_summer_time(self, db: None, clock: Clock) -> None:
        account = AccountFactory.create(time_zone="America/New_York")
        greta = UserFactory.create(account=account, time_zone="Europe/Berlin")
        friday = datetime(2026, 3, 27, 14, tzinfo=UTC)
        clock.move_to(friday, tick=False)
        waiting(greta, friday)
        assert self.days(clock, greta, 96) == ["Fri 15:00", "Mon 09:00", "Tue 09:00"]
        assert Notice.objects.filter(created_at=datetime(2026, 3, 30, 7, tzinfo=UTC)).count() == 1

    def test_at_nine_itself_it_is_told_once(self, maya: User, clock: Clock) -> None:
        waiting(maya, MONDAY + 19 * HOUR)
        assert self.days(clock, maya, 40) == ["Tue 09:00"]

    def test_shortly_before_nine_it_is_told_once_that_day(self, maya: User, clock: Clock) -> None:
        waiting(maya, MONDAY + 18 * HOUR + 30 * MINUTE)
        assert self.days(clock, maya, 45) == ["Tue 09:00", "Wed 09:00"]

    def test_what_was_due_while_no_worker_ran_is_told_once(self, maya: User, clock: Clock) -> None:
        waiting(maya, MONDAY)
        clock.shift(3 * DAY)
        assert self.days(clock, maya, 2) == ["Thu 14:00"]


class TestWho:
    def test_the_owner_of_the_session(self, maya: User, server: MailServer) -> None:
        UserFactory.create(account=maya.account, role=Role.ADMIN)
        waiting(maya)
        assert remind() == 1
        assert [message["To"] for message in server.received] == ["maya@example.com"]
        assert list(Notice.objects.values_list("user", flat=True)) == [maya.pk]

    def test_the_active_admins_if_the_owner_was_deactivated(self, maya: User, server: MailServer) -> None:
        admins = [UserFactory.create(account=maya.account, role=Role.ADMIN) for _ in range(2)]
        people.deactivate(UserFactory.create(account=maya.account, role=Role.ADMIN))
        UserFactory.create(role=Role.ADMIN)
        UserFactory.create(account=maya.account)
        waiting(maya)
        people.deactivate(maya)
        assert remind() == 2
        assert {message["To"] for message in server.received} == {admin.email for admin in admins}
        assert set(Notice.objects.values_list("user", flat=True)) == {admin.pk for admin in admins}

    @pytest.mark.parametrize("before_the_email", [False, True])
    def test_the_admins_if_the_owner_has_become_a_viewer(
        self, maya: User, server: MailServer, *, before_the_email: bool
    ) -> None:
        admin = UserFactory.create(account=maya.account, role=Role.ADMIN)
        waiting(maya)
        if before_the_email:
            make_reminders(timezone.now())
        people.set_role(maya, Role.VIEWER)
        assert remind() == 1
        assert [message["To"] for message in server.received] == [admin.email]
        assert (notices.unread_count(admin), Notice.objects.filter(user=maya).count()) == (1, int(before_the_email))

    def test_the_admins_if_the_owner_belongs_to_another_account(self, maya: User, server: MailServer) -> None:
        admin = UserFactory.create(account=maya.account, role=Role.ADMIN)
        waiting(maya)
        User.objects.filter(pk=maya.pk).update(account=AccountFactory.create(), role=Role.ADMIN)
        assert remind() == 1
        assert [message["To"] for message in server.received] == [admin.email]

    def test_nobody_if_nobody_is_left(self, maya: User, server: MailServer) -> None:
        waiting(maya)
        people.deactivate(maya)
        assert remind() == 0

    def test_the_new_owner_at_once_and_the_old_one_no_longer(self, maya: User, server: MailServer) -> None:
        fix, sam = waiting(maya), UserFactory.create(account=maya.account)
        remind()
        AISession.objects.filter(pk=fix.session_id).update(owner=sam)
        remind()
        assert [notices.unread_count(user) for user in (maya, sam)] == [0, 1]
        assert [message["To"] for message in server.received] == [maya.email, sam.email]

    def test_by_email_only_whoever_wants_it(self, maya: User, server: MailServer) -> None:
        User.objects.filter(pk=maya.pk).update(email_reminders=False)
        waiting(maya)
        assert remind() == 0
        assert rung(maya) == 1
        assert server.received == []


class TestOnce:
    def test_however_often_the_worker_looks(self, maya: User, server: MailServer) -> None:
        waiting(maya)
        assert [remind() for _ in range(3)] == [1, 0, 0]
        assert (rung(maya), len(server.received)) == (1, 1)

    def test_a_check_is_unread_once_however_many_mornings_have_passed(self, maya: User, clock: Clock) -> None:
        waiting(maya)
        for _ in range(4):
            remind()
            clock.shift(DAY)
        assert (rung(maya), notices.unread_count(maya)) == (4, 1)

    def test_one_email_lists_everything_that_is_due(self, maya: User, server: MailServer) -> None:
        waiting(maya, MONDAY - HOUR, "Second")
        waiting(maya, MONDAY - 2 * HOUR, "First")
        assert remind() == 1
        (message,) = server.received
        assert message["Subject"] == "2 checks are due"
        assert text_of(message).index("First") < text_of(message).index("Second")

    def test_a_very_long_list_is_cut(self, maya: User, server: MailServer) -> None:
        for number in range(30):
            waiting(maya, MONDAY - number * MINUTE, f"Fix {number}")
        remind()
        assert "And 5 more: https://desk.example.com/pending/" in text_of(server.received[0])

    def test_what_the_email_says(self, maya: User, server: MailServer) -> None:
        fix = waiting(maya, MONDAY - 55 * MINUTE, ticket_ref="CW-61022", client_name="Quarrington Stone Ltd")
        remind()
        (message,) = server.received
        assert message["Subject"] == "Check due: Restart the router (CW-61022, Quarrington Stone Ltd)"
        assert (message["From"], message["Auto-Submitted"]) == ("Desk <desk@example.com>", "auto-generated")
        assert message["Message-ID"].endswith("@example.com>")
        assert text_of(message) == (
            "Hello Maya,\n\nthis check is due:\n\n- Restart the router\n  CW-61022, Quarrington Stone Ltd\n"
            "  Check by 13:05, overdue 55 min\n  Waiting on: The line.\n"
            f"  https://desk.example.com/sessions/{fix.session_id}/#fix-banner\n\n"
            "Record an outcome, or snooze the check in the bell. Until then we’ll remind you again each working"
            " morning.\n\nTo stop these emails, see “Reminders” in your profile: https://desk.example.com/profile/\n"
        )

    def test_times_are_on_the_persons_clock(self, maya: User, server: MailServer) -> None:
        User.objects.filter(pk=maya.pk).update(time_zone="Asia/Tokyo")
        waiting(maya, MONDAY)
        remind()
        assert "Check by 23:00" in text_of(server.received[0])

    def test_hard_words_are_sent(self, maya: User, server: MailServer) -> None:
        waiting(maya, title="نوردويند 🔥 <b>\u2028", ticket_ref="T" * 50)
        assert remind() == 1
        assert "نوردويند 🔥 <b>" in text_of(server.received[0])


class TestWhatEndsIt:
    def goes_on(self, maya: User, clock: Clock) -> bool:
        """Whether the next morning tells again."""
        before = rung(maya)
        clock.shift(DAY)
        remind()
        return rung(maya) > before

    @pytest.fixture
    def fix(self, maya: User) -> SuggestedFix:
        fix = waiting(maya)
        remind()
        return fix

    @pytest.mark.parametrize("outcome", ["applied_success", "applied_failed", "applied_partial", "dismissed"])
    def test_an_outcome(self, maya: User, clock: Clock, fix: SuggestedFix, outcome: str) -> None:
        clock.shift(MINUTE)
        lifecycle.record(fix.pk, outcome, by(maya), notes="Half of it." if outcome == "applied_partial" else None)
        assert notices.unread_count(maya) == 0
        assert not self.goes_on(maya, clock)

    def test_a_snooze_until_then(self, maya: User, clock: Clock, fix: SuggestedFix) -> None:
        clock.shift(MINUTE)
        lifecycle.snooze(fix.pk, MONDAY + 2 * DAY, by(maya))
        assert notices.unread_count(maya) == 0
        assert not self.goes_on(maya, clock)
        assert self.goes_on(maya, clock)

    def test_a_removed_check_by_time(self, maya: User, clock: Clock, fix: SuggestedFix) -> None:
        lifecycle.record(fix.pk, Status.PENDING, by(maya), notes="The line.", follow_up_at=None)
        assert not self.goes_on(maya, clock)

    def test_no_message(self, maya: User, clock: Clock, fix: SuggestedFix) -> None:
        acts.post(fix.session_id, Author.ENGINEER, "Any news? It works for now.", user=maya)
        assert self.goes_on(maya, clock)

    def test_no_other_reason(self, maya: User, clock: Clock, fix: SuggestedFix) -> None:
        lifecycle.record(fix.pk, Status.PENDING, by(maya), notes="The other line.")
        assert self.goes_on(maya, clock)

    def test_no_proposal(self, maya: User, clock: Clock, fix: SuggestedFix) -> None:
        lifecycle.propose(fix.pk, Status.SUCCESS, "It is up.", COPILOT)
        assert self.goes_on(maya, clock)

    def test_no_newer_fix(self, maya: User, clock: Clock, fix: SuggestedFix) -> None:
        make_fix(fix.session, title="Replace the router")
        assert self.goes_on(maya, clock)

    def test_no_reading(self, maya: User, clock: Clock, fix: SuggestedFix) -> None:
        notices.mark_all_read(maya)
        assert self.goes_on(maya, clock)

    @pytest.mark.parametrize(
        "status",
        [
            {"status": "resolved", "resolution_kind": "provisional"},
            {"status": "escalated"},
            {"status": "abandoned"},
            {"status": "paused"},
        ],
        ids=lambda status: status["status"],
    )
    def test_no_status_of_the_session(
        self, maya: User, clock: Clock, fix: SuggestedFix, status: dict[str, str]
    ) -> None:
        AISession.objects.filter(pk=fix.session_id).update(**status)
        assert self.goes_on(maya, clock)

    def test_an_undone_outcome_goes_on(self, maya: User, clock: Clock, fix: SuggestedFix) -> None:
        lifecycle.record(fix.pk, Status.SUCCESS, by(maya))
        lifecycle.undo(fix.pk, by(maya))
        assert self.goes_on(maya, clock)

    def test_an_outcome_before_the_email_is_sent(self, maya: User, settings: LazySettings, clock: Clock) -> None:
        settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 1
        fix = waiting(maya, title="Nobody will read this")
        remind()
        lifecycle.record(fix.pk, Status.SUCCESS, by(maya))
        clock.shift(HOUR)
        with MailServer() as server:
            settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
            assert remind() == 0
        assert not Reminder.objects.filter(mail_due_at__isnull=False).exists()


def test_many_are_made_a_few_at_a_time(maya: User, server: MailServer) -> None:
    for number in range(120):
        waiting(maya, MONDAY - (number // 3) * MINUTE)
    assert remind() == 1
    assert (rung(maya), Reminder.objects.count()) == (120, 120)


def test_old_reminders_and_notices_that_were_read_are_deleted(maya: User, clock: Clock) -> None:
    waiting(maya)
    remind()
    clock.shift(29 * DAY)
    call_command("clear_expired")
    assert Reminder.objects.count() == 1
    clock.shift(2 * DAY)
    call_command("clear_expired")
    assert (Reminder.objects.count(), rung(maya)) == (0, 1)
    notices.mark_all_read(maya)
    clock.shift(91 * DAY)
    call_command("clear_expired")
    assert rung(maya) == 0
