"""What a secret looks like in a ticket: the forms of well-known keys, and the words that stand before a password.

Every pattern is bounded or begins where no other could, so that searching takes linear time whatever the text. In a
pattern the group `value` is the secret; without such a group all of it is.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from flowpilot.masking.checks import (
    has_digit,
    is_base32,
    is_given,
    is_key,
    is_mixed,
    is_no_small_word,
    is_no_word,
    is_strong,
)

PASSWORD, KEY, TOKEN, RECOVERY_KEY = "password", "key", "token", "recovery-key"

Check = Callable[[str], bool]


@dataclass(frozen=True)
class Form:
    """`is_secret` decides on a value that the pattern found."""

    kind: str
    pattern: re.Pattern[str]
    is_secret: Check = bool


@dataclass(frozen=True)
class Found:
    start: int
    end: int
    kind: str


def find(text: str) -> Iterator[Found]:
    """Return every secret of a text, form by form; they may overlap. Short texts are asked for again and again."""
    return iter(_found_in(text)) if len(text) <= REMEMBERED else _search(text)


REMEMBERED = 2_000
"""Characters of a text that is searched once only by each process, while it is among the last 1,024."""


@lru_cache(maxsize=1_024)
def _found_in(text: str) -> tuple[Found, ...]:
    return tuple(_search(text))


def _search(text: str) -> Iterator[Found]:
    if not MAY_HOLD.search(text):
        return
    for form in FORMS:
        group = "value" if "value" in form.pattern.groupindex else 0
        for match in form.pattern.finditer(text):
            start, end = match.span(group)
            start, end = _without_quotes(text, start, end)
            if form.is_secret(text[start:end]):
                yield Found(start, end, form.kind)


def _without_quotes(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out what stands around a value: quotation marks and brackets, and the end of the sentence."""
    if end - start > 2 and (text[start], text[end - 1]) in QUOTES:
        return start + 1, end - 1
    while end - start > 1 and text[end - 1] in ",;)]}>\"'”’":
        end -= 1
    if end - start > 4 and text[end - 1] in ".:":
        end -= 1
    return start, end


QUOTES = {('"', '"'), ("'", "'"), ("“", "”"), ("„", "“"), ("‘", "’"), ("«", "»"), ("`", "`")}


def _form(kind: str, pattern: str, is_secret: Check = bool, *, exact: bool = False) -> Form:
    return Form(kind, re.compile(pattern, 0 if exact else re.IGNORECASE), is_secret)


_LONG = r"pass ?(?:word|wort|phrase|code)|passwd|kennw[oö]rt(?:er)?|passw[oö]rter"
_SHORT = (
    r"pwd?|pass|psk|pin|(?:wlan|wi-?fi|network|netzwerk|wpa2?|pre-?shared)[ -]?(?:key|schlüssel|code)|shared secret|"
    r"sicherheitsschlüssel|(?:snmp )?community[ -]string|snmp[ -]community"
)
_PASSWORD = rf"(?:{_LONG}|{_SHORT})"
_NAMED_PASSWORD = rf"(?<!\w)(?:\w{{0,60}}?(?:{_LONG})|(?:\w{{0,60}}[_-])?(?:{_SHORT}))"
_NAMED_KEY = (
    r"(?<!\w)(?:\w{0,60}[_-])?(?:(?:api|access|account|secret|client|shared|storage|license|licen[cs]e|product|private|"
    r"master|encryption|signing|subscription|connection|function|primary|secondary|lizenz|produkt|zugriffs)[ _-]?"
    r"(?:access[ _-]?|shared[ _-]?|account[ _-]?|api[ _-]?)?(?:key|secret|schlüssel|token)|secret|token|geheimnis)"
)
_FOR = r"(?:[ \t]{1,4}(?:for|of|on|von|vom|für|des|der|zu|zum|an|auf)[ \t]{1,4}[^\n:=?!]{1,60}?)?"
_QUOTED = (
    r"\"(?:[^\"\\\n]|\\.){1,200}\"|'[^'\n]{1,200}'|„[^“”\n]{1,200}[“”]|“[^”\n]{1,200}”|«[^»\n]{1,200}»|`[^`\n]{1,200}`"
)
_VALUE = rf"(?P<value>{_QUOTED}|[^\s\"'<>]{{2,200}}?(?=;[\w ]{{1,40}}=|;?[\s\"'<>]|;?\Z))"
_ASSIGN = r"[\"']?[ \t]{0,8}(?:[:=]|->|=>|→|⇒)[ \t]{0,8}(?:is[ \t]{1,4})?"
_IS = r"[ \t]{1,8}(?:is now|is going to be|will be|should be|is still|is|was|equals)[ \t:]{1,8}"
_IST = r"[ \t]{1,8}(?:ist jetzt neu|ist jetzt|ist nun|ist neu|ist|war|wäre|wird)[ \t:]{1,8}"
_CHANGED = r"\b(?:re-?set|set|chang\w{1,3}|updat\w{1,3}|setze?|ändere?)\b[^\n]{0,60}?"

