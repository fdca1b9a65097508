"""Who may use the admin (docs/admin.md)."""

from typing import cast

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from accounts.models import User


def may_enter(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Superusers, and the admins of an account."""
    if not user.is_authenticated or not user.is_active:
        return False
    person = cast(User, user)
    return person.is_staff and (person.is_superuser or person.administers)


def staff(request: HttpRequest) -> User:
    """Whoever looks; the admin's site has seen to it that they may."""
    return cast(User, request.user)
