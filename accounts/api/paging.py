"""Lists of the API: `{"next", "previous", "results"}`, the first two absolute URLs or null."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from django.db.models import Model, QuerySet
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from accounts.api.base import ApiView
from accounts.api.fields import QueryNumberField, TextField
from common import keyset

LIMIT_MAX = 100


class PageQuery(serializers.Serializer):
    """The query parameters of every list."""

    cursor = TextField(required=False, help_text="From `next` or `previous` of an answer.")
    limit = QueryNumberField(
        required=False, min_value=1, max_value=LIMIT_MAX, default=keyset.PAGE_SIZE, help_text="Rows on a page."
    )


@cache
def page_schema(row: type[serializers.Serializer]) -> serializers.Serializer:
    """Return the schema of a page of these rows."""
    fields = {
        "next": serializers.URLField(allow_null=True),
        "previous": serializers.URLField(allow_null=True),
        "results": row(many=True),
    }
    return inline_serializer(f"{row.__name__}Page", fields)


def each(serialize: Callable[[Any], dict[str, Any]]) -> Callable[[list[Any]], list[dict[str, Any]]]:
    """Serialize the rows of a page one by one."""
    return lambda rows: [serialize(row) for row in rows]


def page_response(
    view: ApiView,
    rows: QuerySet[Any],
    order: Sequence[str | keyset.Key],
    serialize: Callable[[list[Any]], list[dict[str, Any]]],
    params: dict[str, Any],
) -> Response:
    """Answer one page; `serialize` gets all its rows. Cursors hold for this path, account, order and filters."""
    filters = sorted((name, value) for name, value in params.items() if name not in {"cursor", "limit"})
    page: keyset.Page[Model] = keyset.page(
        rows,
        order=order,
        cursor=params.get("cursor"),
        bound_to=[view.request.path, view.account_id, *filters],
        size=params["limit"],
    )
    return Response(
        {
            "next": _url(view, page.next),
            "previous": _url(view, page.previous),
            "results": serialize(page.rows),
        }
    )


def _url(view: ApiView, cursor: str | None) -> str | None:
    return cursor and replace_query_param(view.request.build_absolute_uri(), "cursor", cursor)
