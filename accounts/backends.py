"""Sign-in by email and password."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.http import HttpRequest

from accounts.models import User

_loaded: ContextVar[User | None] = ContextVar("loaded", default=None)


@contextmanager
def already_loaded(person: User | None) -> Iterator[None]:
    """Within this context `get_user` returns this person without a query: their session's row brought them along."""
    token = _loaded.set(person)
    try:
        yield
    finally:
        _loaded.reset(token)


class EmailBackend(ModelBackend):
    """Django's own backend, which fetches the person and their account in one query or, if loaded, in none."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **others: Any
    ) -> User | None:
        """Return the person who signs in with this email address and password.

        An unknown address takes as many hashes, and so as long, as a wrong password.
        """
        if username is None or password is None:
            return None
        try:
            user = User.objects.get_by_natural_key(username)
        except User.DoesNotExist:
            user = User(password=UNUSABLE_PASSWORD_PREFIX, is_active=False)
        return user if user.check_password(password) and self.user_can_authenticate(user) else None

    def get_user(self, user_id: UUID) -> User | None:
        user = _loaded.get()
        if user is None or user.pk != user_id:
            user = User.objects.select_related("account").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
