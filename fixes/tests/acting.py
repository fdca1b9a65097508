"""What tests of acts share: who acts and when, and the proof that nothing was written."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from accounts.models import User
from fixes.lifecycle import By
from fixes.models import DraftTemplate, FixEvent, SuggestedFix
from fixes.transitions import Source
from sessions.models import AISession, Message

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
COPILOT = By(None, Source.COPILOT)


def by(user: User, at: datetime | None = None, source: Source = Source.BANNER) -> By:
    return By(user, source, at)


def last_event(fix: SuggestedFix) -> FixEvent:
    return FixEvent.objects.filter(fix=fix).latest("state_version")


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row that an act could write."""
    models = (AISession, Message, SuggestedFix, FixEvent, DraftTemplate)
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}


@contextmanager
def nothing_written() -> Iterator[None]:
    before = everything()
    yield
    assert everything() == before
