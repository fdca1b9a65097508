"""Technical names: hosts, addresses, paths, error codes, versions, ticket numbers, attributes, drives."""

import re

from tickets.honesty.tokens import Token
from tickets.honesty.word_sets import words

_PARTS = re.compile(r"[\\/:=,@]+")
_MAC = re.compile(r"[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}")
_ABBREVIATION = re.compile(r"(?:[a-zäöü]\.)+[a-zäöü]{1,3}|[a-z]+'[a-z]+|[^\W\d]+['’][^\W\d]+")
_INNER_CAPITAL = re.compile(r"[a-zäöü][A-ZÄÖÜ]")
PRODUCTS = words(
    """
        onedrive sharepoint powershell github youtube linkedin iphone ipad macos ios flowpilot quickbooks
        openvpn wordpress salesforce mysql postgresql bitlocker filevault airdrop airplay macbook imac
        teamviewer anydesk powerpoint onenote javascript autocad lastpass fortigate wireguard vmware ipsec
        """
)
"""Ordinary product names with a capital inside: names, not identifiers."""


def keys_of(token: Token) -> set[str]:
    """Return the keys that identify this token, empty when it is an ordinary word."""
    word = token.folded.removeprefix("v") if token.folded[1:2].isdecimal() else token.folded
    if _MAC.fullmatch(word):
        return {f"id:{word.replace('-', ':')}"}
    if _is_identifier(token):
        return {f"id:{word}", f"id:{token.folded}"}
    return set()


def parts_of(token: Token) -> set[str]:
    """Return the keys of what a source's name contains: the file of a path, the host of an address."""
    keys = {f"id:{part}" for part in _PARTS.split(token.folded) if part}
    host = token.folded.split(".")[0]
    return keys | {f"id:{host}"} | {f"id:{part.split('.')[0]}" for part in _PARTS.split(token.folded) if part}


def _is_identifier(token: Token) -> bool:
    text = token.text
    if len(text) == 1:
        return text.isupper() and text not in "IA" and _names_a_drive(token)
    if "@" in text or "\\" in text or "_" in text or ":" in text:
        return True
    if _ABBREVIATION.fullmatch(token.folded):
        return False
    if any(map(str.isdigit, text)) and any(map(str.isalpha, text)):
        return not _is_compound(text)
    if "." in text:
        return True
    if "-" in text:
        return text.isupper() and len(text) > 3
    return "/" not in text and bool(_INNER_CAPITAL.search(text)) and token.folded not in PRODUCTS


def _names_a_drive(token: Token) -> bool:
    return token.after.startswith(":") or not token.after.strip()


def _is_compound(text: str) -> bool:
    """Whether it is a word built with a number: "8-minute", "50-Mbit-Leitung"."""
    parts = text.split("-")
    is_plain = [part.isdecimal() or (part.isalpha() and not part.isupper()) for part in parts]
    return len(parts) > 1 and all(is_plain)
