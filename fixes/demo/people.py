"""Who is there to sign in as."""

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
    """Make whoever is missing. How many that were."""
    before = User.objects.count()
    accounts = {slug: _account(slug, name, zone) for slug, (name, zone) in ACCOUNTS.items()}
    for email, name, role in PEOPLE:
        if not User.objects.filter(email=email).exists():
            account = accounts[email.partition("@")[2].removesuffix(".example")]
            User.objects.create_user(
                email, PASSWORD, display_name=name, role=role, account=account, is_staff=role == Role.ADMIN
            )
    email, name = SUPERUSER
    if not User.objects.filter(email=email).exists():
        User.objects.create_superuser(email, PASSWORD, display_name=name)
    return User.objects.count() - before


def _account(slug: str, name: str, zone: str) -> Account:
    return Account.objects.get_or_create(slug=slug, defaults={"name": name, "time_zone": zone})[0]
