from uuid import UUID

from django.urls import register_converter


class RowId:
    """A row's id in a path. What is none still matches, as None: whoever isn't signed in learns that first."""

    regex = "[^/]+"

    def to_python(self, value: str) -> UUID | None:
        try:
            found = UUID(value)
        except ValueError:
            return None
        return found if str(found) == value.lower() else None

    def to_url(self, value: UUID | str) -> str:
        return str(value)


register_converter(RowId, "row")
