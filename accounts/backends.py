"""Sign-in by e-mail and password."""

from uuid import UUID

from django.contrib.auth.backends import ModelBackend

from accounts.models import User


class EmailBackend(ModelBackend):
    """Django's own backend; it fetches the person and the account in one query."""

    def get_user(self, user_id: UUID) -> User | None:
        user = User.objects.select_related("account").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
