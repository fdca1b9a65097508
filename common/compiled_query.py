"""Queries whose SQL is written once: Django takes several times as long to write it as PostgreSQL to run it."""

from collections.abc import Callable
from copy import copy
from datetime import UTC, datetime, timedelta
from functools import cached_property, update_wrapper
from types import SimpleNamespace
from typing import Any, Generic, NamedTuple, TypeVar, cast
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import BooleanField, Func, Model, QuerySet, UUIDField, Value
from django.db.models.query import ModelIterable
from django.db.models.sql import Query

Row = TypeVar("Row", bound=Model)

PLACEHOLDERS: dict[type, Callable[[int], Any]] = {
    UUID: lambda number: UUID(int=number),
    list: lambda number: UUID(int=number),
    datetime: lambda number: datetime(1, 1, 1, tzinfo=UTC) + timedelta(days=number),
}
"""What stands for a value while the SQL is written, by type: no value of ours is like it. A list is for `AnyOf`."""


class AnyOf(Func):
    """The condition that a column is any of these ids. Unlike `__in`, the SQL is the same for any number of them."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()

    def __init__(self, column: str, ids: list[UUID]) -> None:
        super().__init__(column, Value(ids, output_field=UUIDField()))


class Written(NamedTuple):
    """`compiler`: it knows how rows of this SQL become objects; `converters` do it for single values."""

    sql: str
    parameters: tuple[Any, ...]
    placeholders: list[Any]
    compiler: Any
    converters: Any
    model: type[Model]


class CompiledQuery(Generic[Row]):
    """Returns the rows of the queryset that `build` makes from values of these types, as a list.

    `build` must make the same query whatever the values are. As in SQL, nothing is equal to None.
    """

    def __init__(self, build: Callable[..., QuerySet[Row]], types: tuple[type, ...]) -> None:
        update_wrapper(self, build)
        self._build, self._types = build, types

    def __call__(self, *values: UUID | list[UUID] | datetime | None) -> list[Row]:
        written = self._written
        filled = dict(zip(written.placeholders, values, strict=True))
        parameters = tuple(filled.get(each, each) for each in written.parameters)
        compiler = copy(written.compiler)
        compiler.connection = connection  # this thread's own
        compiler.as_sql = lambda: (written.sql, parameters)
        compiler.get_converters = lambda expressions: written.converters
        query = cast(Query, SimpleNamespace(get_compiler=lambda using: compiler))
        return list(ModelIterable(QuerySet(written.model, query=query, using=DEFAULT_DB_ALIAS)))

    @cached_property
    def _written(self) -> Written:
        placeholders = [PLACEHOLDERS[each](number) for number, each in enumerate(self._types, 1)]
        queryset = self._build(*placeholders)
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        converters = compiler.get_converters([column for column, *_ in compiler.select[: compiler.col_count]])
        return Written(sql, tuple(parameters), placeholders, compiler, converters, queryset.model)


def compiled(*types: type) -> Callable[[Callable[..., QuerySet[Row]]], CompiledQuery[Row]]:
    """Make of a function that returns a queryset for values of these types one that returns its rows."""
    return lambda build: CompiledQuery(build, types)
