"""Where people are signed in: the rows of our session engine (accounts/session_store.py)."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models.people import User

if TYPE_CHECKING:
    from accounts.session_store import SessionStore


class DeviceManager(BaseSessionManager["Device"]):
    def of(self, user: User) -> models.QuerySet["Device"]:
        """Those that still count, with the one that was used last in front."""
        return self.filter(user=user, expire_date__gt=timezone.now()).order_by("-last_seen_at", "session_key")


class Device(AbstractBaseSession):
    """A browser that somebody is signed in with; without a person, one that follows a link to a new password."""

    SEEN_EVERY = timedelta(minutes=5)

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="devices")
    user_agent = models.CharField(max_length=300, blank=True)
    address = models.GenericIPAddressField(null=True)
    signed_in_at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[DeviceManager] = DeviceManager()

    class Meta:
        db_table = "devices"

    @classmethod
    def get_session_store_class(cls) -> "type[SessionStore]":
        from accounts.session_store import SessionStore

        return SessionStore

    @property
    def handle(self) -> str:
        """What a page may call it: nobody signs in with that, as they would with its key."""
        return salted_hmac("accounts.device", self.session_key).hexdigest()

    def note_seen(self, now: datetime) -> None:
        """Remember that it was used, with one write in five minutes at most."""
        if now - self.last_seen_at >= self.SEEN_EVERY:
            Device.objects.filter(pk=self.pk).update(last_seen_at=now)
