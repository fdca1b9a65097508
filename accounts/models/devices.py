"""The browsers that people are signed in with: the rows of our session engine (accounts/session_store.py)."""

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
    def active(self, user: User) -> models.QuerySet["Device"]:
        """Return the browsers that this person is signed in with, the one used last first."""
        return self.filter(user=user, expire_date__gt=timezone.now()).order_by("-last_seen_at", "session_key")


class Device(AbstractBaseSession):
    """A browser that someone is signed in with.

    Without a person, it is one that has opened a link to choose a new password.
    """

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
        """The name by which pages refer to it. Unlike its key, nobody can sign in with that."""
        return salted_hmac("accounts.device", self.session_key).hexdigest()

    def note_seen(self, now: datetime) -> None:
        """Store when it was last used, with at most one write in five minutes."""
        if now - self.last_seen_at >= self.SEEN_EVERY:
            Device.objects.filter(pk=self.pk).update(last_seen_at=now)
