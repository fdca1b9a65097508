"""Read JSON strictly, for API and import: what two programs could read differently is refused."""

import json
import math
from collections.abc import Iterable
from typing import Any, NoReturn

from common.values import KEY_MAX, quoted, shortened

DEPTH_MAX = 50
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
TOO_DEEP = f"This is nested too deeply. {DEPTH_MAX} levels are the most."


class BadJson(Exception):
    """Text that can't be taken as JSON. `field` names the key that is wrong, if it is one."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message, self.field = message, field


def parse(raw: bytes) -> Any:
    """Return what the bytes say. They are UTF-8, and no object has a key twice. Raises BadJson."""
    if raw.startswith(BYTE_ORDER_MARK):
        raise BadJson("This begins with a byte order mark. Send UTF-8 without one.")
    text = _decoded(raw)
    try:
        value = json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse_constant, parse_float=_finite)
    except json.JSONDecodeError as error:
        raise BadJson(_syntax_error(text, error)) from None
    except RecursionError:
        raise BadJson(TOO_DEEP) from None
    except ValueError:
        raise BadJson("This has a number with too many digits. Send it as text.") from None
    _refuse_depth(value)
    return value


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise BadJson(f"This is not UTF-8 at byte {error.start + 1:,}.") from None


def _syntax_error(text: str, error: json.JSONDecodeError) -> str:
    found = text[error.pos : error.pos + 1]
    problem = f"{quoted(found)} is not expected there" if found else "it ends too early"
    return f"This is not JSON at line {error.lineno}, column {error.colno}: {problem}."


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise BadJson("This key is given twice in one object. Send it once.", shortened(key, KEY_MAX))
        found[key] = value
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise BadJson(f"{name} is not JSON. Send a number or null.")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise BadJson(f"The number {shortened(digits, KEY_MAX)} is too large. Send it as text.")
    return number


def _refuse_depth(value: Any) -> None:
    """Go level by level: what can be read with recursion may be too deep to be written with it."""
    level = [value]
    for _ in range(DEPTH_MAX + 1):
        level = [part for each in level for part in _parts(each)]
    if level:
        raise BadJson(TOO_DEEP)


def _parts(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()
