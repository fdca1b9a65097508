"""What may be done with the people of an account. Pages, commands and the admin all go through here (docs/people.md).

Every change locks the account first, so that two admins can't demote each other at the same moment.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Account, Device, Invitation, Role, User

LAST_ADMIN = "{name} is the only admin who can sign in here. Make somebody else an admin first. Nothing was changed."


class LastAdmin(ValidationError):
    """The account would be left without an admin who may sign in."""


def refuse_last_admin(person: User, *, role: str, is_active: bool) -> None:
    """Raise LastAdmin unless the account keeps an admin when this person gets that role and may sign in or not.

    Inside a transaction and before the change is saved: it locks the account until the end.
    """
    if person.account_id is None:
        return
    Account.objects.select_for_update(no_key=True).get(pk=person.account_id)
    if role == Role.ADMIN and is_active:
        return
    admins = User.objects.filter(account=person.account_id, role=Role.ADMIN, is_active=True)
    if admins.filter(pk=person.pk).exists() and not admins.exclude(pk=person.pk).exists():
        raise LastAdmin(LAST_ADMIN.format(name=person), code="last_admin")


@transaction.atomic
def give_role(person: User, role: Role) -> None:
    """Raises LastAdmin. Whoever is an admin may use the admin site, nobody else: `User.save` sees to it."""
    refuse_last_admin(person, role=role, is_active=person.is_active)
    person.role = role
    person.save(update_fields=["role"])
    take_back_invitations(person)


@transaction.atomic
def deactivate(person: User) -> None:
    """No sign-in, no token works any more, and what is open ends. Raises LastAdmin."""
    refuse_last_admin(person, role=person.role, is_active=False)
    person.is_active = False
    person.save(update_fields=["is_active"])
    sign_out(person)
    take_back_invitations(person)


@transaction.atomic
def reactivate(person: User) -> None:
    """They may sign in again, and their tokens work as before."""
    person.is_active = True
    person.save(update_fields=["is_active"])


def take_back_invitations(person: User) -> None:
    """Unless they are an admin still: they have seen the links, and could come in again by one."""
    if not (person.is_account_admin and person.is_active):
        Invitation.objects.filter(invited_by=person, used_at=None, revoked_at=None).update(revoked_at=timezone.now())


def sign_out(person: User, *, but: str | None = None) -> int:
    """End every sign-in of theirs but the one with that session key; how many have ended."""
    ended, _ = Device.objects.filter(user=person).exclude(session_key=but).delete()
    return ended
