"""Reads a row that belongs to a person, with the person and their account, in one statement.

The statement is written once, because every request runs it: Django takes ten times as long to write it as PostgreSQL
takes to run it.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

from accounts.models.accounts import Account
from accounts.models.people import User

Row = TypeVar("Row", bound=Model)


def read_with_person(model: type[Row], condition: str, values: Sequence[Any]) -> Row | None:
    """Return the first row of `model` that meets the SQL condition; its `user` may be None.

    The condition names columns as `<table>.<column>`, those of `users` and `accounts` included.
    """
    with connection.cursor() as cursor:
        cursor.execute(_select(model) + condition, values)
        found = cursor.fetchone()
    if found is None:
        return None
    cells = iter(found)
    row, user, account = _take(model, cells), _take(User, cells), _take(Account, cells)
    row.user = user if user.pk else None  # type: ignore[attr-defined]  # the model has a person
    user.account = account if user.account_id else None
    return row


def _take(model: type[Row], cells: Iterator[Any]) -> Row:
    """Return an instance of the model from the next cells of a row that `_select` describes."""
    names = _columns(model)
    return model.from_db(connection.alias, names, list(islice(cells, len(names))))


@cache
def _columns(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


@cache
def _select(model: type[Model]) -> str:
    table = model._meta.db_table
    columns = ", ".join(f"{each._meta.db_table}.{name}" for each in (model, User, Account) for name in _columns(each))
    return f"""
        SELECT {columns} FROM {table}
        LEFT JOIN users ON users.id = {table}.user_id LEFT JOIN accounts ON accounts.id = users.account_id
        WHERE """  # noqa: S608 - names of our own models