MAY_HOLD = re.compile(
    r"pass|kennw|pw|psk|pin|key|schlüssel|code|secret|geheim|token|community|bearer|authori|otp|2fa|mfa|recovery|backup|"
    r"wiederherst|scratch|admin|log ?[io]n|sign ?in|user|account|cred|zugang|anmelde|benutzer|konto|secure|net1?[. \t]|"
    r"mysql|mariadb|(?<!\S)-[up]|://|=|\S{15}|\d{6}",
    re.IGNORECASE,
)
"""A text without any of this matches no form. Most texts have none, and are read in a fraction of the time."""

FORMS = (
    _form(
        KEY,
        r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,50}-----|\Z)",
        exact=True,
    ),
    _form(TOKEN, r"(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?", exact=True),
    # addresses with a password or a key in them
    _form(PASSWORD, r"(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{0,20}://[^\s/?#@:\"'<>]{0,100}:(?P<value>[^\s/@\"'<>]{1,200})@"),
    _form(
        TOKEN,
        r"[?&;](?:sig|signature|x-amz-signature|x-amz-security-token|token|access_token|refresh_token|id_token|"
        r"api[-_]?key|key|secret|client_secret|password|passwd|pwd|code)=(?P<value>[^&\s\"'<>;#]{4,2000})",
        is_given,
    ),
    _form(TOKEN, r"\bsig=(?P<value>[a-z0-9%+/=]{20,200})"),
    # headers
    _form(TOKEN, r"\bbearer[ \t]{1,4}(?P<value>[\w.~+/=-]{12,4000})", has_digit),
    _form(
        TOKEN,
        r"\bauthorization[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?(?:basic|negotiate|ntlm|token|apikey)[ \t]{1,4}"
        r"(?P<value>[\w.~+/=-]{6,8000})",
    ),
    # keys that say whose they are
    _form(
        KEY,
        r"(?<![\w-])(?:sk-[\w-]{16,200}|sk_(?:live|test)_\w{16,200}|gh[opsur]_\w{20,200}|github_pat_\w{20,200}|"
        r"glpat-[\w-]{20,100}|xox[abeprs]-[\w-]{10,200}|(?:AKIA|ASIA)[0-9A-Z]{16}|AIza[\w-]{35}|rf_[\w-]{16,200}|"
        r"whsec_[\w+/=-]{16,200}|SG\.[\w-]{16,64}\.[\w-]{16,64}|npm_\w{36}|hf_\w{30,40}|pypi-[\w-]{50,300}|"
        r"dop_v1_\w{64}|shp(?:at|ss)_\w{32}|tskey-[\w-]{16,100}|nvapi-[\w-]{20,100})",
        has_digit,
        exact=True,
    ),
    # BitLocker, FileVault, product keys, authenticator apps
    _form(RECOVERY_KEY, r"(?<![\d-])\d{6}(?:[ -]\d{6}){7}(?![\d-])"),
    _form(RECOVERY_KEY, r"(?<![\w-])[A-Z0-9]{4}(?:-[A-Z0-9]{4}){5}(?![\w-])", has_digit, exact=True),
    _form(KEY, r"(?<![\w-])[A-Z0-9]{5}(?:-[A-Z0-9]{5}){4}(?![\w-])", has_digit, exact=True),
    _form(KEY, r"(?<![\w+/=.-])[A-Z2-7]{16,64}(?![\w+/=.-])", is_base32, exact=True),
    _form(
        KEY,
        r"\b(?:totp|otp|2fa|mfa|authenticator|hotp)\b[^\n:=]{0,40}[:=][ \t]{0,4}"
        r"(?P<value>[a-z2-7]{4}(?: [a-z2-7]{4}){3,15})\b",
    ),
    _form(
        RECOVERY_KEY,
        r"\b(?:recovery|backup|wiederherstellungs?|scratch)[ -]?(?:key|code|schlüssel)s?" + _FOR + _ASSIGN + _VALUE,
        has_digit,
    ),
    # connection strings, settings, JSON, XML
    _form(KEY, r"\b(?:AccountKey|SharedAccessKey|AccessKey|SharedSecret)=(?P<value>[^;\s\"'<>]{4,400})"),
    _form(
        PASSWORD,
        r"<(?:\w{0,30}:)?\w{0,30}(?:password|passwd|pwd|secret|kennwort)\w{0,10}>(?:\s{0,40}<value>)?"
        r"(?P<value>[^<\n]{1,200})</",
        is_given,
    ),
    _form(PASSWORD, _NAMED_PASSWORD + _FOR + _ASSIGN + _VALUE, is_given),
    _form(KEY, _NAMED_KEY + _FOR + _ASSIGN + _VALUE, is_key),
    # sentences
    _form(
        PASSWORD,
        r"\b" + _PASSWORD + _FOR + _IS + _VALUE,
        is_no_small_word,
    ),
    _form(
        PASSWORD,
        r"\b" + _PASSWORD + _FOR + _IST + _VALUE,
        is_no_word,
    ),
    _form(PASSWORD, r"\b" + _PASSWORD + _FOR + r"[ \t]{1,4}lautete?(?: jetzt| nun)?[ \t:]{1,8}" + _VALUE, is_given),
    _form(
        PASSWORD, _CHANGED + _PASSWORD + _FOR + r"[ \t]{1,4}(?:from|to|auf|von)[ \t]{1,4}" + _VALUE, is_no_small_word
    ),
    _form(
        PASSWORD,
        r"\b"
        + _PASSWORD
        + r"[^\n]{0,60}?[ \t](?:from|to|auf|von)[ \t]{1,4}"
        + _VALUE
        + r"[ \t]{1,4}(?:gesetzt|geändert|zurückgesetzt|to)\b",
        is_no_word,
    ),
    _form(
        PASSWORD, r"\b" + _PASSWORD + r"[ \t]{1,4}(?:(?:auf|von|from|to|as|mit|with)[ \t]{1,4})?" + _VALUE, is_strong
    ),
    _form(
        KEY,
        r"\b(?:api|access|client|secret)[ -]?(?:key|secret|token)[ \t]{1,8}(?:is|was|ist|lautet|war)[ \t:]{1,8}"
        + _VALUE,
        is_key,
    ),
    _form(
        PASSWORD,
        r"\b" + _PASSWORD + _FOR + r"[ \t]{1,4}(?:from|von)[ \t]{1,4}\S{1,200}[ \t]{1,4}(?:to|auf)[ \t]{1,4}" + _VALUE,
        is_no_small_word,
    ),
    _form(PASSWORD, r"\b" + _PASSWORD + rf"[ \t]{{1,4}}(?P<value>{_QUOTED})", is_given),
    _form(PASSWORD, r"\b" + _PASSWORD + r"(?:[’']s)?[ \t]{1,4}" + _VALUE, is_mixed),
    _form(PASSWORD, r"\b" + _PASSWORD + r"(?:[ \t]{1,4}\w{1,15}){1,3}[ \t]{0,4}:[ \t]{1,4}" + _VALUE, is_mixed),
    _form(PASSWORD, r"\b" + _PASSWORD + r"[ \t]{0,4}(?:[:=][ \t]{0,4}\n|[|\t])[ \t|]{0,4}" + _VALUE, has_digit),
    _form(PASSWORD, r"\b" + _PASSWORD + r"[ \t]{1,4}\((?P<value>[^()\s]{4,100})\)", is_mixed),
    _form(PASSWORD, r"\b(?:pin|passcode)[ \t]{1,4}(?P<value>\d{4,12})\b"),
    _form(
        PASSWORD,
        r"(?<!\S)(?P<value>\S{6,64})[ \t]{1,4}(?:is|as|ist|als)[ \t]{1,4}"
        r"(?:(?:the|her|his|a|das|neues?|new)[ \t]{1,4}){0,2}" + _PASSWORD + r"\b",
        is_mixed,
    ),
    _form(
        KEY,
        r"\b(?:key|token|secret)[ \t]{1,4}(?P<value>[\w+/=~.-]{12,400})",
        lambda value: is_mixed(value) and sum(character.isdigit() for character in value) > 2,
    ),
    # command lines
    _form(
        PASSWORD,
        r"(?<![\w-])(?:--?|/)(?:password|passwd|pwd|pass|passphrase|kennwort|token|api-?key|secret|client-?secret)"
        r"(?:[ \t]{1,4}|[:=])" + _VALUE,
        lambda value: is_given(value) and value[0] not in "-/",
    ),
    _form(
        PASSWORD,
        r"\bConvertTo-SecureString[ \t]{1,4}(?:-String[ \t]{1,4})?(?P<value>\"[^\"\n]{1,200}\"|'[^'\n]{1,200}')",
        is_given,
    ),
    _form(
        PASSWORD, r"\bnet1?(?:\.exe)?[ \t]{1,4}user[ \t]{1,4}\S{1,100}[ \t]{1,4}(?P<value>[^\s/*]\S{1,200})", is_given
    ),
    _form(
        PASSWORD,
        r"\bnet1?(?:\.exe)?[ \t]{1,4}use[ \t]{1,4}(?:\w:[ \t]{1,4})?\\\\\S{1,200}[ \t]{1,4}(?P<value>[^\s/*]\S{1,200})",
        is_given,
    ),
    _form(PASSWORD, r"(?<!\S)-u[ \t]{1,4}\S{1,100}[ \t]{1,4}-p[ \t]{1,4}" + _VALUE, is_given),
    _form(PASSWORD, r"\b(?:mysql|mysqldump|mariadb|sshpass)\b[^\n]{0,100}?[ \t]-p[ \t]?" + _VALUE, is_given),
    _form(PASSWORD, r"(?<!\S)(?:-u|--user)[ \t]{1,4}[\w.@\\-]{1,64}:(?P<value>[^\s/]\S{2,200})", is_given),
    # a name and a password side by side, such as “admin is svc-desk / …”
    _form(
        PASSWORD,
        r"\b(?:admin\w{0,10}|log ?[io]n|sign ?in|user(?:name)?|account|cred(?:ential)?s?|zugang(?:sdaten)?|"
        r"anmeldedaten|benutzer|konto)\b[^\n]{0,40}?[ \t:=][\w.@\\-]{2,64}[ \t]{0,4}[/|:][ \t]{0,4}(?P<value>\S{6,64})",
        lambda value: is_strong(value) or is_mixed(value),
    ),
)
"""In no order that matters: of overlapping ones, all that any of them covers is masked."""
