"""Secrets that are shown once and stored only as a digest: of tokens and of links."""

import hashlib
import secrets


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """Its SHA-256, as 64 hexadecimal digits. Any text has one: what no secret can contain just finds nothing."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
