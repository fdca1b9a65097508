from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib.admin.widgets import AutocompleteSelect


class Suggestions(AutocompleteSelect):
    """Django's, which fails to draw again what is no id at all."""

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> list[Any]:
        return super().optgroups(name, [each for each in value if is_id(each)], attr)


def is_id(text: str) -> bool:
    """Whether it could be the id of a row."""
    try:
        UUID(str(text))
    except ValueError:
        return False
    return True
