from pathlib import Path

import pytest
import time_machine

from accounts.models import User
from accounts.tests.factories import AccountFactory, UserFactory
from fixes.tests.acting import NOON


@pytest.fixture
def importer(db: None, time_machine: time_machine.TimeMachineFixture) -> User:
    """The engineer that imported sessions go to, at noon of 23 November 2026: an import takes no time after now."""
    time_machine.move_to(NOON, tick=False)
    return UserFactory.create(email="owner@northwind.example", account=AccountFactory.create(slug="northwind"))


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A file to import, not yet written."""
    return tmp_path / "export.jsonl"
