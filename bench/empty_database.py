"""Create a migrated, empty test database for one benchmark. Run the benchmark through tests.with_database."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import django


@contextmanager
def empty_database() -> Iterator[None]:
    django.setup()
    logging.disable(logging.WARNING)
    from django.test.utils import (
        setup_databases,
        setup_test_environment,
        teardown_databases,
        teardown_test_environment,
    )

    setup_test_environment(debug=False)
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        yield
    finally:
        teardown_databases(databases, verbosity=0)
        teardown_test_environment()
