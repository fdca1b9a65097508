from pathlib import Path

import pytest

from accounts.models import User
from accounts.tests.factories import AccountFactory, UserFactory


@pytest.fixture
def importer(db: None) -> User:
    """Whose sessions the imported ones become."""
    return UserFactory.create(email="owner@northwind.example", account=AccountFactory.create(slug="northwind"))


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A file to import, not yet written."""
    return tmp_path / "export.jsonl"
