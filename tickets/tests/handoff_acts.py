"""What tests of the acts on handoffs share: people, and what an act wrote."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from accounts.models import Role, User
from accounts.tests.factories import UserFactory
from fixes.tests.acting import everything
from sessions.models import AISession, Notice
from tickets.models import Handoff, HandoffEvent


def colleague(session: AISession, name: str, role: str = Role.ENGINEER) -> User:
    return UserFactory.create(account=session.account, display_name=name, role=role)


def rows() -> tuple[object, ...]:
    tables = (Handoff, HandoffEvent, Notice)
    return everything(), *(list(each._default_manager.order_by("pk").values()) for each in tables)


@contextmanager
def refused(refusal: type[Exception], words: str) -> Iterator[None]:
    """The act is refused with these words, and nothing is written."""
    before = rows()
    with pytest.raises(refusal, match=words):
        yield
    assert rows() == before


def steps(handoff: Handoff) -> list[tuple[str, str, str]]:
    return [(each.action, str(each.actor), each.notes) for each in handoff.events.select_related("actor")]


def notices_of(user: User) -> list[tuple[str, str, str]]:
    return [(each.kind, str(each.actor), each.quote) for each in user.notices.order_by("created_at")]
