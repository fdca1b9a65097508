"""Sign-in by e-mail and password."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.contrib.auth.backends import ModelBackend

from accounts.models import User

_known: ContextVar[User | None] = ContextVar("known", default=None)


@contextmanager
def known(person: User | None) -> Iterator[None]:
    """Within it, this person is not fetched again: the row of their session came with them."""
    token = _known.set(person)
    try:
        yield
    finally:
        _known.reset(token)


class EmailBackend(ModelBackend):
    """Django’s own backend; it fetches the person and the account in one query, or none."""

    def get_user(self, user_id: UUID) -> User | None:
        user = _known.get()
        if user is None or user.pk != user_id:
            user = User.objects.select_related("account").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
