"""What browsers tell of themselves when somebody signs in, and in which words a person knows them again."""

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
"""Pattern → name; the first that is found counts, for browsers name their forebears too."""


def in_words(user_agent: str) -> str:
    """“Firefox on Windows”, or as much of it as can be told."""
    browser, system = _first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or "Unknown browser"


def _first(names: tuple[tuple[str, str], ...], user_agent: str) -> str | None:
    return next((name for pattern, name in names if re.search(pattern, user_agent)), None)


def address_of(request: HttpRequest) -> str | None:
    """Where a request comes from. In production that is what the proxy saw: its own entry is the last of the header."""
    seen = request.META.get("REMOTE_ADDR", "")
    if settings.PRODUCTION:
        seen = request.headers.get("X-Forwarded-For", seen).rpartition(",")[2].strip()
    try:
        return str(ipaddress.ip_address(seen))
    except ValueError:
        return None


def note_sign_in(sender: type[User], request: HttpRequest, user: User, **_: Any) -> None:
    """Receives `user_logged_in`: the session’s row will know the browser, and what has expired goes."""
    request.session.update(
        {
            "user_agent": request.headers.get("User-Agent", "")[:USER_AGENT_MAX].replace("\0", ""),
            "address": address_of(request),
            "signed_in_at": timezone.now().isoformat(),
        }
    )
    Device.objects.filter(user=user, expire_date__lte=timezone.now()).delete()
