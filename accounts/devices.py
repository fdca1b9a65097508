"""The browsers that people are signed in with: what is remembered of each, and what a person calls it."""

import ipaddress
import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import Device, User

USER_AGENT_MAX = 300

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/|FxiOS/", "Firefox"),
    ("Chrome/|CriOS/|Chromium/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh|Mac OS X", "macOS"),
    ("Linux|X11", "Linux"),
)
"""Pattern → name. The first match counts, because browsers also name those that they descend from."""


def browser_name(user_agent: str) -> str:
    """Return “Firefox on Windows”, or as much of it as can be recognised."""
    browser, system = _first_match(BROWSERS, user_agent), _first_match(SYSTEMS, user_agent)
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or "Unknown browser"


def _first_match(names: tuple[tuple[str, str], ...], user_agent: str) -> str | None:
    return next((name for pattern, name in names if re.search(pattern, user_agent)), None)


def address_of(request: HttpRequest) -> str | None:
    """Return the IP address that a request comes from.

    In production that is what the proxy saw: the last entry of its header.
    """
    seen = request.META.get("REMOTE_ADDR", "")
    if settings.PRODUCTION:
        seen = request.headers.get("X-Forwarded-For", seen).rpartition(",")[2].strip()
    try:
        return str(ipaddress.ip_address(seen))
    except ValueError:
        return None


def remember_browser(sender: type[User], request: HttpRequest, user: User, **_: Any) -> None:
    """Note the browser in the new session's row, and delete the person's expired ones. Receives `user_logged_in`."""
    request.session.update(
        {
            "user_agent": request.headers.get("User-Agent", "")[:USER_AGENT_MAX].replace("\0", ""),
            "address": address_of(request),
            "signed_in_at": timezone.now().isoformat(),
        }
    )
    Device.objects.filter(user=user, expire_date__lte=timezone.now()).delete()
