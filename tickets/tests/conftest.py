"""A model's server on this machine, and settings that lead to it."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.fake_model import FakeModel


@pytest.fixture
def fake(settings: Settings) -> Iterator[FakeModel]:
    """A server that plays the scenario which `settings.FLOWPILOT_MODEL` names."""
    with FakeModel() as server:
        settings.FLOWPILOT_URL, settings.FLOWPILOT_MODEL = server.url, "text-good"
        settings.FLOWPILOT_DEADLINE = 20
        yield server
