"""Fields that several forms of this app share."""

import unicodedata
from functools import cache
from itertools import groupby
from typing import Any

from django import forms

from accounts import emails
from accounts.models import Role
from accounts.time_zones import current_name, current_names, old_names, place, validate_time_zone
from common.fields import LineField

REGIONS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")

TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
"""Unicode’s classes of invisible characters that change the direction of the following text. No name needs them."""
TURNED = "This name has an invisible character that reverses text. Type it instead of pasting it."
NAME_MAX = 100

Choices = list[tuple[str, Any]]


class EmailField(forms.CharField):
    """An email address in its one spelling. Errors say what is wrong with the one that was typed."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"class": "input", "autocomplete": "off", **kwargs.pop("attributes", {})}
        ordinary = {"label": "Email", "widget": forms.EmailInput(attributes), "max_length": 2 * emails.LONGEST}
        errors = {"required": "Enter an email address.", "max_length": emails.TOO_LONG}
        super().__init__(**{**ordinary, "error_messages": errors, **kwargs})

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
        errors = {"invalid_choice": "Choose viewer, engineer or admin."}
        ordinary = {"label": "Role", "choices": Role.choices, "initial": Role.ENGINEER, "error_messages": errors}
        super().__init__(**{**ordinary, "widget": forms.Select({"class": "input"}), **kwargs})


class ZoneField(forms.CharField):
    """An IANA time zone, chosen from a list by region. Empty means the account’s.

    Each zone is listed once, by its name of today. One that is in no list, such as Etc/GMT+5, is offered if it is set.
    The select also says which old names browsers may report, and which zone an empty choice means (static/js/zone.js).
    """

    def __init__(self, account_zone: str = "UTC", present: str = "", **kwargs: Any) -> None:
        super().__init__(label="Time zone", required=False, validators=[validate_time_zone], **kwargs)
        choices = [("", f"Same as account ({place(account_zone)})"), *_by_region()]
        if present and current_name(present) not in current_names():
            choices.append((present, place(present)))
        attributes = {"class": "input", "data-account-zone": current_name(account_zone), "data-old-names": _old_names()}
        self.widget = forms.Select(attributes, choices=choices)

    def prepare_value(self, value: Any) -> Any:
        return current_name(value) if value else value

    def to_python(self, value: Any) -> str:
        return current_name(str(super().to_python(value)))


@cache
def _by_region() -> Choices:
    names = sorted(name for name in current_names() if name.partition("/")[0] in REGIONS)
    grouped = groupby(names, lambda name: name.partition("/")[0])
    places = [(region, [(name, _place_in_region(name)) for name in group]) for region, group in grouped]
    return [("UTC", "UTC"), *places]


def _place_in_region(name: str) -> str:
    return place(name.partition("/")[2]).replace("/", ", ")


@cache
def _old_names() -> str:
    return " ".join(f"{old}={name}" for old, name in sorted(old_names().items()))
