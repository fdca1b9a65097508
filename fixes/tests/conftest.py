from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.conf import LazySettings

from accounts.models import User
from accounts.tests.factories import AccountFactory, UserFactory
from fixes.tests.acting import NOON
from tests.mail_server import MailServer


@pytest.fixture
def importer(db: None, time_machine: time_machine.TimeMachineFixture) -> User:
    """The engineer that imported sessions go to, at noon of 23 November 2026: an import takes no time after now."""
    time_machine.move_to(NOON, tick=False)
    return UserFactory.create(email="owner@northwind.example", account=AccountFactory.create(slug="northwind"))


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A file to import, not yet written."""
    return tmp_path / "export.jsonl"


@pytest.fixture
def server(settings: LazySettings) -> Iterator[MailServer]:
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.SITE_URL, settings.DEFAULT_FROM_EMAIL = "https://desk.example.com", "Desk <desk@example.com>"
        yield server


@pytest.fixture
def maya(db: None) -> User:
    return UserFactory.create(display_name="Maya", email="maya@example.com", account=AccountFactory(time_zone="UTC"))
