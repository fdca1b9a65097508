"""Sign-in and password forms: Django's, with the errors beside their fields."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

PASSWORD_MAX = 1024
"""Characters; nobody's password is longer, and hashing one that is costs the server dearly."""


class SignInForm(AuthenticationForm):
    username = forms.EmailField(
        label="E-mail",
        max_length=254,
        widget=forms.EmailInput({"class": "input", "autocomplete": "username", "autofocus": True}),
        error_messages={"required": "Enter your e-mail address.", "invalid": "Enter an e-mail address."},
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        max_length=PASSWORD_MAX,
        widget=forms.PasswordInput({"class": "input", "autocomplete": "current-password"}),
        error_messages={"required": "Enter your password."},
    )

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).lower()  # so that tries are counted per person, not per spelling

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except ValidationError as error:
            self.add_error("password", error)
            return self.cleaned_data

    def get_invalid_login_error(self) -> ValidationError:
        left = settings.AXES_FAILURE_LIMIT - getattr(self.request, "axes_failures_since_start", 0)
        tries = "One try" if left == 1 else f"{left} tries"
        return ValidationError(f"E-mail and password don’t match. {tries} left.", code="invalid_login")


class NewPasswordForm(PasswordChangeForm):
    error_messages = {
        "password_incorrect": "That is not your password until now.",
        "password_mismatch": "The two new passwords differ.",
    }
    LABELS: ClassVar = {
        "old_password": "Password until now",
        "new_password1": "New password",
        "new_password2": "New password again",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.LABELS.items():
            field = self.fields[name]
            field.label = label
            field.validators.append(MaxLengthValidator(PASSWORD_MAX))
            field.widget.attrs["class"] = "input"
        self.fields["new_password1"].help_text = "At least 10 characters, and not your name or a common password."
        self.fields["new_password2"].help_text = ""
