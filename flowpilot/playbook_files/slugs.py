"""The names of playbooks that were written in the admin; one from a file has the file's name."""

from django.utils.text import slugify

from accounts.models import Account
from flowpilot.models import Playbook

SLUG_MAX = 100


def free_slug(title: str, account: Account | None) -> str:
    """Return "printer-offline", or "printer-offline-2" when the account has that one already."""
    base = slugify(title)[: SLUG_MAX - 5].strip("-_") or "playbook"
    taken = set(Playbook.objects.filter(account=account, slug__startswith=base).values_list("slug", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (base, *numbered) if slug not in taken)
