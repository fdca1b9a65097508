"""Fixtures for every test."""

import gc
from collections.abc import Iterator

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test import Client
from pytest_django import DjangoDbBlocker

from accounts.models import ApiToken, User
from accounts.tests.clients import let_in
from accounts.tests.factories import UserFactory
from sessions.models import AISession
from sessions.tests.factories import SessionFactory

RUN_BY_ONE_PROCESS = ("tests/browser/", "tests/processes/", "tests/test_api_schema.py")
"""Folders and files whose tests share something that is slow to start: one process runs all tests of each."""

MOMENTS = 100
"""Twentieths of a second in which a closed connection must be gone."""

OTHER_CONNECTIONS = """
    SELECT pid, state, query FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items if config.pluginmanager.hasplugin("xdist") else ():
        where = item.path.relative_to(config.rootpath).as_posix()
        for name in RUN_BY_ONE_PROCESS:
            if where.startswith(name):
                item.add_marker(pytest.mark.xdist_group(name))
    gc.freeze()  # imported modules and collected tests live to the end
    gc.set_threshold(50_000)


@pytest.fixture(scope="session", autouse=True)
def no_connection_is_left(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Fail when a test left a connection open, which would keep its database from being dropped. Shows its query.

    The server takes a moment to notice that one was closed.
    """
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for _ in range(MOMENTS):
            cursor.execute(OTHER_CONNECTIONS)
            if not (left := cursor.fetchall()):
                break
            cursor.execute("SELECT pg_sleep(0.05)")
        assert not left


@pytest.fixture
def engineer(db: None) -> User:
    return UserFactory.create(display_name="Maya", email="maya@example.com")


@pytest.fixture
def session(engineer: User) -> AISession:
    return SessionFactory.create(owner=engineer)


@pytest.fixture
def browser_client(engineer: User) -> Client:
    """Return Django's test client, signed in as the engineer."""
    client = Client()
    let_in(client, engineer)
    return client


@pytest.fixture
def api(engineer: User) -> Client:
    """Return Django's test client with the engineer's bearer token."""
    _, secret = ApiToken.objects.issue(engineer, "tests")
    return Client(headers={"Authorization": f"Bearer {secret}"})


@pytest.fixture
def one_connection(db: None) -> Iterator[None]:
    """Serve requests on the test's own connection, which the end of a request would otherwise close."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
