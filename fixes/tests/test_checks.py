"""The product doesn't serve as a database role that could rewrite history."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from pytest_django.fixtures import Settings

from fixes.checks import HistoryPrivileges, errors_of, privileges_of_role


def statement(words: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(words.format(role=connection.ops.quote_name(settings.APPLICATION_ROLE)))


def check() -> None:
    call_command("check", databases=["default"], stdout=StringIO())


@pytest.fixture
def serving(db: None, settings: Settings) -> None:
    """The settings of the product at work."""
    settings.DATABASE_ROLE = "application"


@pytest.fixture
def as_application(serving: None) -> None:
    statement("SET LOCAL ROLE {role}")


def test_the_application_role_passes(as_application: None) -> None:
    check()


@pytest.mark.parametrize("privileges", ["UPDATE", "DELETE", "TRUNCATE", "UPDATE (notes)"])
@pytest.mark.parametrize("to", ["{role}", "PUBLIC"])
def test_a_grant_to_rewrite_history_is_found_with_its_mend(serving: None, privileges: str, to: str) -> None:
    statement(f"GRANT {privileges} ON fix_events TO {to}")
    statement("SET LOCAL ROLE {role}")
    with pytest.raises(SystemCheckError, match=r"fixes\.E002.*may change or delete history[\s\S]*REVOKE UPDATE"):
        check()


def test_the_mend_mends(serving: None) -> None:
    statement("GRANT UPDATE, DELETE, TRUNCATE ON fix_events TO {role}")
    statement("REVOKE UPDATE, DELETE, TRUNCATE ON fix_events FROM {role}, PUBLIC")
    statement("SET LOCAL ROLE {role}")
    check()


def test_serving_as_the_owner_is_found(serving: None) -> None:
    with pytest.raises(SystemCheckError, match=r"fixes\.E001.*owns the history"):
        check()


@pytest.mark.django_db
def test_the_owners_own_commands_pass() -> None:
    assert settings.DATABASE_ROLE == "owner"
    check()


def test_a_check_without_databases_asks_none(settings: Settings) -> None:
    settings.DATABASE_ROLE = "application"
    call_command("check", stdout=StringIO())


def test_before_the_first_migration_only_the_role_counts(serving: None) -> None:
    statement("SET LOCAL search_path = pg_catalog")
    privileges = privileges_of_role("default")
    assert (privileges.owns, privileges.may_rewrite) == (False, False)


@pytest.mark.parametrize(
    ("privileges", "ids"),
    [
        (HistoryPrivileges("app"), []),
        (HistoryPrivileges("app", owns=True, may_rewrite=True), ["fixes.E001"]),
        (HistoryPrivileges("app", may_rewrite=True), ["fixes.E002"]),
    ],
)
def test_each_privilege_is_named_with_a_hint(privileges: HistoryPrivileges, ids: list[str]) -> None:
    errors = errors_of(privileges)
    assert [error.id for error in errors] == ids
    assert all('"app"' in error.msg and error.hint for error in errors)
