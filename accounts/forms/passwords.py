"""New passwords: Django’s forms, with the errors beside their fields."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest

PASSWORD_MAX = 1024
"""Characters; nobody's password is longer, and hashing one that is costs the server dearly."""

DIFFER = "The two new passwords differ."
LABELS = {
    "old_password": "Password until now",
    "new_password1": "New password",
    "new_password2": "New password again",
}
HELP = "At least 10 characters, and not your name or a common password."


def in_our_words(fields: dict[str, forms.Field]) -> None:
    for name in LABELS.keys() & fields.keys():
        field = fields[name]
        field.label = LABELS[name]
        field.help_text = HELP if name == "new_password1" else ""
        field.validators.append(MaxLengthValidator(PASSWORD_MAX))
        field.widget.attrs["class"] = "input"


def tries_left(request: HttpRequest | None) -> str:
    """Of those that are wrong, before nobody may try for a while."""
    left = settings.AXES_FAILURE_LIMIT - getattr(request, "axes_failures_since_start", 0)
    return "One try left." if left == 1 else f"{left} tries left."


class NewPasswordForm(PasswordChangeForm):
    error_messages = {"password_incorrect": "That is not your password until now.", "password_mismatch": DIFFER}

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        in_our_words(self.fields)

    def clean_old_password(self) -> str:
        """Counted like a sign-in: who finds a browser open doesn’t get to guess for ever."""
        password: str = self.cleaned_data["old_password"]
        if authenticate(self.request, username=self.user.email, password=password) is None:
            wrong = f"{self.error_messages['password_incorrect']} {tries_left(self.request)}"
            raise ValidationError(wrong, code="password_incorrect")
        return password


class FirstPasswordForm(SetPasswordForm):
    """For whoever came by a link: there is no password until now, or it is forgotten."""

    error_messages = {"password_mismatch": DIFFER}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self.fields)
        self.fields["new_password1"].label = "Password"
        self.fields["new_password2"].label = "Password again"
