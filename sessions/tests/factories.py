import factory
from factory.django import DjangoModelFactory

from accounts.tests.factories import UserFactory
from sessions.models import AISession


class SessionFactory(DjangoModelFactory[AISession]):
    """An active session; its account is its owner's."""

    class Meta:
        model = AISession

    owner = factory.SubFactory(UserFactory)
    account = factory.SelfAttribute("owner.account")
    title = "Outlook keeps asking for a password"
    problem_summary = "One user, one laptop, since the reboot."
    client_name = "Nordwind Logistik"
    ticket_ref = factory.Sequence(lambda n: f"CW-{10000 + n}")
