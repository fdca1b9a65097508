"""Checks of one value each: return it as Python has it, or add a problem and return None.

What a value may be, `common.values` and `common.text` decide, as for the API.
"""

from collections.abc import Callable, Collection
from datetime import timedelta
from typing import Any

from django.utils import timezone

from common import values
from common.refusals import InvalidInput
from common.text import clean_line, clean_text, is_storable, verbatim
from common.values import WrongValue, quoted, unknown_keys
from fixes.importing.problems import Problems, below
from sessions import validation

Check = Callable[[Any, str, Problems], Any]
"""value, its field, the problems of the line → the value"""

CLOCK_TOLERANCE = timedelta(minutes=5)
"""The clock of the machine that wrote the file may be ahead of ours by this much."""


def _value(convert: Callable[[Any], Any]) -> Check:
    def check(value: Any, field: str, found: Problems) -> Any:
        try:
            return convert(value)
        except WrongValue as wrong:
            return found.add(field, wrong.message)

    return check


def text(most: int) -> Check:
    """Several lines of text that are not empty."""
    return _text(most, clean_text)


def line(most: int) -> Check:
    """One line of text that is not empty."""
    return _text(most, clean_line)


def script(most: int) -> Check:
    """Text that is kept to the letter."""
    return _text(most, verbatim)


def _text(most: int, clean: Callable[..., str | None]) -> Check:
    def check(value: Any, field: str, found: Problems) -> Any:
        try:
            return clean(values.text(value), field, max_length=most) or found.add(field, "Empty. Write something.")
        except WrongValue as wrong:
            return found.add(field, wrong.message)
        except InvalidInput as wrong:
            return found.add(field, wrong.errors[field])

    return check


def ticket_field(name: str) -> Check:
    """A field of the ticket, as every edge takes it; only the title must not be empty."""

    def check(value: Any, field: str, found: Problems) -> Any:
        try:
            return validation.validated({name: values.text(value)})[name]
        except WrongValue as wrong:
            return found.add(field, wrong.message)
        except InvalidInput as wrong:
            return found.add(field, wrong.errors[name])

    return check


def whole_number(least: int, most: int) -> Check:
    return _value(lambda value: values.whole_number(value, least, most))


def one_of(choices: Collection[str]) -> Check:
    return _value(lambda value: values.one_of(value, choices))


time = _value(values.time)


def past_time(value: Any, field: str, found: Problems) -> Any:
    """A time of something that happened."""
    moment = time(value, field, found)
    if moment and moment > timezone.now() + CLOCK_TOLERANCE:
        return found.add(field, f"{quoted(value)} is in the future. Only a check-by time can be.")
    return moment


def uuid4(value: Any, field: str, found: Problems) -> Any:
    known = _value(values.uuid)(value, field, found)
    if known and known.version != 4:
        return found.add(field, f"{quoted(value)} is not a UUID of version 4.")
    return known


def json_object(value: Any, field: str, found: Problems) -> Any:
    known = _value(values.json_object)(value, field, found)
    if known and not is_storable(known):
        return found.add(field, "This has an invalid character. Remove it.")
    return known


def nullable(check: Check) -> Check:
    return lambda value, field, found: None if value is None else check(value, field, found)


def each(check: Check) -> Check:
    def check_list(value: Any, field: str, found: Problems) -> Any:
        if not isinstance(value, list):
            return found.add(field, f"{quoted(value)} is not a list: […].")
        return [check(item, f"{field}[{index}]", found) for index, item in enumerate(value)]

    return check_list


def record(make: Callable[..., Any], required: dict[str, Check], optional: dict[str, Check] | None = None) -> Check:
    """An object with these keys and no others; `make` gets them by name when all of them are sound."""
    known = required | (optional or {})

    def check(value: Any, field: str, found: Problems) -> Any:
        if not isinstance(value, dict):
            return found.add(field, f"{quoted(value)} is not an object: {{…}}.")
        before = len(found)
        for key in (name for name in required if name not in value):
            found.add(below(field, key), "Missing. Add it.")
        for key, message in unknown_keys(value, tuple(known)).items():
            found.add(below(field, key), message)
        sound = {key: known[key](value[key], below(field, key), found) for key in known if key in value}
        return make(**sound) if len(found) == before else None

    return check
