"""Chooses the database and the role (docs/database.md).

Two roles share one database. The *owner* owns the tables and migrates them; the *application* serves requests and
may only read and append history.
"""

from pathlib import Path
from typing import Any

from environs import Env

APPLICATION, OWNER = "application", "owner"
URLS = {APPLICATION: "DATABASE_URL", OWNER: "DATABASE_OWNER_URL"}
EMBEDDED_LOGINS = {APPLICATION: "resolutionflow", OWNER: "resolutionflow_owner"}


def chosen_role(env: Env) -> str:
    return env.str("DATABASE_ROLE", APPLICATION)


def configure(env: Env, var: Path) -> tuple[dict[str, Any], str, dict[str, str]]:
    """Return Django's database settings, the application role's name, and the errors by variable."""
    role = chosen_role(env)
    if role not in URLS:
        return {}, "", {"DATABASE_ROLE": f"“{role}” is not a role"}
    urls = {each: env.str(name, None) for each, name in URLS.items()}
    if not any(urls.values()):
        return _embedded(role, var), EMBEDDED_LOGINS[APPLICATION], {}
    wrong = {URLS[each]: "not a PostgreSQL address" for each, url in urls.items() if url and not _is_postgresql(url)}
    if not urls[role]:
        wrong[URLS[role]] = f"missing, and this command runs as the {role} role"
    if wrong:
        return {}, "", wrong
    application = env.dj_db_url("DATABASE_URL", None) if urls[APPLICATION] else {}
    served = env.dj_db_url(URLS[role])
    return {**served, **_PERSISTENT}, (application or {}).get("USER", EMBEDDED_LOGINS[APPLICATION]), {}


_PERSISTENT = {"CONN_MAX_AGE": None}
"""Each thread keeps its connection, because opening one costs more than a request (docs/database.md)."""


def _is_postgresql(url: str) -> bool:
    return url.startswith(("postgres://", "postgresql://"))


def _embedded(role: str, var: Path) -> dict[str, Any]:
    return {
        "ENGINE": "resolutionflow.embedded",
        "NAME": "resolutionflow",
        "USER": EMBEDDED_LOGINS[role],
        "DATA_DIRECTORY": var / "postgres",
        **_PERSISTENT,
    }
