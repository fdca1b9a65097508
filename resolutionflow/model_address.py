"""Validates the settings of the model that FlowPilot may ask (docs/running.md, *A model*)."""

import ipaddress
from urllib.parse import SplitResult, urlsplit


def problems(url: str, model: str, key: str) -> dict[str, str]:
    """Return what is wrong with address, name and key of the model, by setting. No text of it repeats a value."""
    wrong = {"FLOWPILOT_URL": _address_problem(url) if url else "", "FLOWPILOT_KEY": _key_problem(key)}
    if url and not model.strip():
        wrong["FLOWPILOT_MODEL"] = "missing, and FLOWPILOT_URL is set"
    return {name: problem for name, problem in wrong.items() if problem}


def _address_problem(url: str) -> str:
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return "not an address"
    if parts.scheme not in {"http", "https"} or not host or not _is_printable(url):
        return "not an address that begins with https:// or http://"
    if parts.username is not None or parts.password is not None:
        return "an address with a name or password in it, and addresses are shown to people"
    if parts.query or parts.fragment:
        return "an address with ? or # in it"
    return "" if parts.scheme == "https" or is_local(host) else _plain_text(parts)


def _plain_text(parts: SplitResult) -> str:
    return f"http:// to {parts.hostname} would send tickets and the key unencrypted"


def is_local(host: str) -> bool:
    """Return whether the host is this machine or in a private network: its name has no dot, or its address says so."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "." not in host or host.endswith((".localhost", ".local", ".internal"))
    return address.is_loopback or (address.is_private and not address.is_unspecified)


def _key_problem(key: str) -> str:
    return "" if _is_printable(key) else "it has a blank or a character that no key has"


def _is_printable(text: str) -> bool:
    return text.isascii() and all(character.isprintable() and character != " " for character in text)
