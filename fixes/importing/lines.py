"""A file's bytes as JSON objects, one a line. Only one line is in memory at a time."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from common.text import invalid_character
from fixes.importing.problems import Flawed, Problem, below, shown

LINE_MAX = 10_000_000
DEPTH_MAX = 50
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
WHOLE_LINE = "line"


@dataclass(frozen=True)
class Line:
    """`problem` says why there is no `value`."""

    number: int
    size: int
    value: dict[str, Any] | None = None
    problem: Problem | None = None


def read(file: BinaryIO) -> Iterator[Line]:
    number = 0
    while raw := file.readline(LINE_MAX + 1):
        number += 1
        size = len(raw)
        if size > LINE_MAX:
            size += _skip_rest(file, raw)
            words = f"longer than {LINE_MAX:,} bytes; is each session on a line of its own?"
            yield Line(number, size, problem=Problem(WHOLE_LINE, words))
            continue
        try:
            yield Line(number, size, value=_object(raw, number))
        except Flawed as flaw:
            yield Line(number, size, problem=flaw.problem)


def _skip_rest(file: BinaryIO, raw: bytes) -> int:
    skipped = 0
    while raw and not raw.endswith(b"\n"):
        raw = file.readline(LINE_MAX)
        skipped += len(raw)
    return skipped


def _object(raw: bytes, number: int) -> dict[str, Any]:
    if number == 1 and raw.startswith(BYTE_ORDER_MARK):
        raise _flawed("begins with a byte order mark; save the file as UTF-8 without one")
    if not raw.strip():
        raise _flawed("empty; remove this line")
    value = _parsed(_text(raw))
    _refuse_odd_shapes(value)
    if not isinstance(value, dict):
        raise _flawed(f"{shown(value)} is no session; write an object, {{…}}")
    return value


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise _flawed(f"not UTF-8 at byte {error.start + 1}; save the file as UTF-8") from error


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant, parse_float=_finite)
    except json.JSONDecodeError as error:
        raise _flawed(f"not JSON at column {error.colno}: {error.msg}") from error
    except RecursionError as error:
        raise _flawed(_TOO_DEEP) from error
    except ValueError as error:  # an integer of thousands of digits
        raise _flawed("has a number with too many digits; write it as text") from error


_TOO_DEEP = f"nested too deeply; {DEPTH_MAX} levels are the most"


def _flawed(words: str, field: str = WHOLE_LINE) -> Flawed:
    return Flawed(Problem(field, words))


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _flawed("stands twice in one object; remove one", below("", key))
        found[key] = value
    return found


def _no_constant(name: str) -> None:
    raise _flawed(f"{name} is not JSON; write a number or null")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise _flawed(f"the number {shown(digits)} is too large; write it as text")
    return number


def _refuse_odd_shapes(value: Any) -> None:
    """Refuse keys that can't be stored, and depths that only an attack has. Without recursion of its own."""
    open_ends: list[tuple[Any, str, int]] = [(value, "", 1)]
    while open_ends:
        each, field, depth = open_ends.pop()
        if depth > DEPTH_MAX:
            raise _flawed(_TOO_DEEP)
        if isinstance(each, dict):
            for key, inner in each.items():
                _refuse_key(key, below(field, key))
                open_ends.append((inner, below(field, key), depth + 1))
        elif isinstance(each, list):
            open_ends += [(inner, f"{field}[{index}]", depth + 1) for index, inner in enumerate(each)]


def _refuse_key(key: str, field: str) -> None:
    if invalid_character(key):
        raise _flawed("has an invalid character; remove it", field)
