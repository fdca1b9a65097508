"""Secrets that are shown once and stored only as a digest: those of tokens and of invitation links."""

import hashlib
import secrets


def new_secret() -> str:
    """Return a new random secret."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """Return the SHA-256 of a secret, as 64 hexadecimal digits.

    Any text has a digest. One that can't be a secret, such as half a character, has a digest that no row has.
    """
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
