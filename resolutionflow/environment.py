"""Reads settings from the environment, and explains how to fix an invalid one."""

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from environs import Env, EnvValidationError

from resolutionflow.embedded.privileges import foreign_owner

HINTS = {
    "PRODUCTION": "true on a server that real people use; leave it out on your own machine",
    "DEBUG": "true or false; never true in production",
    "SECRET_KEY": (
        "50 or more random characters, for example from python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
    ),
    "ALLOWED_HOSTS": "the names people type, with commas: desk.example.com,desk.internal",
    "CSRF_TRUSTED_ORIGINS": "with scheme and commas: https://desk.example.com",
    "DATABASE_URL": (
        "the application role's login: postgresql://resolutionflow:password@db.example.com/resolutionflow"
    ),
    "DATABASE_OWNER_URL": (
        "the owner role's login: postgresql://resolutionflow_owner:password@db.example.com/resolutionflow"
    ),
    "DATABASE_ROLE": "application or owner",
    "HOST": "the address to listen on, such as 127.0.0.1",
    "PORT": "a number from 1 to 65535",
    "WORKERS": "a number of processes from 1 to 64",
    "THREADS": "a number of threads for each worker from 1 to 64",
    "LOG_LEVEL": "DEBUG, INFO, WARNING or ERROR",
    "API_REQUESTS_A_MINUTE": "calls that each API token may make in a minute, up to 1,000,000; 0 for no limit",
    "EMAIL_URL": (
        "the mail server: submission://name:password@smtp.example.com:587, or console: to print emails in the log"
    ),
    "EMAIL_FROM": "the sender of emails: ResolutionFlow <desk@example.com>",
    "SITE_URL": "where people open the site, for links in emails of the worker: https://desk.example.com",
    "SESSION_HOURS": "hours a sign-in lasts, from 1 to 720",
    "FLOWPILOT_URL": (
        "the base address of an OpenAI-compatible API, such as https://api.openai.com/v1 or http://localhost:11434/v1; "
        "leave it out for the built-in copilot"
    ),
    "FLOWPILOT_MODEL": "the model's name, as its server lists it",
    "FLOWPILOT_KEY": "the key of the model's server, as you were given it; leave it out if the server needs none",
    "FLOWPILOT_DEADLINE": "seconds that a model may take for a whole answer, from 5 to 900",
    "FLOWPILOT_MAX_TOKENS": "tokens that one answer may have, from 64 to 32,000",
    "FLOWPILOT_CONTEXT_TOKENS": "tokens of a session that a model gets with each question, from 2,000 to 1,000,000",
    "FLOWPILOT_SESSION_TOKENS": "tokens that one session may use, up to 1,000,000,000; 0 for no limit",
    "FLOWPILOT_ACCOUNT_TOKENS_A_DAY": "tokens that an account may use in a day, up to 1,000,000,000; 0 for no limit",
    "FLOWPILOT_KEEP_DAYS": "days that what was sent to a model is kept for admins, from 1 to 3650",
}
"""How to set each variable. Each is in .env.sample, too."""


def open_environment(base: Path) -> Env:
    """Return the environment, completed from the `.env` file in the folder of manage.py."""
    env = Env(eager=False)
    env.read_env(str(base / ".env"), recurse=False)
    return env


def exit_if_invalid(env: Env, more: dict[str, str]) -> None:
    """Exit with one line for every variable that is missing or malformed."""
    problems: dict[str, Any] = dict(more)
    try:
        env.seal()
    except EnvValidationError as error:
        problems = {**_by_variable(error), **problems}
    if problems:
        raise SystemExit("\n".join(_line(name, error) for name, error in sorted(problems.items())))


def _by_variable(error: EnvValidationError) -> dict[str, Any]:
    return dict(error.error_messages) if isinstance(error.error_messages, Mapping) else {}


def _line(name: str, error: Any) -> str:
    reason = error if isinstance(error, str) else " ".join(str(part) for part in error)
    return f"Setting {name}: {reason.rstrip('.')}. Set it to {HINTS.get(name, 'another value')}."


def local_secret_key(path: Path) -> str:
    """Return the secret key in `var/`. It is created once, so that sign-ins survive a restart."""
    _refuse_foreign(path.parent)
    try:
        return path.read_text()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(50))
    try:
        path.hardlink_to(draft)  # atomic: of two first starts at once, one key wins
    except FileExistsError:
        pass
    draft.unlink()
    return path.read_text()


def _refuse_foreign(var: Path) -> None:
    """Exit if the folder belongs to another user, who couldn't read what this one writes there."""
    if var.exists() and (owner := foreign_owner(var)):
        raise SystemExit(f"{var} belongs to the user {owner}: run this as {owner}, or move {var} away.")
