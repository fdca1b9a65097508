"""Sign-in by email and password."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.contrib.auth.backends import ModelBackend

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

    def get_user(self, user_id: UUID) -> User | None:
        user = _loaded.get()
        if user is None or user.pk != user_id:
            user = User.objects.select_related("account").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
