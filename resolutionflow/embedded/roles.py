"""Creates the two roles and their database, as the embedded server's superuser."""

import psycopg
from psycopg import sql

OWNER, APPLICATION, DATABASE = "resolutionflow_owner", "resolutionflow", "resolutionflow"


def create(connection: psycopg.Connection) -> None:
    """Create what is missing. The database comes last: if it exists, everything else does, too."""
    for role in (OWNER, APPLICATION):
        if not _exists(connection, "pg_roles", "rolname", role):
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
    connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(APPLICATION), sql.Identifier(OWNER)))
    if not _exists(connection, "pg_database", "datname", DATABASE):
        create_database = sql.SQL("CREATE DATABASE {} OWNER {}")
        connection.execute(create_database.format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))


def _exists(connection: psycopg.Connection, catalog: str, column: str, name: str) -> bool:
    query = sql.SQL("SELECT 1 FROM {} WHERE {} = %s").format(sql.Identifier(catalog), sql.Identifier(column))
    return connection.execute(query, [name]).fetchone() is not None
