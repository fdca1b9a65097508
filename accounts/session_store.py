"""Django’s sessions in the database, in rows that name the person: one query gets session, person and account."""

from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any, TypeVar, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import connection
from django.db.models import Model
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts.models import Account, Device, User

FROM_DEVICES = """
    FROM devices LEFT JOIN users ON users.id = devices.user_id LEFT JOIN accounts ON accounts.id = users.account_id
    WHERE devices.session_key = %s AND devices.expire_date > %s
"""
"""In SQL because every page runs it: Django takes ten times as long to write it as PostgreSQL takes to run it."""


Row = TypeVar("Row", bound=Model)


class SessionStore(DatabaseStore):
    """The store that `settings.SESSION_ENGINE` names. Reading a session never prolongs it."""

    device: Device | None = None
    """The row that was read. None until then, and if nobody is signed in."""

    @classmethod
    def get_model_class(cls) -> type[Device]:
        return Device

    def load(self) -> dict[str, Any]:
        self.device = _read_device(self.session_key)
        if self.device is None:
            self._session_key = None
            return {}
        return self.decode(self.device.session_data)

    @property
    def person(self) -> User | None:
        """The person of the session’s row. Django’s own checks decide whether they are let in."""
        self.get(SESSION_KEY)  # reading any key loads the row
        return self.device.user if self.device else None

    def create_model_instance(self, data: dict[str, Any]) -> Device:
        device = cast(Device, super().create_model_instance(data))
        device.user_id = User._meta.pk.to_python(data.get(SESSION_KEY))
        device.user_agent = data.get("user_agent", "")
        device.address = data.get("address")
        device.signed_in_at = parse_datetime(data.get("signed_in_at", "")) or timezone.now()
        return device


def _read_device(session_key: str | None) -> Device | None:
    """Return the row of a session that hasn't expired, with its person and their account."""
    with connection.cursor() as cursor:
        cursor.execute(_select() + FROM_DEVICES, [session_key, timezone.now()])
        row = cursor.fetchone()
    if row is None:
        return None
    values = iter(row)
    device, user, account = _take(Device, values), _take(User, values), _take(Account, values)
    device.user = user if device.user_id else None
    user.account = account if user.account_id else None
    return device


def _take(model: type[Row], values: Iterator[Any]) -> Row:
    """Return an instance of the model from the next values of a row that `_select` describes."""
    names = _columns(model)
    return model.from_db(connection.alias, names, list(islice(values, len(names))))


@cache
def _columns(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


@cache
def _select() -> str:
    return "SELECT " + ", ".join(
        f"{model._meta.db_table}.{name}" for model in (Device, User, Account) for name in _columns(model)
    )
