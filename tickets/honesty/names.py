"""Names in a sentence: people, hosts without figures, products. A name that nobody gave must not stand in a text."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tickets.honesty.numbers import SECONDS, UNITS
from tickets.honesty.sources import Everything, Sources
from tickets.honesty.times import MONTHS, NAMED_TIMES, WEEKDAYS
from tickets.honesty.tokens import Token
from tickets.honesty.word_sets import words

TITLES = words("mr mrs ms miss dr prof herr herrn frau kollege kollegin kollegen colleague technician engineer user")
SPEAKS = words(
    """
        says said confirms confirmed reports reported tested tests checked thinks noticed told replied wrote
        asked sagt sagte meldet meldete bestätigt bestätigte berichtet berichtete testete prüfte schrieb meint
        """
)
NO_NAMES = words(
    """
        i it ok pc pcs id ids url usb ip dns vpn lan wlan wi-fi wifi pdf tv ram cpu gpu ssd bios uefi dhcp tls
        ssl http https smtp imap api sms qr mfa sso ad erp crm rmm mdm edv ups usv nas raid sql ui os
        it-abteilung faq eu uk us usa english german englisch deutsch internet e-mail email mail server
        """
)
"""Words in capitals that name nothing in particular."""
PRODUCTS = words(
    """
        microsoft windows outlook exchange teams sharepoint onedrive azure entra intune cisco meraki fortinet
        fortigate sophos ubiquiti unifi aruba zyxel lancom netgear draytek watchguard palo veeam acronis datto
        datev sage sap lexware citrix vmware nutanix synology qnap dell lenovo hp epson canon brother kyocera
        ricoh xerox zebra adobe google chrome firefox edge safari apple android samsung yealink snom grandstream
        starface 3cx avaya mitel zoom slack dropbox bitdefender kaspersky eset mcafee crowdstrike sentinelone
        norton avast defender virgin vodafone telekom linux ubuntu debian okta duo lastpass bitwarden keepass
        salesforce hubspot xero quickbooks
        """
)


@cache
def first_names() -> frozenset[str]:
    """Return common first names, in lower case."""
    lines = (Path(__file__).parent / "data" / "first_names.txt").read_text("utf-8").splitlines()
    return frozenset(name.casefold() for line in lines if not line.startswith("#") for name in line.split())


def unknown_names(tokens: list[Token], sources: Sources, everything: Everything, *, is_german: bool) -> Iterator[str]:
    """Yield the names in these words that the sources don't carry."""
    people = everything.people
    for at, token in enumerate(tokens):
        if not token.text[0].isupper() or _is_carried(token.folded, sources.words):
            continue
        if is_person(tokens, at, people) or (
            not _is_carried(token.folded, everything.words) and _is_name(tokens, at, is_german)
        ):
            yield token.text


def is_person(tokens: list[Token], at: int, people: frozenset[str]) -> bool:
    """Return whether this word is a person's name, as far as words tell."""
    token = tokens[at]
    if not token.is_title:
        return False
    before = tokens[at - 1] if at and not set(tokens[at].before) & set(".!?;:") else None
    if token.folded in people or token.folded in first_names():
        return True
    if before and before.folded in TITLES and before.folded != token.folded and before.folded not in _WEAK_TITLES:
        return True
    return bool(at == 0 and len(tokens) > 1 and tokens[1].folded in SPEAKS and token.folded not in _BEGINNINGS)


_WEAK_TITLES = words("colleague technician engineer user")
_BEGINNINGS = words(
    """
        she he they it who we nobody everyone all both someone the user users client customer sie er man niemand
        jemand alle beide kunde kundin outlook windows das es microsoft support we i ich wir
        """
)


_NO_NAMES = (NO_NAMES, TITLES, UNITS, SECONDS, MONTHS, WEEKDAYS, NAMED_TIMES)


def _is_name(tokens: list[Token], at: int, is_german: bool) -> bool:
    token = tokens[at]
    word = token.folded
    if len(word) == 1 or not token.is_word or any(word in each for each in _NO_NAMES):
        return False
    if word in PRODUCTS:
        return True
    if token.text.isupper() and len(word) > 1:
        return True
    begins = at == 0 or bool(set(token.before) & set('.!?:“„"(–—'))
    return not is_german and not begins


def _is_carried(word: str, words: frozenset[str]) -> bool:
    """Return whether the sources have the word, also in the plural or with a German or English ending."""
    return (
        word in words
        or any(word.removesuffix(end) in words for end in ("s", "n", "en", "es") if len(word) > 3)
        or (f"{word}s" in words)
    )
