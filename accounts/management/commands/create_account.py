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

FIELDS = {
    "name": ("--name", "Name of the account"),
    "time_zone": ("--time-zone", "Its time zone, such as Europe/London"),
    "email": ("--email", "Email of its first admin"),
    "person": ("--person", "Name of its first admin"),
}
"""Field → option, and prompt on a terminal."""


class Command(BaseCommand):
    help = (
        "Create an account with its first admin. On a terminal it prompts for missing options and for a password. "
        "Otherwise, and for an empty password, it prints a link with which the admin can choose one within 24 hours."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        for name, (option, question) in FIELDS.items():
            parser.add_argument(option, dest=name, help=question.lower())
        parser.add_argument("--link", action="store_true", help="don’t prompt for a password; print the link")

    def handle(self, *args: Any, link: bool, **options: Any) -> None:
        is_terminal = sys.stdin.isatty()
        values = {
            name: options[name] or (is_terminal and input(f"{question}: ")) or ""
            for name, (_, question) in FIELDS.items()
        }
        form = AccountForm(values)
        problems = [f"{FIELDS[name][0]}: {errors[0]}" for name, errors in form.errors.items()]
        if problems:
            raise CommandError("\n".join(["Nothing was created.", *problems]))
        data = form.cleaned_data
        password = (
            _password(User(email=data["email"], display_name=data["person"])) if is_terminal and not link else None
        )
        try:
            admin = create_account(**data, password=password)
        except IntegrityError as error:
            raise CommandError(
                "Nothing was created.\nSomeone else took the email address at the same moment."
            ) from error
        self.stdout.write(f"Account “{admin.account}” created; {admin.email} is its admin.")
        if password is None:
            self.stdout.write(f"{admin} can choose a password within 24 hours at:\n{_link(admin)}")


def _password(person: User) -> str | None:
    """Prompt for the password twice. None if it is left empty."""
    password = getpass.getpass("Password (empty: print a link instead): ")
    if not password:
        return None
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise CommandError(
            "\n".join(["Nothing was created.", *(f"Password: {message}" for message in error.messages)])
        ) from error
    if getpass.getpass("Repeat password: ") != password:
        raise CommandError("Nothing was created.\nPassword: the two don’t match.")
    return password


def _link(person: User) -> str:
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    path = reverse("password-new", args=[uid, default_token_generator.make_token(person)])
    return f"{_site()}{path}"


def _site() -> str:
    """Return the address of the site. A command has no request to read it from."""
    if settings.PRODUCTION:
        return f"https://{settings.ALLOWED_HOSTS[0].lstrip('.')}"
    return f"http://{settings.HOST}:{settings.PORT}"
