"""Inviting somebody into an account, and joining it (docs/people.md)."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import emails
from accounts.digests import digest_of, new_secret
from accounts.models import Account, Invitation, Role, User


class NoLonger(Exception):
    """The invitation was used, was revoked or has expired: `str` says which, and what to do."""


USED = "This link was used already; it works once. Sign in with the password you chose then."
REVOKED = "It was taken back, or a newer link was sent to you. Look for a newer mail, or ask whoever invited you."
EXPIRED = "It was good for 7 days. Ask whoever invited you for a new one."


@transaction.atomic
def invite(account: Account, by: User, *, email: str, display_name: str, role: Role) -> tuple[Invitation, str]:
    """The invitation and the secret of its link, which is stored nowhere. An older one for the address is revoked.

    Raises PermissionDenied when whoever invites is no admin any more: that may change after a page let them in.
    """
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)  # two invitations at once: the later one stands
    if not User.objects.filter(pk=by.pk, account=account, role=Role.ADMIN, is_active=True).exists():
        raise PermissionDenied
    Invitation.objects.waiting(account).filter(email=email).update(revoked_at=timezone.now())
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
    """Its link works no more. Nothing happens where it was used meanwhile."""
    Invitation.objects.filter(pk=invitation.pk, used_at=None, revoked_at=None).update(revoked_at=timezone.now())


def refuse_dead(invitation: Invitation) -> None:
    """Raise NoLonger unless the invitation can still be accepted."""
    if invitation.used_at:
        raise NoLonger(USED)
    if invitation.revoked_at:
        raise NoLonger(REVOKED)
    if invitation.is_expired:
        raise NoLonger(EXPIRED)


@transaction.atomic
def accept(invitation: Invitation, person: User) -> None:
    """Save the person and use up the invitation.

    Raises NoLonger, or ValidationError when the address signs in already, here or in another account.
    """
    refuse_dead(Invitation.objects.select_for_update().get(pk=invitation.pk))
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError as error:
        raise ValidationError(emails.TAKEN, code="taken") from error
    Invitation.objects.filter(pk=invitation.pk).update(used_at=timezone.now())
