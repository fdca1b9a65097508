"""The spelling of passwords: “é” is one character on some keyboards and two on others, and both must sign in."""

import unicodedata


def to_hash(password: str) -> str:
    """Return the spelling that a new password is hashed in: Unicode's NFC."""
    return unicodedata.normalize("NFC", password)


def spellings(password: str) -> list[str]:
    """Return the spellings to try, the usual one first.

    Passwords that were set before all were hashed in NFC are in the spelling of the keyboard that set them.
    """
    return list(dict.fromkeys([to_hash(password), password, unicodedata.normalize("NFD", password)]))
