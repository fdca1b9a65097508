from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.forms.fields import NAME_MAX
from accounts.models import ApiToken, User
from common.refusals import InvalidInput
from common.text import required_line


class Command(BaseCommand):
    help = "Create an API token for a person and print it, once: it is the last word of the output."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the email address the person signs in with")
        parser.add_argument("--name", required=True, help="what the token is for, such as “nightly sync”")
        parser.add_argument("--read-only", action="store_true", help="the token can read, but not change anything")

    def handle(self, *args: Any, email: str, name: str, read_only: bool, **options: Any) -> None:
        try:
            name = required_line(name, "name", "Give the token a name: --name “nightly sync”.", max_length=NAME_MAX)
        except InvalidInput as refused:
            raise CommandError(f"--name: {refused}") from refused
        token, secret = ApiToken.objects.issue(_owner(email), name, read_only=read_only)
        kind = "Read-only token" if token.read_only else "Token"
        self.stdout.write(f"{kind} “{token.name}” for {email}; it won’t be shown again: {secret}")


def _owner(email: str) -> User:
    try:
        user = User.objects.get_by_natural_key(email)
    except User.DoesNotExist as error:
        raise CommandError(f"Nobody signs in as {email}. Check the email address.") from error
    if not user.is_active:
        raise CommandError(f"{email} is deactivated, so their token would not work.")
    if user.account_id is None:
        raise CommandError(f"{email} has no account, and the API shows only the rows of an account.")
    return user
