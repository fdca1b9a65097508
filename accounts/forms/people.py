"""Forms to invite someone, to join by an invitation, and to create an account."""

from typing import Any

from django import forms

from accounts import emails
from accounts.forms.fields import EmailField, NameField, RoleField, ZoneField
from accounts.forms.passwords import FirstPasswordForm
from accounts.models import Account, Invitation, User
from accounts.time_zones import validate_time_zone
from common.fields import LineField

TAKEN_HERE = f"{emails.TAKEN} If they’re deactivated, reactivate them below."


class InviteForm(forms.Form):
    display_name = NameField()
    email = EmailField()
    role = RoleField()

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_email(self) -> str:
        """Refuse an address of this account. One of another account can be invited like any other."""
        email = str(self.cleaned_data["email"])
        if User.objects.filter(account=self.account, email=email).exists():
            raise forms.ValidationError(TAKEN_HERE)
        return email


class JoinForm(FirstPasswordForm):
    """Name, time zone and password of an invited person. It saves nothing: accounts/invitations does."""

    display_name = NameField(autocomplete="name")
    field_order = ("display_name", "time_zone", "new_password1", "new_password2")

    def __init__(self, invitation: Invitation, *args: Any, **kwargs: Any) -> None:
        person = User(
            account=invitation.account,
            email=invitation.email,
            display_name=invitation.display_name,
            role=invitation.role,
        )
        super().__init__(person, *args, initial={"display_name": invitation.display_name}, **kwargs)
        self.fields["time_zone"] = ZoneField(invitation.account.time_zone)
        self.order_fields(self.field_order)

    def clean_display_name(self) -> str:
        self.user.display_name = self.cleaned_data["display_name"]  # the password is compared with it
        return str(self.user.display_name)


class AccountForm(forms.Form):
    """A new account and its first admin, as `manage.py create_account` takes them."""

    name = LineField(max_length=200, error_messages={"required": "Enter the account’s name."})
    time_zone = forms.CharField(
        validators=[validate_time_zone],
        error_messages={"required": "Enter a time zone such as Europe/London."},
    )
    email = EmailField()
    person = NameField()

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        if User.objects.filter(email=email).exists():
            raise forms.ValidationError(emails.TAKEN)
        return email
