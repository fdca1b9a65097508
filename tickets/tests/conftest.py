"""A colleague, a model's server on this machine, and settings that lead to it."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from accounts.models import User
from sessions.models import AISession
from tests.fake_model import FakeModel
from tickets.tests.handoff_acts import colleague


@pytest.fixture
def fake(settings: Settings) -> Iterator[FakeModel]:
    """A server that plays the scenario which `settings.FLOWPILOT_MODEL` names."""
    with FakeModel() as server:
        settings.FLOWPILOT_URL, settings.FLOWPILOT_MODEL = server.url, "text-good"
        settings.FLOWPILOT_DEADLINE = 20
        yield server


@pytest.fixture
def jonas(session: AISession) -> User:
    """A colleague of the session's owner."""
    return colleague(session, "Jonas Brandt")
