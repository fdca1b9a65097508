"""New passwords: Django’s forms, with the errors beside their fields."""

from typing import Any

from django import forms
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.core.validators import MaxLengthValidator

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


class NewPasswordForm(PasswordChangeForm):
    error_messages = {"password_incorrect": "That is not your password until now.", "password_mismatch": DIFFER}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self.fields)


class FirstPasswordForm(SetPasswordForm):
    """For whoever came by a link: there is no password until now, or it is forgotten."""

    error_messages = {"password_mismatch": DIFFER}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self.fields)
        self.fields["new_password1"].label = "Password"
        self.fields["new_password2"].label = "Password again"
