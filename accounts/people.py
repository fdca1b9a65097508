"""Changes to the people of an account. Pages, commands and the admin all call these functions (docs/people.md).

Each change locks the account first, so that two admins can't demote each other at the same moment.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Account, Device, Invitation, Role, User

LAST_ADMIN = "{name} is the only admin who can sign in here. Make someone else an admin first. Nothing was changed."


class LastAdmin(ValidationError):
    """The account would be left without an admin who can sign in."""


def check_admin_remains(person: User, *, role: str, is_active: bool) -> None:
    """Raise LastAdmin if the account would have no admin once this person has that role and `is_active`.

    Call it inside a transaction and before saving: it locks the account until the transaction ends.
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
def set_role(person: User, role: Role) -> None:
    """Change the person's role. `User.save` decides by it who can use the admin site. Raises LastAdmin."""
    check_admin_remains(person, role=role, is_active=person.is_active)
    person.role = role
    person.save(update_fields=["role"])
    revoke_invitations_unless_admin(person)


@transaction.atomic
def deactivate(person: User) -> None:
    """Sign the person out everywhere and refuse their sign-ins and tokens. Raises LastAdmin."""
    check_admin_remains(person, role=person.role, is_active=False)
    person.is_active = False
    person.save(update_fields=["is_active"])
    sign_out(person)
    revoke_invitations_unless_admin(person)


@transaction.atomic
def reactivate(person: User) -> None:
    """Let the person sign in again. Their tokens work again too."""
    person.is_active = True
    person.save(update_fields=["is_active"])


def revoke_invitations_unless_admin(person: User) -> None:
    """Revoke the invitations of someone who isn't an active admin: they have seen the links and could use one."""
    if not (person.is_account_admin and person.is_active):
        Invitation.objects.filter(invited_by=person, used_at=None, revoked_at=None).update(revoked_at=timezone.now())


def sign_out(person: User, *, keep: str | None = None) -> int:
    """End all sign-ins of the person except the one with the session key `keep`. Return how many ended."""
    ended, _ = Device.objects.filter(user=person).exclude(session_key=keep).delete()
    return ended
