"""Checks of one value each: it comes back as Python has it, or a problem is noted and None comes back."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from common.refusals import InvalidInput
from common.text import clean_line, clean_text, is_storable, verbatim
from fixes.importing.problems import Problems, below, shown

Check = Callable[[Any, str, Problems], Any]
"""value, its field, the problems of the line → the value"""

_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z")
YEARS = range(2000, 2101)


def text(most: int) -> Check:
    """Several lines of text that are not empty."""
    return _text(most, clean_text)


def line(most: int, pattern: str = "", looks_like: str = "") -> Check:
    """One line of text that is not empty; `looks_like` describes `pattern` in words."""
    is_line = _text(most, clean_line)

    def check(value: Any, field: str, found: Problems) -> Any:
        cleaned = is_line(value, field, found)
        if pattern and cleaned is not None and not re.fullmatch(pattern, cleaned):
            return found.add(field, f"{shown(cleaned)} is not {looks_like}")
        return cleaned

    return check


def script(most: int) -> Check:
    """Text that is kept to the letter."""
    return _text(most, verbatim)


def _text(most: int, clean: Callable[..., str | None]) -> Check:
    def check(value: Any, field: str, found: Problems) -> Any:
        if not isinstance(value, str):
            return found.add(field, f"{shown(value)} is not text; put it in quotes")
        try:
            return clean(value, field, max_length=most) or found.add(field, "empty; write something")
        except InvalidInput as wrong:
            return found.add(field, wrong.errors[field])

    return check


def whole_number(least: int, most: int) -> Check:
    def check(value: Any, field: str, found: Problems) -> Any:
        if type(value) is not int or not least <= value <= most:
            return found.add(field, f"{shown(value)} is not a whole number from {least} to {most}")
        return value

    return check


def one_of(choices: Iterable[str]) -> Check:
    known = tuple(choices)

    def check(value: Any, field: str, found: Problems) -> Any:
        if value not in known:
            return found.add(field, f"{shown(value)} is not one of {', '.join(known)}")
        return str(value)

    return check


def uuid4(value: Any, field: str, found: Problems) -> Any:
    try:
        known = UUID(value)
    except (ValueError, TypeError, AttributeError):
        known = None
    if known is None or str(known) != value.lower() or known.version != 4:
        return found.add(field, f"{shown(value)} is not a UUID 4, as in 8-4-4-4-12 hexadecimal digits")
    return known


def time(value: Any, field: str, found: Problems) -> Any:
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        return found.add(field, f"{shown(value)} is not a time in UTC; write it as 2026-08-03T07:41:09Z")
    try:
        moment = datetime.fromisoformat(value).astimezone(UTC)
    except ValueError:
        return found.add(field, f"{shown(value)} is no time that exists; mend the date or the hour")
    if moment.year not in YEARS:
        return found.add(field, f"{shown(value)} is not between the years {YEARS[0]} and {YEARS[-1]}")
    return moment


def json_object(value: Any, field: str, found: Problems) -> Any:
    if not isinstance(value, dict):
        return found.add(field, f"{shown(value)} is not an object, {{…}}")
    return value if is_storable(value) else found.add(field, "has an invalid character; remove it")


def nullable(check: Check) -> Check:
    return lambda value, field, found: None if value is None else check(value, field, found)


def each(check: Check) -> Check:
    def check_list(value: Any, field: str, found: Problems) -> Any:
        if not isinstance(value, list):
            return found.add(field, f"{shown(value)} is not a list, […]")
        return [check(item, f"{field}[{index}]", found) for index, item in enumerate(value)]

    return check_list


def record(make: Callable[..., Any], required: dict[str, Check], optional: dict[str, Check] | None = None) -> Check:
    """An object with these keys and no others; `make` takes them by name once all of it is sound."""
    known = required | (optional or {})

    def check(value: Any, field: str, found: Problems) -> Any:
        if not isinstance(value, dict):
            return found.add(field, f"{shown(value)} is not an object, {{…}}")
        before = len(found)
        for key in required:
            if key not in value:
                found.add(below(field, key), "missing; add it")
        for key in value:
            if key not in known:
                found.add(below(field, key), f"unknown; remove it, or use one of {', '.join(known)}")
        sound = {key: known[key](value[key], below(field, key), found) for key in known if key in value}
        return make(**sound) if len(found) == before else None

    return check
