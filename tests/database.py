"""A pytest plugin that provides a database server with the two roles for this run, and removes them afterwards.

The server is a temporary cluster, or the one of TEST_DATABASE_URL: PostgreSQL 15 or newer, with a login that may
create databases and roles. The settings find it in the environment, as in production.
"""

import atexit
import os
import signal
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection

from tests import clusters, logins

GIVEN = "TEST_DATABASE_URL"
INDEPENDENT = {"PRODUCTION": "false", "DEBUG": "false", "SECRET_KEY": "of the tests" * 5}
"""Keeps the tests independent of the developer's own .env and var/."""


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Iterator[None]:
    """Runs as a wrapper to come first: pytest-django reads the settings right after."""
    if "PYTEST_XDIST_WORKER" not in os.environ:  # workers inherit what their controller started
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # a terminated run cleans up like a Ctrl-C
        _provide(*(logins.create(os.environ[GIVEN]) if os.environ.get(GIVEN) else clusters.create()))
    return (yield)


def _provide(environment: Mapping[str, str], remove: Callable[[], None]) -> None:
    """Run tests as the owner role, which migrations and flushes need (docs/database.md)."""
    os.environ.update(environment, DATABASE_ROLE="owner", **INDEPENDENT)
    controller = os.getpid()
    atexit.register(lambda: remove() if os.getpid() == controller else None)


@pytest.fixture
def as_application(transactional_db: None) -> Iterator[psycopg.Connection]:
    """Yield a connection with the application role, as in production, in autocommit. It sees what is committed."""
    with psycopg.connect(application_url(), autocommit=True) as application:
        yield application


def application_url() -> str:
    """Return the address with which the application role reaches the running test's database."""
    address, _, parameters = os.environ["DATABASE_URL"].partition("?")
    return f"{address.rpartition('/')[0]}/{quote(connection.settings_dict['NAME'])}?{parameters}"
