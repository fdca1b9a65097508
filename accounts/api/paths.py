from uuid import UUID

from django.urls import register_converter

from common.ids import uuid_or_none


class RowIdConverter:
    """A row's id in a path.

    A malformed one still matches, as None: a caller who isn't signed in gets 401 before 404.
    """

    regex = "[^/]+"

    def to_python(self, value: str) -> UUID | None:
        return uuid_or_none(value)

    def to_url(self, value: UUID | str) -> str:
        return str(value)


register_converter(RowIdConverter, "row")
