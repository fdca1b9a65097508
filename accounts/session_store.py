"""Django’s sessions in the database, in rows that name the person: one query gets session, person and account."""

from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts.models import Device, User
from accounts.person_rows import read_with_person

NOT_EXPIRED = "devices.session_key = %s AND devices.expire_date > %s"


class SessionStore(DatabaseStore):
    """The store that `settings.SESSION_ENGINE` names. Reading a session never prolongs it."""

    device: Device | None = None
    """The row that was read. None until then, and if nobody is signed in."""

    @classmethod
    def get_model_class(cls) -> type[Device]:
        return Device

    def load(self) -> dict[str, Any]:
        self.device = read_with_person(Device, NOT_EXPIRED, [self.session_key, timezone.now()])
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
