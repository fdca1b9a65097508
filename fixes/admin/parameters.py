from typing import Any

from django import forms
from django.forms.fields import InvalidJSONInput

from common.text import is_storable


class ParametersField(forms.JSONField):
    """A JSON field. It refuses what Python can't parse or PostgreSQL can't store."""

    default_error_messages = {"invalid": 'This is not JSON, such as {"host": "DC-02"}.'}

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (RecursionError, ValueError) as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error

    def validate(self, value: Any) -> None:
        super().validate(value)
        if not is_storable(value):
            raise forms.ValidationError("Remove the invalid character or infinite number in it.", code="unstorable")

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Return the text as it was typed."""
        return InvalidJSONInput(data)

    def prepare_value(self, value: Any) -> Any:
        return "" if value is None else super().prepare_value(value)
