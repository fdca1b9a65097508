from typing import Any

from django import forms

from accounts.forms.fields import NameField, ZoneField
from accounts.models import Theme, User


class ProfileForm(forms.ModelForm):
    display_name = NameField(autocomplete="name")
    keyboard_shortcuts = forms.BooleanField(label="Use single-key shortcuts (w for “It worked”)", required=False)
    email_reminders = forms.BooleanField(label="Email me when one of my checks is due", required=False)
    theme = forms.ChoiceField(label="Theme", choices=Theme.choices, widget=forms.RadioSelect)

    class Meta:
        model = User
        fields = ("display_name", "time_zone", "theme", "keyboard_shortcuts", "email_reminders")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        account = self.instance.account
        self.fields["time_zone"] = ZoneField(account.time_zone if account else "UTC", self.instance.time_zone)
