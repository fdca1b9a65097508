import json
from collections.abc import Iterable, Mapping
from typing import IO, Any, NoReturn

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

DEPTH_MAX = 50
TOO_DEEP = f"This JSON is nested too deeply: {DEPTH_MAX} levels are the most."


class StrictJSON(JSONParser):
    """JSON as its standard has it: UTF-8 whatever the header claims, no NaN, no bottomless nesting."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        try:
            value = json.loads(stream.read().decode(), parse_constant=_refuse_constant)
        except RecursionError as error:
            raise ParseError(TOO_DEEP) from error
        except ValueError as error:
            raise ParseError(f"This is not JSON: {error}.") from error
        if _is_deeper_than(DEPTH_MAX, value):
            raise ParseError(TOO_DEEP)
        return value


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON value")


def _is_deeper_than(most: int, value: Any) -> bool:
    """Level by level: what can be read with recursion may be too deep to be written with it."""
    level = [value]
    for _ in range(most + 1):
        level = [part for each in level for part in _parts(each)]
    return bool(level)


def _parts(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()
