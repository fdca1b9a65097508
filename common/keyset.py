"""Keyset pagination, for HTML pages and API alike: a page costs the same however deep in the list it is.

A cursor says where a page begins. It is opaque and signed, and valid only for the list, filters and account that it was
made for.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar, cast

from django.core.signing import BadSignature, Signer
from django.db.models import BooleanField, Expression, F, Field, Func, Model, OrderBy, QuerySet, Value
from django.db.models.functions import Cast
from django.db.models.lookups import GreaterThan, GreaterThanOrEqual, LessThan, LessThanOrEqual, Lookup

from common.refusals import InvalidInput

PAGE_SIZE = 25
BAD_CURSOR = "This cursor isn’t one of this list’s. Take it from “next” or “previous”, or leave it out to start over."
COMPARISONS: dict[tuple[bool, bool], type[Lookup]] = {
    (True, False): GreaterThan,
    (True, True): GreaterThanOrEqual,
    (False, False): LessThan,
    (False, True): LessThanOrEqual,
}
"""(towards greater values, including the position itself) → comparison."""

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Key:
    """A column that a list is ordered by.

    `expression`: what the database orders by, where that isn't the column itself; `when_null`: its value for null.
    `descending`: of the first key, for the whole list.
    """

    column: str
    expression: Expression | None = None
    when_null: str | None = None
    descending: bool = False

    @property
    def sql(self) -> Expression | F:
        return self.expression or F(self.column)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """The rows of a page. `next` and `previous` are cursors, or None at the list's ends."""

    rows: list[Row]
    next: str | None
    previous: str | None


@dataclass(frozen=True)
class Position:
    """Where a page begins: beyond the row with these values, or at it (`inclusive`), forward or backward."""

    values: list[Any]
    forward: bool
    inclusive: bool = False

    def reversed(self) -> "Position":
        """Return the start of the page that leads back to this position."""
        return Position(self.values, not self.forward, inclusive=True)


def page(
    rows: QuerySet[Row],
    *,
    order: Sequence[str | Key],
    cursor: str | None,
    bound_to: Sequence[object],
    size: int = PAGE_SIZE,
) -> Page[Row]:
    """Return one page of `rows`, by one query.

    `order`: column names (all with a minus before them, or none) and Keys, together unique.
    `bound_to`: the list's name, its account and its filters; the cursors are valid for these only.
    Raises InvalidInput on `cursor`.
    """
    return _OrderedRows(rows, order, bound_to).page(cursor, size)


class _OrderedRows(Generic[Row]):
    def __init__(self, rows: QuerySet[Row], order: Sequence[str | Key], bound_to: Sequence[object]) -> None:
        self.rows = rows
        first = order[0]
        self.descending = first.descending if isinstance(first, Key) else first.startswith("-")
        self.keys = [each if isinstance(each, Key) else Key(each.removeprefix("-")) for each in order]
        names = [key.column for key in self.keys]
        self.signer = Signer(salt=json.dumps(["keyset", names, self.descending, *bound_to], default=str))

    def page(self, cursor: str | None, size: int) -> Page[Row]:
        start = self._position_of(cursor) if cursor else None
        forward = start is None or start.forward
        found = list(self._rows_from(start, forward)[: size + 1])
        ahead = self._position_beyond(found[size - 1], forward) if len(found) > size else None
        behind = start and (self._position_beyond(found[0], not forward) if found else start.reversed())
        shown, cursors = found[:size], (self._cursor(ahead), self._cursor(behind))
        return Page(shown, *cursors) if forward else Page(shown[::-1], *cursors[::-1])

    def _rows_from(self, start: Position | None, forward: bool) -> QuerySet[Row]:
        ascending = forward != self.descending
        rows = self.rows.order_by(*(OrderBy(key.sql, descending=not ascending) for key in self.keys))
        if start is None:
            return rows
        columns = _row(*(key.sql for key in self.keys))
        values = _row(*(self._value(key, text) for key, text in zip(self.keys, start.values, strict=True)))
        return rows.filter(COMPARISONS[ascending, start.inclusive](columns, values))

    def _value(self, key: Key, text: Any) -> Expression:
        field = cast("Field[Any, Any]", self.rows.model._meta.get_field(key.column))
        if text is None:
            return Cast(Value(key.when_null), field)
        return Value(field.to_python(text), output_field=field)

    def _position_beyond(self, row: Row, forward: bool) -> Position:
        return Position([_text(getattr(row, key.column)) for key in self.keys], forward)

    def _cursor(self, position: Position | None) -> str | None:
        if position is None:
            return None
        return self.signer.sign_object([position.values, position.forward, position.inclusive])

    def _position_of(self, cursor: str) -> Position:
        try:
            return Position(*self.signer.unsign_object(cursor))
        except (BadSignature, ValueError) as error:
            raise InvalidInput(cursor=BAD_CURSOR) from error


def _row(*columns: Expression | F) -> Func:
    """Return a row value, which PostgreSQL compares column by column."""
    return Func(*columns, function="ROW", output_field=BooleanField())


def _text(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()  # to the microsecond, unlike Django's JSON
    return value if value is None or isinstance(value, int) else str(value)
