"""Sign-in: Django’s form, with each error at its field."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError

from accounts.forms.fields import EmailField
from accounts.forms.passwords import PASSWORD_MAX, attempts_left


class SignInForm(AuthenticationForm):
    username = EmailField(attributes={"autocomplete": "username", "autofocus": True})
    password = forms.CharField(
        label="Password",
        strip=False,
        max_length=PASSWORD_MAX,
        widget=forms.PasswordInput({"class": "input", "autocomplete": "current-password"}),
        error_messages={"required": "Enter your password."},
    )

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except ValidationError as error:
            self.add_error("password", error)
            return self.cleaned_data

    def get_invalid_login_error(self) -> ValidationError:
        return ValidationError(f"Email or password is wrong. {attempts_left(self.request)}", code="invalid_login")
