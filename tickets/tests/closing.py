"""Resolve and escalate without a tenant's scope, for tests that are about something else."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any

from accounts.models import User
from fixes.lifecycle import By
from fixes.tests.acting import assert_nothing_written
from fixes.transitions import Source, Status
from sessions.models import AISession
from tickets import addenda, closing
from tickets.bundle import ClosingInput
from tickets.closing import Closing
from tickets.models import Handoff, HandoffEvent, PostedText

EVERY_SESSION = AISession.objects.all()

resolve = partial(closing.resolve, sessions=EVERY_SESSION)
escalate = partial(closing.escalate, sessions=EVERY_SESSION)
post_addendum = partial(addenda.post, sessions=EVERY_SESSION)


def says(fix_outcome: Status | None = None, **values: Any) -> Closing:
    """Return what a form says: the outcome and its fields, and as `text`, `to`, … what isn't about the fix."""
    own = {name: values.pop(name) for name in ("text", "my_words", "to", "language", "writer") if name in values}
    return Closing(ClosingInput(fix_outcome, **values), **own)


def by(user: User, source: Source = Source.API, at: datetime | None = None) -> By:
    return By(user, source, at)


@contextmanager
def assert_nothing_posted() -> Iterator[None]:
    """Check that no row changed that resolving or escalating could write."""
    tables = (PostedText, Handoff, HandoffEvent)
    before = [list(table.objects.order_by("pk").values()) for table in tables]
    with assert_nothing_written():
        yield
    assert [list(table.objects.order_by("pk").values()) for table in tables] == before
