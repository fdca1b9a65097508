"""What the bell lists for a person: checks that are due, unread notices, earlier ones."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from accounts.models import User
from common import keyset
from common.times import current_zone
from fixes.banner.check_by import IN_AN_HOUR, TODAY, TOMORROW, Choice, offered
from fixes.banner.places import SessionPage
from fixes.due_checks import due_checks
from fixes.models import SuggestedFix
from fixes.notice_kinds import CHECK_DUE
from sessions import notices
from sessions.models import Notice

SNOOZES = (IN_AN_HOUR, TODAY, TOMORROW)
"""The check-by times that Snooze offers."""


@dataclass(frozen=True)
class Check:
    """A check that is due. `notice`: the unread one that told of it, if there is one."""

    fix: SuggestedFix
    is_overdue: bool
    notice: Notice | None

    @property
    def banner(self) -> str:
        """The address of the session's page at the fix's banner."""
        return str(SessionPage().page(self.fix))


@dataclass(frozen=True)
class NoticeList:
    """One page of the list; the checks are on the first one only."""

    user: User
    now: datetime
    checks: list[Check]
    page: keyset.Page[Notice]

    @property
    def new(self) -> list[Notice]:
        return [notice for notice in self.page.rows if not notice.is_read]

    @property
    def earlier(self) -> list[Notice]:
        return [notice for notice in self.page.rows if notice.is_read]

    @property
    def is_empty(self) -> bool:
        return not (self.checks or self.page.rows)

    @property
    def has_unread(self) -> bool:
        return bool(self.new) or any(check.notice for check in self.checks)

    @cached_property
    def snoozes(self) -> list[Choice]:
        return [choice for choice in offered(self.now, current_zone(), None) if choice.key in SNOOZES]


def notices_of(user: User, now: datetime, cursor: str | None = None) -> NoticeList:
    """Return a page of the person's list: three queries. Raises InvalidInput on `cursor`.

    Notices of the checks that are listed aren't listed again.
    """
    due = due_checks(user, now)
    about = notices.of(user).filter(kind=CHECK_DUE, subject__in=[fix.pk for fix in due])
    unread = {notice.subject: notice for notice in about.filter(read_at=None)} if due else {}
    checks = [Check(fix, fix.is_overdue(now), unread.get(fix.pk)) for fix in due]
    rows = notices.of(user).exclude(pk__in=about.values("pk")) if due else notices.of(user)
    page = keyset.page(rows, order=("-created_at", "-id"), cursor=cursor, bound_to=["notices", user.pk])
    return NoticeList(user, now, [] if cursor else checks, page)
