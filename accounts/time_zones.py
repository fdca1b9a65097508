"""Names of time zones: the ones that people choose from, and the old names that mean the same.

The tz database has about 600 names. `zone.tab` lists the 420 of today; most others are old spellings (Asia/Calcutta)
and abbreviations (US/Eastern), which would be duplicates in a list.
"""

import zoneinfo
from functools import cache
from importlib import resources

from django.core.exceptions import ValidationError

UTC = "UTC"


def validate_time_zone(name: str) -> None:
    """Raise ValidationError if this isn't the name of an IANA time zone."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(f"“{name}” is not a time zone. Use an IANA name such as Europe/London.")


@cache
def current_names() -> frozenset[str]:
    """Return the names to choose from."""
    rows = (line.split("\t") for line in _read("zone.tab") if not line.startswith("#"))
    return frozenset({UTC, *(row[2] for row in rows if len(row) > 2)}) & zoneinfo.available_timezones()


@cache
def old_names() -> dict[str, str]:
    """Return the old names, each with the one of today. Browsers report some of them."""
    pairs = (line.split()[1:] for line in _read("tzdata.zi") if line.startswith("L "))
    links = {old: target for target, old in pairs}
    links |= {f"Etc/{name}": UTC for name in ("UTC", "UCT", "Universal", "Zulu")}
    followed = {name: target if target in current_names() else links.get(target, "") for name, target in links.items()}
    return {name: to for name, to in followed.items() if to in current_names() and name not in current_names()}


def current_name(name: str) -> str:
    """Return today's name of a zone; the name itself if there is no other."""
    return old_names().get(name, name)


def place(name: str) -> str:
    """Return the name as people read it: “Europe/Isle of Man”."""
    return name.replace("_", " ")


def _read(file: str) -> list[str]:
    return resources.files("tzdata").joinpath("zoneinfo", file).read_text().splitlines()
