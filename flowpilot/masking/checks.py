"""Decides whether what stands where a secret would stand is one, or only the next word of a sentence."""

import re


def is_given(value: str) -> bool:
    """Whether a value after “password:” is one, and neither a placeholder nor the next word of a sentence."""
    if len(value) < SHORTEST or value[0] in "<$%{[*«‹(…" or NO_SECRET.match(value):
        return False
    return value.casefold().rstrip(".!?,") not in WORDS


def is_no_small_word(value: str) -> bool:
    """Whether a value after “password is” is one: what only has small letters is the next word of the sentence."""
    return is_given(value) and not re.fullmatch(r"[a-z-]+[.!?,]?", value)


def is_no_word(value: str) -> bool:
    """The same for “Kennwort ist”: German nouns begin with a capital letter."""
    return is_given(value) and not re.fullmatch(r"[^\W\d_]?[a-zäöüß-]+[.!?,]?", value)


def is_strong(value: str) -> bool:
    """Whether nothing but a password looks like this: letters, digits and a sign that no name has."""
    has_sign = re.search(r"[!#$%&*+=?^~§€]", value)
    return is_given(value) and bool(has_sign and re.search(r"[A-Za-z]", value) and re.search(r"\d", value))


def is_key(value: str) -> bool:
    """Whether a value after “key:” or “token:” is one: long, with a digit, and not a path."""
    is_path = "\\" in value or value.startswith("/") or value[1:2] == ":"
    return len(value) >= 8 and is_given(value) and has_digit(value) and not is_path


def has_digit(value: str) -> bool:
    return any(character.isdigit() for character in value)


def is_base32(value: str) -> bool:
    return sum(character in "234567" for character in value) >= 2 and len(value) % 8 in {0, 2}


def is_mixed(value: str) -> bool:
    """Whether a value beside “password”, with nothing between them, is one: small letters and digits, and no name."""
    if len(value) < MIXED_SHORTEST or not is_given(value) or NAMES.search(value):
        return False
    return has_digit(value) and any(character.islower() for character in value)


SHORTEST, MIXED_SHORTEST = 3, 6
NO_SECRET = re.compile(r"(?:0x[0-9a-f]{1,8}|-\d{10}|Read-Host|(?:Get|ConvertTo|Import|New)-\w+)\W?\Z", re.IGNORECASE)
"""Error codes, and what a script calls to ask for a password."""
NAMES = re.compile(
    r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-|^[\\/]|^\w:[\\/]|://|\\\w|@\S+\.\w+$|\.\w{2,4}$|^\d+[a-z]{1,6}\W*$|"
    r"^v?\d+\.\d|^\d+[:.-]\d+|[\[({]|^\w+-\w+-\w+-\w+-|^(?:office|windows|win|server|exchange|outlook|m|o|sha|md|ipv|tls|net|"
    r"aes|rc|base|wpa|ntlmv|smbv?|utf)-?\d{1,4}\w{0,2}\W*$",
    re.IGNORECASE,
)
"""Ids, paths, addresses, files, numbers with units, versions, times, code, products."""
_WORDS = """
    a an and are as at be been but by can changed correct could did disabled does enabled error expired expires
    fails failed false field for forgotten from had has have he hash her his i if in incorrect invalid is it its
    length lockout locked manager missing must my n/a needed new now rename never no none not null of ok okay old on
    or our policy popup prompt protected protection required reset same set she should so something still sync
    synced that the their them then there they this to too true undefined unknown user valid was we were when which
    will with working would wrong writeback yes you your ab abgelaufen aber aktuell alle als am auf bei da das dem
    den der des die ein eine einem einen einer er erforderlich es falsch fehlt fehler für gültig hat ich ihr im ist
    ja kein keine korrekt leer mit nein neu nicht noch nötig oder richtig sein sie sind stimmt und ungültig
    unbekannt unter vergessen von war wegen weil wenn wie wir wird wurde zu zum zur zurückgesetzt geändert gesperrt
"""
WORDS = frozenset(_WORDS.split())
"""Words that follow “password:” or “password is” in a sentence about passwords."""
