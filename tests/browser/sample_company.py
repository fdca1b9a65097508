"""A company with people, sessions and waiting fixes whose words are as hard on a page as words can be."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from accounts import invitations, people
from accounts.models import ApiToken, Role, User
from accounts.tests.factories import AccountFactory, UserFactory
from fixes.lifecycle import By
from fixes.models import ScriptTemplate, SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.factories import make_fix
from fixes.transitions import Source, Status
from flowpilot.models import Playbook
from sessions.models import AISession, Author
from sessions.tests import acts
from sessions.tests.factories import SessionFactory

HOUR = timedelta(hours=1)
UNBROKEN = "Error0x8004010F" * 13
"""195 characters without a blank."""
RIGHT_TO_LEFT = "نوردويند للخدمات اللوجستية"
A_LOT = "The client restarts the print server after the end of its shift. " * 60
"""3,900 characters."""
DUE = (-80 * 24 * HOUR, -HOUR, HOUR, 50 * HOUR, None)


@dataclass(frozen=True)
class SampleCompany:
    engineer: User
    admin: User
    viewer: User
    newcomer: User
    fix: SuggestedFix
    secret: str

    def session(self) -> AISession:
        return SessionFactory(owner=self.engineer)


def create_company() -> SampleCompany:
    account = AccountFactory(name="Nordwind " + "x" * 80)
    engineer = UserFactory(account=account, display_name="Maya")
    admin = UserFactory(account=account, display_name="Nora", role=Role.ADMIN, is_staff=True)
    viewer = UserFactory(account=account, display_name="Unbreakable" * 9, role=Role.VIEWER)
    UserFactory(account=account, display_name=RIGHT_TO_LEFT, email=f"{'long' * 15}.{admin.pk}@example.com")
    people.deactivate(UserFactory(account=account, display_name="Gone"))
    _, secret = invitations.invite(
        account, admin, email=f"new{admin.pk}@example.com", display_name=RIGHT_TO_LEFT, role=Role.VIEWER
    )
    for owner in (engineer, admin):
        ApiToken.objects.issue(owner, "Report" + "x" * 90, read_only=True)
    ScriptTemplate.objects.create(account=account, name="Restart the spooler", language="PowerShell", body="exit")
    Playbook.objects.create(
        **{"account": account, "slug": "x" * 100, "title": "Outlook asks " + "x" * 180, "fix_title": UNBROKEN[:200]},
        **{"area": "Microsoft 365", "symptoms": [UNBROKEN[:200]], "description": A_LOT},
    )
    for number, due in enumerate(DUE):
        waiting(engineer, f"Reset the profile of machine {number} and sign in again", due)
    waiting(engineer, RIGHT_TO_LEFT, 2 * HOUR, client_name=RIGHT_TO_LEFT, reason=RIGHT_TO_LEFT * 3)
    fix = waiting(engineer, UNBROKEN, -3 * HOUR, client_name=UNBROKEN, ticket_ref="T" * 50, reason=A_LOT)
    newcomer = UserFactory(display_name="Ana", role=Role.ADMIN)
    return SampleCompany(engineer, admin, viewer, newcomer, fix, secret)


def waiting(
    engineer: User, title: str, due: timedelta | None, *, reason: str = "They reboot at lunch.", **words: str
) -> SuggestedFix:
    """A fix whose answer was due that long from now, in a session of the same title."""
    session = SessionFactory(owner=engineer, title=title, problem_summary=reason, **words)
    acts.post(session.pk, Author.ENGINEER, f"{title}\n\n> {reason}\n\n`{UNBROKEN}`", user=engineer)
    fix = make_fix(session, applied=True, title=title, description=f"{title} {reason}", ai_drafted_script=UNBROKEN)
    now = timezone.now()
    at = None if due is None else now + due
    recorded = now if at is None or at > now else at - HOUR
    by = By(engineer, Source.BANNER, recorded)
    return lifecycle.record(fix.pk, Status.PENDING, by, notes=reason, follow_up_at=at)
