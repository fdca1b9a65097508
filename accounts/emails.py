"""Email addresses: one spelling for each, so that no two people sign in with addresses that look the same.

Before the @ only ASCII is allowed; the domain is stored as DNS spells it. A character that Unicode would fold into
another (`ı`, `ſ`, the Kelvin sign, full-width letters) is refused instead of folded: docs/people.md.
"""

import re
import unicodedata

import idna
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

LONGEST = 254
IDEOGRAPHIC_STOP = "。"  # a dot to IDNA, but not to Unicode
PLAIN = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+")

MALFORMED = "Enter an email address such as maya@example.com."
NOT_PLAIN = "Only letters a–z, digits and common symbols are allowed before the @; “{}” isn’t."
LOOK_ALIKE = "“{}” only looks like another letter. Type the address instead of pasting it."
TOO_LONG = f"Too long: an email address has at most {LONGEST} characters."
TAKEN = "Someone with this email address already has an account."


def normalise(typed: str) -> str:
    """Return the one spelling of an address, in lower case. Raises ValidationError for the person who typed it."""
    local, at, domain = typed.strip().rpartition("@")
    if not at or not local or not domain:
        raise ValidationError(MALFORMED, code="invalid")
    if len(typed) > LONGEST * 2:
        raise ValidationError(TOO_LONG, code="max_length")
    if odd := next((letter for letter in local if not letter.isascii()), None):
        raise ValidationError(NOT_PLAIN.format(odd), code="not_plain")
    if not PLAIN.fullmatch(local):
        raise ValidationError(MALFORMED, code="invalid")
    address = f"{local.lower()}@{_as_in_dns(domain)}"
    if len(address) > LONGEST:
        raise ValidationError(TOO_LONG, code="max_length")
    validate_email(address)
    return address


def _folds(letter: str) -> bool:
    return letter == IDEOGRAPHIC_STOP or unicodedata.normalize("NFKC", letter) != letter


def _as_in_dns(domain: str) -> str:
    if odd := next((letter for letter in domain if _folds(letter)), None):
        raise ValidationError(LOOK_ALIKE.format(odd), code="look_alike")
    if domain.isascii():
        return domain.lower()
    try:
        return idna.encode(unicodedata.normalize("NFC", domain).lower()).decode()
    except idna.IDNAError as error:
        raise ValidationError(MALFORMED, code="invalid") from error
