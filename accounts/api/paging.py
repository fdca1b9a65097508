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
from accounts.api.bodies import Text, checked
from common import keyset

LIMIT_MAX = 100


class PageQuery(serializers.Serializer):
    """What every list takes from the query."""

    cursor = Text(required=False, help_text="From `next` or `previous` of an answer.")
    limit = serializers.IntegerField(
        required=False, min_value=1, max_value=LIMIT_MAX, default=keyset.PAGE_SIZE, help_text="Rows on a page."
    )


@cache
def page_schema(row: type[serializers.Serializer]) -> serializers.Serializer:
    """How a page of these rows is documented."""
    fields = {
        "next": serializers.URLField(allow_null=True),
        "previous": serializers.URLField(allow_null=True),
        "results": row(many=True),
    }
    return inline_serializer(f"{row.__name__}Page", fields)


def query(view: ApiView, asked: type[PageQuery] = PageQuery) -> dict[str, Any]:
    """The query's fields; of one given twice, the last. Raises ValidationError."""
    return checked(asked, view.request.query_params.dict())


def page_of(
    view: ApiView,
    rows: QuerySet[Any],
    order: Sequence[str | keyset.Key],
    shown: Callable[[Any], dict[str, Any]],
    asked: dict[str, Any],
) -> Response:
    """One page, each row as `shown` gives it. Cursors hold for this path, account and filters."""
    filters = sorted((name, value) for name, value in asked.items() if name not in {"cursor", "limit"})
    page: keyset.Page[Model] = keyset.page(
        rows,
        order=order,
        cursor=asked.get("cursor"),
        bound_to=[view.request.path, view.account_id, *filters],
        size=asked["limit"],
    )
    return Response(
        {
            "next": _url(view, page.next),
            "previous": _url(view, page.previous),
            "results": [shown(row) for row in page.rows],
        }
    )


def _url(view: ApiView, cursor: str | None) -> str | None:
    return cursor and replace_query_param(view.request.build_absolute_uri(), "cursor", cursor)
