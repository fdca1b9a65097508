"""To whom a session can be escalated."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from accounts import emails
from accounts.models import Role, User
from common.refusals import InvalidInput
from sessions.models import AISession

NOBODY = "Nobody in this account has this address. Choose someone else, or leave it open."


def possible_targets(session: AISession, user: User) -> QuerySet[User]:
    """Return the account's people who can take the session over, by name; not the person who escalates it."""
    people = User.objects.filter(account=session.account_id, is_active=True).exclude(role=Role.VIEWER)
    return people.exclude(pk=user.pk).order_by("display_name", "email")


def person_with_email(typed: str, account_id: UUID) -> User:
    """Return the person of this account with the address. Raises InvalidInput on `to`."""
    try:
        return User.objects.get(account=account_id, email=emails.normalise(typed))
    except (ValidationError, User.DoesNotExist):
        raise InvalidInput(to=NOBODY) from None


def checked_target(target: User | None, session: AISession, user: User) -> User | None:
    """Return the target as it is now. Raises InvalidInput on `to` for anybody who can't take the session over."""
    if target is None:
        return None
    now = User.objects.filter(pk=target.pk, account=session.account_id).first()
    if now is None:
        raise InvalidInput(to=NOBODY)
    if now.pk == user.pk:
        raise InvalidInput(to="You can’t escalate to yourself. Choose someone else, or leave it open.")
    if not now.is_active:
        raise InvalidInput(to=f"{now} is deactivated. Choose someone else, or leave it open.")
    if not now.can_work:
        raise InvalidInput(to=f"{now} can only read. Choose someone else, or leave it open.")
    return now
