"""What tests of reminders share: a check that is due on a Monday, and how often its owner was told."""

from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine

from accounts.models import User
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import by
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from sessions.models import Notice
from sessions.tests.factories import SessionFactory

MONDAY = datetime(2026, 11, 23, 14, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
Clock = time_machine.TimeMachineFixture


def waiting(owner: User, due: datetime = MONDAY, title: str = "Restart the router", **words: Any) -> SuggestedFix:
    fix = make_fix(SessionFactory.create(owner=owner, **words), title=title)
    return lifecycle.record(fix.pk, Status.PENDING, by(owner, due - DAY), notes="The line.", follow_up_at=due)


def rung(user: User) -> int:
    return Notice.objects.filter(user=user, kind="check_due").count()
