"""Who acts on texts and handoffs. FlowPilot and imports do none of it."""

from accounts.models import User
from fixes.lifecycle import By
from tickets.models import works_here
from tickets.refusals import NotYours


def person_of(by: By) -> User:
    """Return who posts a text. The edges guard roles; superusers, who have no account, post in the admin."""
    assert by.user, "Only people act on texts and handoffs."
    return by.user


def engineer_of(by: By) -> User:
    """Return who acts on a handoff, and could work on its session. Raises NotYours for anybody else."""
    person = person_of(by)
    if not works_here(person):
        raise NotYours("You have read-only access. Nothing was recorded.")
    return person
