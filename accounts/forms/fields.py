"""Fields that several forms of this app share."""

import unicodedata
import zoneinfo
from functools import cache
from itertools import groupby
from typing import Any

from django import forms

from accounts import emails
from accounts.models import Role, validate_time_zone
from common.fields import LineField

REGIONS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")

TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
"""Unicode’s classes of invisible characters that change the direction of what follows; letters need none of them."""
TURNED = "This name has an invisible character that reverses text. Type it instead of pasting it."
NAME_MAX = 100

Choices = list[tuple[str, Any]]


class EmailField(forms.CharField):
    """The one spelling of an address; errors say what is wrong with the one that was typed."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"class": "input", "autocomplete": "off", **kwargs.pop("attributes", {})}
        ordinary = {"label": "E-mail", "widget": forms.EmailInput(attributes), "max_length": 2 * emails.LONGEST}
        words = {"required": "Enter an e-mail address.", "max_length": emails.TOO_LONG}
        super().__init__(**{**ordinary, "error_messages": words, **kwargs})

    def clean(self, value: Any) -> str:
        typed = str(super().clean(value))
        return emails.normalise(typed) if typed else ""


class NameField(LineField):
    """A person’s name, as colleagues read it, in emails too: no character in it reverses others."""

    def __init__(self, **kwargs: Any) -> None:
        ordinary = {"label": "Name", "max_length": NAME_MAX, "error_messages": {"required": "Enter a name."}}
        widget = forms.TextInput({"class": "input", "dir": "auto", "autocomplete": kwargs.pop("autocomplete", "off")})
        super().__init__(**{**ordinary, "widget": widget, **kwargs})

    def validate(self, value: Any) -> None:
        super().validate(value)
        if any(unicodedata.bidirectional(letter) in TURNING for letter in value):
            raise forms.ValidationError(TURNED, code="turned")


class RoleField(forms.ChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        words = {"invalid_choice": "Choose viewer, engineer or admin."}
        ordinary = {"label": "Role", "choices": Role.choices, "initial": Role.ENGINEER, "error_messages": words}
        super().__init__(**{**ordinary, "widget": forms.Select({"class": "input"}), **kwargs})


class ZoneField(forms.CharField):
    """An IANA time zone, chosen from a list by region; empty is the account’s.

    A present one that the list leaves out, such as US/Eastern, is offered too.
    """

    def __init__(self, account_zone: str = "UTC", present: str = "", **kwargs: Any) -> None:
        super().__init__(label="Time zone", required=False, validators=[validate_time_zone], **kwargs)
        choices = [("", f"As the account ({account_zone.replace('_', ' ')})"), *_by_region()]
        if present and present.partition("/")[0] not in {"UTC", *REGIONS}:
            choices.append((present, present.replace("_", " ")))
        self.widget = forms.Select({"class": "input"}, choices=choices)


@cache
def _by_region() -> Choices:
    names = sorted(name for name in zoneinfo.available_timezones() if name.partition("/")[0] in REGIONS)
    grouped = groupby(names, lambda name: name.partition("/")[0])
    places = [(region, [(name, _place(name)) for name in group]) for region, group in grouped]
    return [("UTC", "UTC"), *places]


def _place(name: str) -> str:
    return name.partition("/")[2].replace("_", " ").replace("/", ", ")
