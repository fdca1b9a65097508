from collections.abc import Sequence
from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect

from common.ids import uuid_or_none


class Suggestions(AutocompleteSelect):
    """Django's autocomplete, but without values that aren't ids: Django fails to render those."""

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> list[Any]:
        return super().optgroups(name, [each for each in value if is_id(each)], attr)


def is_id(text: str) -> bool:
    """Return whether the text could be the id of a row."""
    return uuid_or_none(str(text)) is not None
