"""Makes the reminders that are due, each with its notice in the bell.

Reminders are made a few at a time, each few in a transaction that holds the sessions and fixes it reads: so nobody is
told of a check that is being answered. What somebody else holds is skipped, and found by the next search.
"""

import time
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, NullIf

from accounts.models import User
from fixes.due_checks import OWNER_WORKS
from fixes.models import Reminder
from fixes.notice_kinds import CHECK_DUE
from fixes.reminders.mornings import APART, latest_morning
from sessions import notices
from sessions.models import Notice

AT_ONCE = 50
"""Reminders in one transaction. An outcome of one of these fixes waits for its end, some 20 ms."""

BREATH = 0.02
"""Seconds of rest after them, so that clicks hardly notice thousands."""

OWNERS = f"JOIN users AS recipient ON recipient.id = owner.id AND {OWNER_WORKS}"
ADMINS = f"""
    JOIN users AS recipient ON NOT {OWNER_WORKS} AND recipient.account_id = fix.account_id
        AND recipient.is_active AND recipient.role = 'admin'
"""
DUE = """
    SELECT fix.id, fix.session_id, fix.account_id, fix.title, fix.follow_up_at, recipient.id,
        recipient.email_reminders, mornings.day
    FROM session_suggested_fixes AS fix
    JOIN ai_sessions AS session ON session.id = fix.session_id
    JOIN users AS owner ON owner.id = session.owner_id
    {recipients}
    JOIN accounts AS account ON account.id = fix.account_id
    JOIN (VALUES {mornings}) AS zones (name, day, at)
        ON zones.name = coalesce(nullif(recipient.time_zone, ''), account.time_zone)
    CROSS JOIN LATERAL (SELECT CASE WHEN zones.at >= fix.follow_up_at + %s THEN zones.day END AS day) AS mornings
    WHERE fix.status = 'applied_pending' AND fix.follow_up_at <= %s AND (fix.follow_up_at, fix.id) > (%s, %s)
        AND NOT EXISTS (
            SELECT FROM reminders AS made WHERE made.fix_id = fix.id AND made.user_id = recipient.id
                AND made.check_by = fix.follow_up_at AND made.morning IS NOT DISTINCT FROM mornings.day
        )
    ORDER BY fix.follow_up_at, fix.id LIMIT %s
    FOR NO KEY UPDATE OF session, fix SKIP LOCKED
"""
"""The reminders that are due and not made yet, from a place in their order on."""

FIRST = (datetime.fromisoformat("1970-01-01T00:00:00+00:00"), UUID(int=0))


class Due(NamedTuple):
    """A reminder that is to be made."""

    fix_id: UUID
    session_id: UUID
    account_id: UUID
    title: str
    check_by: datetime
    user_id: UUID
    by_email: bool
    morning: date | None

    @property
    def key(self) -> str:
        """What makes its notice once."""
        return ":".join(map(str, (CHECK_DUE, self.fix_id, self.user_id, self.check_by.isoformat(), self.morning)))

    @property
    def _whose(self) -> dict[str, UUID]:
        return {"user_id": self.user_id, "account_id": self.account_id, "session_id": self.session_id}

    def reminder(self, now: datetime) -> Reminder:
        mail_due_at = now if self.by_email else None
        columns = {"check_by": self.check_by, "morning": self.morning, "mail_due_at": mail_due_at}
        return Reminder(fix_id=self.fix_id, created_at=now, **columns, **self._whose)

    def notice(self, now: datetime) -> Notice:
        place = {"anchor": "fix-banner", "subject": self.fix_id}
        return Notice(kind=CHECK_DUE, quote=self.title, key=self.key, created_at=now, **place, **self._whose)


def make_reminders(now: datetime) -> int:
    """Make the reminders that are due at `now`. Returns how many."""
    zones = _mornings(now)
    return sum(_make_for(recipients, zones, now) for recipients in (OWNERS, ADMINS)) if zones else 0


def _mornings(now: datetime) -> list[Any]:
    """Return the latest working morning of every time zone that somebody has: name, day, time; and again."""
    zone = Coalesce(NullIf(F("time_zone"), Value("")), F("account__time_zone"))
    names = User.objects.filter(account__isnull=False, is_active=True).values_list(zone, flat=True).distinct()
    found = [(name, latest_morning(now, ZoneInfo(name))) for name in names.order_by()]
    return [value for name, at in found for value in (name, at.date(), at)]


def _make_for(recipients: str, zones: Sequence[Any], now: datetime) -> int:
    made, last = 0, FIRST
    while True:
        with transaction.atomic():
            due = list(_due(recipients, zones, now, last))
            _make(due, now, is_theirs_alone=recipients == OWNERS)
        if not due:
            return made
        time.sleep(BREATH)
        made, last = made + len(due), (due[-1].check_by, due[-1].fix_id)


def _due(recipients: str, zones: Sequence[Any], now: datetime, last: tuple[datetime, UUID]) -> Iterator[Due]:
    mornings = ", ".join(["(%s::text, %s::date, %s::timestamptz)"] * (len(zones) // 3))
    values: list[Any] = [*zones, APART, now, *last, AT_ONCE]
    with connection.cursor() as cursor:
        cursor.execute(DUE.format(recipients=recipients, mornings=mornings), values)
        yield from map(Due._make, cursor.fetchall())


def _make(due: list[Due], now: datetime, *, is_theirs_alone: bool) -> None:
    """Insert reminders and notices. Earlier notices of the same checks are read: each check is unread once.

    `is_theirs_alone`: the check is this person's alone, so what others were told of it is read, too.
    """
    Reminder.objects.bulk_create([each.reminder(now) for each in due], ignore_conflicts=True)
    whose = Q() if is_theirs_alone else Q(user__in={each.user_id for each in due})
    earlier = Notice.objects.filter(whose, kind=CHECK_DUE, subject__in={each.fix_id for each in due}, read_at=None)
    earlier.exclude(key__in=[each.key for each in due]).update(read_at=now)
    notices.write(each.notice(now) for each in due)
