"""Serializer fields of the API. What a value may be, `common.values` decides; rules are the domain's (docs/api.md)."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import models
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from common import values


def _checked(check: Callable[..., Any], value: object, *limits: Any) -> Any:
    """The value as Python has it. Raises DRF's ValidationError with the message of `common.values`."""
    try:
        return check(value, *limits)
    except values.WrongValue as wrong:
        raise serializers.ValidationError(wrong.message) from None


class TextField(serializers.CharField):
    """Text as it was sent. `common.text` cleans it, and numbers aren't text."""

    def __init__(self, **options: Any) -> None:
        super().__init__(trim_whitespace=False, allow_blank=True, **options)

    def to_internal_value(self, data: Any) -> str:
        return str(_checked(values.text, data))


class WholeNumberField(serializers.IntegerField):
    """A JSON number without a fraction: 80, and not 80.0, "80" or true."""

    def to_internal_value(self, data: Any) -> int:
        return int(_checked(values.whole_number, data, self.min_value, self.max_value))


class QueryNumberField(WholeNumberField):
    """A whole number in a query, where everything is text."""

    def to_internal_value(self, data: Any) -> int:
        is_number = data.isascii() and data.isdigit() and len(data) <= len(str(self.max_value))
        return super().to_internal_value(int(data) if is_number else data)


class FlagField(serializers.BooleanField):
    """true or false, and not "true" or 1."""

    def to_internal_value(self, data: Any) -> bool:
        return bool(_checked(values.flag, data))


class QueryFlagField(serializers.BooleanField):
    default_error_messages = {"invalid": "Send true or false."}


class ChoiceField(serializers.ChoiceField):
    """One of some texts."""

    def to_internal_value(self, data: Any) -> str:
        return "" if self.allow_blank and data == "" else str(_checked(values.one_of, data, tuple(self.choices)))


class RowIdField(serializers.UUIDField):
    def to_internal_value(self, data: Any) -> UUID:
        found: UUID = _checked(values.uuid, data)
        return found


@extend_schema_field(OpenApiTypes.OBJECT)
class JsonObjectField(serializers.JSONField):
    """A JSON object with anything in it."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        return dict(_checked(values.json_object, data))


@extend_schema_field(OpenApiTypes.DATETIME)
class TimeField(serializers.Field):
    """A time with its offset: `2026-08-03T17:00:00+02:00`."""

    def to_internal_value(self, data: Any) -> datetime:
        moment: datetime = _checked(values.time, data)
        return moment


class UtcField(serializers.DateTimeField):
    """A time as the API answers it, with a Z, whatever time zone the request has."""

    def __init__(self, **options: Any) -> None:
        super().__init__(default_timezone=UTC, **options)


class RowSerializer(serializers.ModelSerializer):
    """A row as the API answers it."""

    serializer_field_mapping = serializers.ModelSerializer.serializer_field_mapping | {models.DateTimeField: UtcField}
