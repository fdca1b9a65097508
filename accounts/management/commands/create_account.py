import getpass
import sys
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts.forms.people import AccountForm
from accounts.models import User
from accounts.new_accounts import create_account

ASKED = {
    "name": ("--name", "Name of the account"),
    "time_zone": ("--time-zone", "Its time zone, such as Europe/London"),
    "email": ("--email", "E-mail of its first admin"),
    "person": ("--person", "Name of its first admin"),
}
"""Field → option, and question on a terminal."""


class Command(BaseCommand):
    help = (
        "Founds an account with its first admin. On a terminal it asks for what no option says, and for a password; "
        "otherwise, and for an empty password, it prints a link with which the admin chooses one within a day."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        for name, (option, question) in ASKED.items():
            parser.add_argument(option, dest=name, help=question.lower())
        parser.add_argument("--link", action="store_true", help="ask for no password; print the link")

    def handle(self, *args: Any, link: bool, **options: Any) -> None:
        asks = sys.stdin.isatty()
        values = {
            name: options[name] or (asks and input(f"{question}: ")) or "" for name, (_, question) in ASKED.items()
        }
        form = AccountForm(values)
        problems = [f"{ASKED[name][0]}: {said[0]}" for name, said in form.errors.items()]
        if problems:
            raise CommandError("\n".join(["Nothing was made.", *problems]))
        data = form.cleaned_data
        password = _password(User(email=data["email"], display_name=data["person"])) if asks and not link else None
        try:
            admin = create_account(**data, password=password)
        except IntegrityError as error:
            raise CommandError("Nothing was made.\nSomebody took the e-mail address at the same moment.") from error
        self.stdout.write(f"Account “{admin.account}” is founded, and {admin.email} is its admin.")
        if password is None:
            self.stdout.write(f"To choose a password within a day, {admin} opens:\n{_link(admin)}")


def _password(person: User) -> str | None:
    """Asked for twice; None when it is left empty."""
    password = getpass.getpass("Password (empty: print a link instead): ")
    if not password:
        return None
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise CommandError(
            "\n".join(["Nothing was made.", *(f"Password: {said}" for said in error.messages)])
        ) from error
    if getpass.getpass("Password again: ") != password:
        raise CommandError("Nothing was made.\nPassword: the two differ.")
    return password


def _link(person: User) -> str:
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    path = reverse("password-new", args=[uid, default_token_generator.make_token(person)])
    return f"{_site()}{path}"


def _site() -> str:
    """The address that people type: a command sees no request to learn it from."""
    if settings.PRODUCTION:
        return f"https://{settings.ALLOWED_HOSTS[0].lstrip('.')}"
    return f"http://{settings.HOST}:{settings.PORT}"
