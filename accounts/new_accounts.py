"""Create an account together with its first admin (docs/people.md)."""

from django.db import transaction
from django.utils.text import slugify

from accounts.models import Account, Role, User

SLUG_MAX = 50


@transaction.atomic
def create_account(*, name: str, time_zone: str, email: str, person: str, password: str | None = None) -> User:
    """Create the account and return its first admin.

    Without a password the admin can't sign in before they choose one by a link.
    """
    account = Account.objects.create(name=name, slug=free_slug(name), time_zone=time_zone)
    return User.objects.create_user(email, password, display_name=person, role=Role.ADMIN, account=account)


def free_slug(name: str) -> str:
    """Return "northwind-msp", or "northwind-msp-2" when that slug is taken."""
    base = slugify(name)[: SLUG_MAX - 5].strip("-") or "account"
    taken = set(Account.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (base, *numbered) if slug not in taken)
