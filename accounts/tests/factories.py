from typing import Any

import factory
from factory.django import DjangoModelFactory

from accounts.models import Account, Role, User

PASSWORD = "correct horse battery"


class AccountFactory(DjangoModelFactory[Account]):
    class Meta:
        model = Account

    name = factory.Sequence(lambda n: f"MSP {n}")
    slug = factory.Sequence(lambda n: f"msp-{n}")


class UserFactory(DjangoModelFactory[User]):
    """An engineer; `UserFactory(role="viewer")` for others."""

    class Meta:
        model = User

    account = factory.SubFactory(AccountFactory)
    email = factory.Sequence(lambda n: f"person{n}@example.com")
    display_name = factory.Sequence(lambda n: f"Person {n}")
    role = Role.ENGINEER

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        return User.objects.create_user(kwargs.pop("email"), kwargs.pop("password", PASSWORD), **kwargs)
