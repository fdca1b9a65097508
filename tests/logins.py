"""Create the two database roles for one test run on an existing server (TEST_DATABASE_URL)."""

import secrets
from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql


def create(login: str) -> tuple[dict[str, str], Callable[[], None]]:
    """Create two roles. Return their environment variables, and the function that removes them and their databases."""
    suffix = secrets.token_hex(4)
    owner, application = f"resolutionflow_owner_{suffix}", f"resolutionflow_{suffix}"
    database, password = f"resolutionflow_{suffix}", secrets.token_urlsafe(16)
    with psycopg.connect(login, autocommit=True) as connection:
        for role, may in ((owner, "CREATEDB"), (application, "")):
            command = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {} " + may)
            connection.execute(command.format(sql.Identifier(role), sql.Literal(password)))
        connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(application), sql.Identifier(owner)))
    environment = {
        "DATABASE_URL": _address(login, application, password, database),
        "DATABASE_OWNER_URL": _address(login, owner, password, database),
    }
    as_owner = _address(login, owner, password, urlsplit(login).path.strip("/") or "postgres")
    return environment, lambda: _remove(login, as_owner, suffix, [owner, application])


def _address(login: str, user: str, password: str, database: str) -> str:
    parts = urlsplit(login)
    where = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{user}:{password}@{where}", path=f"/{database}"))


def _remove(login: str, as_owner: str, suffix: str, names: list[str]) -> None:
    with psycopg.connect(as_owner, autocommit=True) as connection:
        found = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"test_%{suffix}%"])
        for (name,) in found.fetchall():
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
    with psycopg.connect(login, autocommit=True) as connection:
        for role in names:
            connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))
