"""The people of the demo: whom to sign in as. Their sessions are in resolutionflow/demo and flowpilot/demo."""

from django.conf import settings

from accounts.models import Account, Role, User

PASSWORD = "demo-password"  # noqa: S105 (meant to be known)

ACCOUNTS = {"northwind": ("Northwind MSP", "Europe/London"), "fabrikam": ("Fabrikam IT", "America/New_York")}
"""slug → (name, time zone)"""

PEOPLE = (
    ("engineer@northwind.example", "Maya Lindqvist", Role.ENGINEER),
    ("senior@northwind.example", "Jonas Brandt", Role.ENGINEER),
    ("viewer@northwind.example", "Priya Raman", Role.VIEWER),
    ("admin@northwind.example", "Tomasz Wilk", Role.ADMIN),
    ("engineer@fabrikam.example", "Dana Whitfield", Role.ENGINEER),
)
SUPERUSER = ("root@resolutionflow.example", "Root")


def load_people() -> int:
    """Create the demo's people that are missing. Return how many were."""
    before = User.objects.count()
    accounts = {slug: _account(slug, name, zone) for slug, (name, zone) in ACCOUNTS.items()}
    for email, name, role in PEOPLE:
        if not User.objects.filter(email=email).exists():
            account = accounts[email.partition("@")[2].removesuffix(".example")]
            User.objects.create_user(email, PASSWORD, display_name=name, role=role, account=account)
    email, name = SUPERUSER
    if not User.objects.filter(email=email).exists():
        User.objects.create_superuser(email, PASSWORD, display_name=name)
    return User.objects.count() - before


def _account(slug: str, name: str, zone: str) -> Account:
    return Account.objects.get_or_create(slug=slug, defaults={"name": name, "time_zone": zone})[0]


def people_to_try() -> list[User]:
    """Return the demo's people who can sign in, for the sign-in page. In production there are none."""
    if settings.PRODUCTION:
        return []
    emails = [email for email, *_ in (*PEOPLE, SUPERUSER)]
    found = User.objects.filter(email__in=emails, is_active=True).select_related("account")
    return sorted(found, key=lambda person: emails.index(person.email))
