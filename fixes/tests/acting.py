"""What tests of acts share: who acts and when, and the proof that nothing was written."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from django.db import connection

from accounts.models import User
from fixes.lifecycle import By
from fixes.models import DraftTemplate, FixEvent, SuggestedFix
from fixes.transitions import Source
from sessions.models import AISession, Fact, Message

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
COPILOT = By(None, Source.COPILOT)
WRITTEN = (AISession, Message, Fact, SuggestedFix, FixEvent, DraftTemplate)
ROWS = " UNION ALL ".join(
    f"SELECT '{model.__name__}', string_agg(row::text, ' ' ORDER BY id) FROM {model._meta.db_table} row"
    for model in WRITTEN
)


def by(user: User, at: datetime | None = None, source: Source = Source.BANNER) -> By:
    return By(user, source, at)


def last_event(fix: SuggestedFix) -> FixEvent:
    return FixEvent.objects.filter(fix=fix).latest("state_version", "position")


def everything() -> dict[str, str | None]:
    """Every row that an act could write, table by table, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(ROWS)
        return dict(cursor.fetchall())


@contextmanager
def assert_nothing_written() -> Iterator[None]:
    before = everything()
    yield
    assert everything() == before
