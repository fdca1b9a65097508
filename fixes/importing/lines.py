"""A file's bytes as JSON objects, one a line. Only one line is in memory at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from common import strict_json
from common.values import quoted
from fixes.importing.problems import Flawed, Problem, below

LINE_MAX = 10_000_000
WHOLE_LINE = "line"


@dataclass(frozen=True)
class Line:
    """A line of a file; `problem` says why there is no `value`."""

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
            message = f"Longer than {LINE_MAX:,} bytes. Put each session on a line of its own."
            yield Line(number, size, problem=Problem(WHOLE_LINE, message))
            continue
        try:
            yield Line(number, size, value=_object(raw))
        except Flawed as flaw:
            yield Line(number, size, problem=flaw.problem)


def _skip_rest(file: BinaryIO, raw: bytes) -> int:
    skipped = 0
    while raw and not raw.endswith(b"\n"):
        raw = file.readline(LINE_MAX)
        skipped += len(raw)
    return skipped


def _object(raw: bytes) -> dict[str, Any]:
    if not raw.strip():
        raise Flawed(Problem(WHOLE_LINE, "Empty. Remove this line."))
    try:
        value = strict_json.parse(raw)
    except strict_json.BadJson as bad:
        field = WHOLE_LINE if bad.field is None else below("", bad.field)
        raise Flawed(Problem(field, bad.message)) from bad
    if not isinstance(value, dict):
        raise Flawed(Problem(WHOLE_LINE, f"{quoted(value)} is not a session. Write an object: {{…}}."))
    return value
