"""What the API is sent, judged by its shape only. Rules are the domain's (docs/api.md)."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from common.refusals import InvalidInput


def checked(serializer: type[serializers.Serializer], data: Any) -> dict[str, Any]:
    """The fields that were sent, by name. Raises InvalidInput or ValidationError."""
    if not isinstance(data, Mapping):
        raise InvalidInput(body="Send a JSON object.")
    body = serializer(data=dict(data.items()))
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


class Text(serializers.CharField):
    """Text as it was sent. `common.text` cleans it, and numbers aren't text."""

    def __init__(self, **options: Any) -> None:
        super().__init__(trim_whitespace=False, allow_blank=True, **options)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return data


class WholeNumber(serializers.IntegerField):
    """A JSON number without a fraction, and not "80" or true."""

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int | float):
            self.fail("invalid")
        return super().to_internal_value(data)


@extend_schema_field(OpenApiTypes.DATETIME)
class Moment(serializers.Field):
    """A time with its offset: `2026-08-03T17:00:00+02:00`."""

    default_error_messages = {
        "invalid": "Not a time. Write it like 2026-08-03T17:00:00+02:00.",
        "naive": "Say in which time zone: add an offset, such as +01:00 or Z.",
        "absurd": "This time is out of range.",
    }

    def to_internal_value(self, data: Any) -> datetime:
        moment = _parsed(data)
        if moment is None:
            self.fail("invalid")
        if timezone.is_naive(moment):
            self.fail("naive")
        try:
            return moment.astimezone(UTC)
        except OverflowError:
            self.fail("absurd")


def _parsed(data: Any) -> datetime | None:
    try:
        return parse_datetime(data) if isinstance(data, str) else None
    except ValueError:
        return None
