from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from accounts.forms.fields import NAME_MAX
from accounts.models import ApiToken, User
from common.fields import LineField

LIFETIMES = {"30": "In 30 days", "90": "In 90 days", "365": "In a year", "never": "Never"}
"""Days → label."""


class TokenForm(forms.Form):
    name = LineField(
        label="Name",
        max_length=NAME_MAX,
        widget=forms.TextInput({"class": "input", "autocomplete": "off", "placeholder": "Nightly sync"}),
        error_messages={"required": "Enter a name, such as what the token is for."},
    )
    lifetime = forms.ChoiceField(
        label="Expires",
        choices=list(LIFETIMES.items()),
        initial="90",
        widget=forms.Select({"class": "input"}),
        error_messages={"required": "Choose when it expires.", "invalid_choice": "Choose when it expires."},
    )
    read_only = forms.BooleanField(label="Read-only", required=False)

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if not user.can_work:
            self.fields["read_only"].disabled = True
            self.fields["read_only"].initial = True
            self.fields["read_only"].label = "Read-only, like your role"

    def clean_name(self) -> str:
        """Refuse a name that a valid token of the person has. So a form that is sent twice creates one token."""
        name = str(self.cleaned_data["name"])
        live = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
        if ApiToken.objects.filter(live, user=self.user, name=name, revoked_at=None).exists():
            raise forms.ValidationError("You already have a token with this name. Choose another, or revoke that one.")
        return name

    def issue(self) -> tuple[ApiToken, str]:
        """Create the token and return it with its secret."""
        data = self.cleaned_data
        days = None if data["lifetime"] == "never" else timedelta(days=int(data["lifetime"]))
        expires_at = timezone.now() + days if days else None
        return ApiToken.objects.issue(self.user, data["name"], read_only=data["read_only"], expires_at=expires_at)
