"""A pytest plugin: a database server for this run, with the two roles, and nothing left of it afterwards.

It is a cluster of its own in a temporary folder, or the server of TEST_DATABASE_URL: PostgreSQL 15 or newer and a
login there that may create databases and roles. Settings find it in the environment, as in production.
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
"""Of the developer's own .env and var/."""


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Iterator[None]:
    """A wrapper goes first: pytest-django reads the settings right after."""
    if "PYTEST_XDIST_WORKER" not in os.environ:  # workers inherit what their controller started
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # a terminated run cleans up like a Ctrl-C
        _provide(*(logins.create(os.environ[GIVEN]) if os.environ.get(GIVEN) else clusters.create()))
    return (yield)


def _provide(environment: Mapping[str, str], remove: Callable[[], None]) -> None:
    """Migrations and flushes are the owner's, so tests run as the owner (docs/database.md)."""
    os.environ.update(environment, DATABASE_ROLE="owner", **INDEPENDENT)
    controller = os.getpid()
    atexit.register(lambda: remove() if os.getpid() == controller else None)


@pytest.fixture
def as_application(transactional_db: None) -> Iterator[psycopg.Connection]:
    """A connection of the application role, as the product has it, in autocommit. It sees what is committed."""
    with psycopg.connect(application_url(), autocommit=True) as application:
        yield application


def application_url() -> str:
    """The application role's address of the database that the running test uses."""
    address, _, parameters = os.environ["DATABASE_URL"].partition("?")
    return f"{address.rpartition('/')[0]}/{quote(connection.settings_dict['NAME'])}?{parameters}"
