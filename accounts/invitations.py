"""Invite someone into an account, and let them join it (docs/people.md)."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import emails
from accounts.digests import digest_of, new_secret
from accounts.models import Account, Invitation, Role, User


class InvitationInvalid(Exception):
    """The invitation was used or revoked, or it has expired. `str` says which, and what to do."""


USED = "This link has already been used. Sign in with the password you chose then."
REVOKED = "It was revoked, or replaced by a newer link. Look for a newer email, or ask the person who invited you."
EXPIRED = "It expired after 7 days. Ask the person who invited you for a new one."


@transaction.atomic
def invite(account: Account, by: User, *, email: str, display_name: str, role: Role) -> tuple[Invitation, str]:
    """Create an invitation; return it and the secret of its link, which is stored nowhere.

    An older invitation for the address is revoked. Raises PermissionDenied if `by` is no longer an admin, which can
    change after the page let them in.
    """
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)  # of two at once, the later one is valid
    if not User.objects.filter(pk=by.pk, account=account, role=Role.ADMIN, is_active=True).exists():
        raise PermissionDenied
    Invitation.objects.pending(account).filter(email=email).update(revoked_at=timezone.now())
    secret = new_secret()
    invitation = Invitation.objects.create(
        account=account,
        email=email,
        display_name=display_name,
        role=role,
        invited_by=by,
        digest=digest_of(secret),
    )
    return invitation, secret


def revoke(invitation: Invitation) -> None:
    """Make its link invalid. Does nothing if it was used meanwhile."""
    Invitation.objects.filter(pk=invitation.pk, used_at=None, revoked_at=None).update(revoked_at=timezone.now())


def check_valid(invitation: Invitation) -> None:
    """Raise InvitationInvalid unless the invitation can still be accepted."""
    if invitation.used_at:
        raise InvitationInvalid(USED)
    if invitation.revoked_at:
        raise InvitationInvalid(REVOKED)
    if invitation.is_expired:
        raise InvitationInvalid(EXPIRED)


@transaction.atomic
def accept(invitation: Invitation, person: User) -> None:
    """Save the person and mark the invitation as used.

    Raises InvitationInvalid, or ValidationError if the address already has an account, here or elsewhere.
    """
    check_valid(Invitation.objects.select_for_update().get(pk=invitation.pk))
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError as error:
        raise ValidationError(emails.TAKEN, code="taken") from error
    Invitation.objects.filter(pk=invitation.pk).update(used_at=timezone.now())
