"""Fixtures that every test may use."""

import pytest
from django.test import Client

from accounts.models import ApiToken, User
from accounts.tests.factories import UserFactory
from sessions.models import AISession
from sessions.tests.factories import SessionFactory


@pytest.fixture
def engineer(db: None) -> User:
    return UserFactory.create(display_name="Maya", email="maya@example.com")


@pytest.fixture
def session(engineer: User) -> AISession:
    return SessionFactory.create(owner=engineer)


@pytest.fixture
def browser_client(engineer: User) -> Client:
    """Django's test client, signed in as the engineer."""
    client = Client()
    client.force_login(engineer, backend="accounts.backends.EmailBackend")
    return client


@pytest.fixture
def api(engineer: User) -> Client:
    """Django's test client with the engineer's bearer token."""
    _, secret = ApiToken.objects.issue(engineer, "tests")
    return Client(headers={"Authorization": f"Bearer {secret}"})
