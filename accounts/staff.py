"""Who may use Django admin (docs/admin.md)."""

from typing import cast

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from accounts.models import User


def may_enter(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Return whether this is a superuser or an admin of an account."""
    if not user.is_authenticated or not user.is_active:
        return False
    person = cast(User, user)
    return person.is_staff and (person.is_superuser or person.is_account_admin)


def staff(request: HttpRequest) -> User:
    """Return the person in the admin. Its site has checked already that they may enter."""
    return cast(User, request.user)
