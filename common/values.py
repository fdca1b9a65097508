"""What counts as a text, a number, a time, an id or a known key: one rule for API and import (docs/api.md, *Values*).

Each function returns the value as Python has it, or raises WrongValue, to which the edge adds the field.
"""

import json
import re
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from common.ids import uuid_or_none

YEARS = range(2000, 2101)
QUOTED_MAX = 40
"""Characters of a wrong value that a message quotes."""
UNKNOWN_MAX = 20
"""Unknown keys that are named; a body may have a hundred thousand."""
KEY_MAX = 100
"""Characters of an unknown key that are named."""

_TIME = re.compile(
    r"(?P<minute>[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2})(?P<second>:[0-9]{2})?(?P<fraction>\.[0-9]{1,9})?"
    r"(?P<offset>[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])?"
)


class WrongValue(Exception):
    """A value that isn't what its field takes. `message` is a sentence that says what to send instead."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def text(value: object) -> str:
    if not isinstance(value, str):
        raise WrongValue(f"{quoted(value)} is not text. Put it in quotes.")
    return value


def whole_number(value: object, least: int, most: int) -> int:
    """An integer without a fraction: 70, and not 70.0, "70" or true."""
    if type(value) is not int or not least <= value <= most:
        raise WrongValue(f"{quoted(value)} is not a whole number from {least} to {most}.")
    return value


def flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise WrongValue(f"{quoted(value)} is neither true nor false.")
    return value


def time(value: object) -> datetime:
    """A time with its offset, as RFC 3339 writes it; decimals beyond the sixth are cut off."""
    parts = _TIME.fullmatch(value) if isinstance(value, str) else None
    if parts is None:
        raise WrongValue(f"{quoted(value)} is not a time. Write it like 2026-08-03T17:00:00+02:00.")
    if parts["offset"] is None:
        raise WrongValue(f"{quoted(value)} has no time zone. Add an offset, such as +01:00 or Z.")
    offset = "+00:00" if parts["offset"] in "Zz" else parts["offset"]
    second, fraction = parts["second"] or ":00", f"{parts['fraction'] or '.':0<7}"[:7]
    try:
        moment = datetime.fromisoformat(parts["minute"].upper().replace(" ", "T") + second + fraction + offset)
    except ValueError:
        raise WrongValue(f"{quoted(value)} does not exist. Correct the date or the time.") from None
    if moment.year not in YEARS:
        raise WrongValue(f"{quoted(value)} is out of range. Use a year from {YEARS[0]} to {YEARS[-1]}.")
    return moment.astimezone(UTC)


def uuid(value: object) -> UUID:
    found = uuid_or_none(value)
    if found is None:
        raise WrongValue(f"{quoted(value)} is not a UUID: 8-4-4-4-12 hexadecimal digits.")
    return found


def one_of(value: object, choices: Collection[str]) -> str:
    if not isinstance(value, str) or value not in choices:
        raise WrongValue(f"{quoted(value)} is not one of {', '.join(choices)}.")
    return value


def json_object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise WrongValue(f"{quoted(value)} is not an object: {{…}}.")
    return value


def unknown_keys(given: Iterable[str], known: Collection[str]) -> dict[str, str]:
    """Return what is wrong with the keys that don't exist, by key; each message names those that do."""
    exist = f"Use {', '.join(known)}." if known else "Nothing is taken here."
    unknown = [key for key in given if key not in known][:UNKNOWN_MAX]
    return {shortened(key, KEY_MAX): f"Unknown. {exist}" for key in unknown}


def quoted(value: object) -> str:
    """Write a value as JSON has it, short, and harmless on a terminal."""
    start = json.dumps(value, ensure_ascii=False, default=str)[: QUOTED_MAX + 1]
    visible = "".join(each if each.isprintable() else json.dumps(each)[1:-1] for each in start)
    return shortened(visible, QUOTED_MAX)


def shortened(written: str, most: int) -> str:
    return written if len(written) <= most else f"{written[:most]}…"


def written(moment: datetime) -> str:
    """Write a time as the API answers it: in UTC, with a Z."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
