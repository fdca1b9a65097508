"""New passwords: Django’s forms, with each error at its field."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest

PASSWORD_MAX = 1024
"""Characters. Hashing a longer one would cost the server dearly."""

DIFFER = "The passwords don’t match."
LABELS = {
    "old_password": "Current password",
    "new_password1": "New password",
    "new_password2": "Repeat new password",
}
HELP = "At least 10 characters, and not your name or a common password."


REQUIRED = {
    "old_password": "Enter your current password.",
    "new_password1": "Enter a new password.",
    "new_password2": "Repeat the new password.",
}


def prepare_fields(fields: dict[str, forms.Field]) -> None:
    """Give Django’s password fields our labels, hints, errors and limit."""
    for name in LABELS.keys() & fields.keys():
        field = fields[name]
        field.label = LABELS[name]
        field.error_messages["required"] = REQUIRED[name]
        field.help_text = HELP if name == "new_password1" else ""
        field.validators.append(MaxLengthValidator(PASSWORD_MAX))
        field.widget.attrs["class"] = "input"


def attempts_left(request: HttpRequest | None) -> str:
    """Say how many wrong passwords are left before the address is locked for a while."""
    left = settings.AXES_FAILURE_LIMIT - getattr(request, "axes_failures_since_start", 0)
    return "One attempt left." if left == 1 else f"{left} attempts left."


class NewPasswordForm(PasswordChangeForm):
    error_messages = {"password_incorrect": "That isn’t your current password.", "password_mismatch": DIFFER}

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        prepare_fields(self.fields)

    def clean_old_password(self) -> str:
        """Check the password. Wrong ones count like failed sign-ins, so that nobody at an open browser can guess on."""
        password: str = self.cleaned_data["old_password"]
        if authenticate(self.request, username=self.user.email, password=password) is None:
            wrong = f"{self.error_messages['password_incorrect']} {attempts_left(self.request)}"
            raise ValidationError(wrong, code="password_incorrect")
        return password


class FirstPasswordForm(SetPasswordForm):
    """For someone who came by a link: they have no password yet, or have forgotten it."""

    error_messages = {"password_mismatch": DIFFER}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        prepare_fields(self.fields)
        self.fields["new_password1"].label = "Password"
        self.fields["new_password2"].label = "Repeat password"
