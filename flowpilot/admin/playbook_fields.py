"""Form fields of a playbook. Each takes what a file has at that place, by the same rules."""

from datetime import timedelta
from typing import Any

import yaml
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError

from common.fields import TypedField
from common.text import is_visible
from common.values import WrongValue
from fixes.importing.problems import Problems
from flowpilot.playbook_files import strict_yaml
from flowpilot.playbook_files.content import CHECKS
from flowpilot.playbook_files.durations import duration, written
from flowpilot.playbook_files.problems import Wrong


class SymptomsField(TypedField):
    """One symptom a line."""

    widget = AdminTextareaWidget

    def clean(self, value: Any) -> list[str]:
        lines = {number: line for number, line in enumerate(_lines(value), 1) if is_visible(line)}
        found = Problems()
        symptoms = CHECKS["symptoms"](list(lines.values()), "", found)
        if found:
            numbers = list(lines)
            raise ValidationError([_at_line(numbers, each.field, each.message) for each in found])
        return list(symptoms)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed("\n".join(initial or []), "\n".join(_lines(data)))


class QuestionsField(TypedField):
    """Questions in YAML, as below `questions:` in a file."""

    widget = AdminTextareaWidget

    def clean(self, value: Any) -> list[dict[str, Any]]:
        text = "\n".join(_lines(value))
        if not is_visible(text):
            return []
        try:
            read = strict_yaml.read(text)
        except Wrong as wrong:
            raise ValidationError(f"Line {wrong.line}: {wrong.message}", code="invalid") from wrong
        found = Problems()
        questions = CHECKS["questions"](read.value, "", found)
        wrongs = [*read.problems, *(Wrong(read.line(each.field), _message(each.field, each.message)) for each in found)]
        if wrongs:
            raise ValidationError([f"Line {wrong.line}: {wrong.message}" for wrong in wrongs])
        return list(questions)

    def prepare_value(self, value: Any) -> Any:
        return as_yaml(value) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.clean(data) != (initial or [])
        except ValidationError:
            return True


class WaitField(TypedField):
    """A waiting time such as "10 min"."""

    def clean(self, value: Any) -> timedelta | None:
        text = "".join(_lines(value)).strip()
        try:
            return duration(text) if is_visible(text) else None
        except WrongValue as wrong:
            raise ValidationError(wrong.message, code="invalid") from wrong

    def prepare_value(self, value: Any) -> Any:
        return written(value) if isinstance(value, timedelta) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(written(initial), data)


class _TextDumper(yaml.SafeDumper):
    """Writes "yes" and "10" without quotes: to playbooks every value is text."""

    yaml_implicit_resolvers = {}


def as_yaml(questions: list[dict[str, Any]]) -> str:
    """Write questions as a file has them."""
    if not questions:
        return ""
    in_order = [{key: question[key] for key in ("id", "ask", "options", "fits")} for question in questions]
    return str(
        yaml.dump(
            in_order, Dumper=_TextDumper, allow_unicode=True, sort_keys=False, default_flow_style=None, width=1_000
        )
    )


def _lines(value: Any) -> list[str]:
    return str(value or "").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _at_line(numbers: list[int], field: str, message: str) -> str:
    """Write a problem of `[2]` as one of the line where the third symptom is."""
    index = field.strip("[]")
    return f"Line {numbers[int(index)]}: {message}" if index else message


def _message(field: str, message: str) -> str:
    return f"{field}: {message}" if field else message
