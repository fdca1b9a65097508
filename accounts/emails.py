"""E-mail addresses: one spelling for each, so that no two people sign in by what looks the same.

Before the @ only plain ASCII may stand; the domain is stored as DNS writes it. A character that Unicode would fold
into another (`ı`, `ſ`, the Kelvin sign, full-width letters) is refused rather than folded: docs/people.md.
"""

import re
import unicodedata

import idna
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

LONGEST = 254
IDEOGRAPHIC_STOP = "。"  # IDNA takes it for a dot, Unicode doesn’t
PLAIN = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+")

MALFORMED = "Enter an e-mail address such as maya@example.com."
NOT_PLAIN = "Before the @ only plain letters a–z, digits and signs may stand, and “{}” is none of them."
LOOK_ALIKE = "“{}” only looks like another letter. Type the address anew instead of pasting it."
TOO_LONG = f"An e-mail address has at most {LONGEST} characters."
TAKEN = "Somebody with this e-mail address is here already."


def normalise(typed: str) -> str:
    """The one spelling of an address, in lower case; raises ValidationError with words for the person who typed it."""
    local, at, domain = typed.strip().rpartition("@")
    if not at or not local or not domain:
        raise ValidationError(MALFORMED, code="invalid")
    if len(typed) > LONGEST * 2:
        raise ValidationError(TOO_LONG, code="max_length")
    if odd := next((letter for letter in local if not letter.isascii()), None):
        raise ValidationError(NOT_PLAIN.format(odd), code="not_plain")
    if not PLAIN.fullmatch(local):
        raise ValidationError(MALFORMED, code="invalid")
    address = f"{local.lower()}@{_as_dns_writes(domain)}"
    if len(address) > LONGEST:
        raise ValidationError(TOO_LONG, code="max_length")
    validate_email(address)
    return address


def _folds(letter: str) -> bool:
    return letter == IDEOGRAPHIC_STOP or unicodedata.normalize("NFKC", letter) != letter


def _as_dns_writes(domain: str) -> str:
    if odd := next((letter for letter in domain if _folds(letter)), None):
        raise ValidationError(LOOK_ALIKE.format(odd), code="look_alike")
    if domain.isascii():
        return domain.lower()
    try:
        return idna.encode(unicodedata.normalize("NFC", domain).lower()).decode()
    except idna.IDNAError as error:
        raise ValidationError(MALFORMED, code="invalid") from error
