"""Form fields for what people type."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator

from common.refusals import InvalidInput
from common.text import MESSAGE_MAX, clean_line, clean_text, verbatim


class TypedField(forms.CharField):
    """Text exactly as the browser sent it: the act that takes it cleans and measures it by `common.text`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, "strip": False, **options})
        self.validators = [each for each in self.validators if not isinstance(each, ProhibitNullCharactersValidator)]


class CleanField(TypedField):
    """Several lines of text, cleaned here, for forms whose text goes straight into a row."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": True, **options})

    def to_python(self, value: Any) -> Any:
        try:
            return self.cleaned(str(super().to_python(value) or "")) or self.empty_value
        except InvalidInput as refused:
            raise ValidationError(refused.errors["text"], code="invalid") from refused

    @property
    def longest(self) -> int:
        return self.max_length or MESSAGE_MAX

    def cleaned(self, text: str) -> str | None:
        return clean_text(text, "text", max_length=self.longest)


class LineField(CleanField):
    """One line of text, such as a name."""

    def cleaned(self, text: str) -> str | None:
        return clean_line(text, "text", max_length=self.longest)


class ScriptField(CleanField):
    """Text that is kept to the letter."""

    def cleaned(self, text: str) -> str | None:
        return verbatim(text, "text", max_length=self.longest)
