"""The arrival of roles that decide, migrated back and forth on tables with rows."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from accounts.models import Role, User
from accounts.tests.factories import PASSWORD, UserFactory


@pytest.fixture
def latest(transactional_db: None) -> Iterator[list[tuple[str, str]]]:
    """The latest state, to which the worker's own test database is brought back whatever happens."""
    leaves = MigrationExecutor(connection).loader.graph.leaf_nodes()
    yield leaves
    migrate(leaves)


def migrate(to: list[tuple[str, str]]) -> None:
    MigrationExecutor(connection).migrate(to)


def test_back_and_forth_people_stay_and_admins_are_staff(latest: list[tuple[str, str]]) -> None:
    UserFactory(email="admin@example.com", role=Role.ADMIN)
    UserFactory(email="viewer@example.com", role=Role.VIEWER)
    User.objects.create_superuser("root@example.com", PASSWORD)
    migrate([("accounts", "0001_initial")])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE users SET is_staff = (email = 'viewer@example.com')")
    migrate(latest)
    staff = User.objects.filter(is_staff=True).values_list("email", "theme")
    assert sorted(staff) == [("admin@example.com", "system"), ("root@example.com", "system")]
