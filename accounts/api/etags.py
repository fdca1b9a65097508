"""Versions in HTTP: ETag, If-Match and If-None-Match (docs/api.md, *Two at once*)."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response

from common.refusals import InvalidInput, Stale

TAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"')
TAGS = re.compile(rf"[\s,]*(?:{TAG.pattern}[\s,]*)+")
ANY = "*"


def tag_of(row_id: UUID, version: int) -> str:
    return f'"{row_id}-{version}"'


def tags_in(request: Request, header: str) -> frozenset[str] | None:
    """Return the tags in If-Match or If-None-Match; None without the header. Raises InvalidInput."""
    value = request.headers.get(header)
    if value is None:
        return None
    if value.strip() == ANY:
        return frozenset({ANY})
    if not TAGS.fullmatch(value):
        raise InvalidInput(**{header: "Send an ETag as you got it, with its quotes; several with commas; or *."})
    return frozenset(TAG.findall(value))


def check_headers(request: Request) -> None:
    """Raise InvalidInput for malformed tags, and for a condition that would be ignored."""
    tags_in(request, "If-Match")
    if tags_in(request, "If-None-Match") and request.method not in SAFE_METHODS:
        raise InvalidInput(**{"If-None-Match": "This is for GET. Send If-Match to change only what you have seen."})


def accepted_versions(request: Request, row_id: UUID) -> frozenset[int] | None:
    """Return the versions of this row that If-Match accepts; None: any. A weak tag accepts none."""
    tags = tags_in(request, "If-Match")
    if tags is None or ANY in tags:
        return None
    exact = re.compile(rf'"{row_id}-(0|[1-9][0-9]{{0,9}})"')
    return frozenset(int(match[1]) for match in map(exact.fullmatch, tags) if match)


def conditional_response(request: Request, tag: str, serialize: Callable[[], dict[str, Any]]) -> Response:
    """Answer a GET: 304 to a caller who has this version. Raises Stale where If-Match names only other versions."""
    wanted, known = tags_in(request, "If-Match"), tags_in(request, "If-None-Match")
    if wanted is not None and wanted.isdisjoint({ANY, tag}):
        raise Stale("This is no longer the version that If-Match names.")
    if known is not None and not known.isdisjoint({ANY, tag, f"W/{tag}"}):
        return Response(status=304, headers={"ETag": tag})
    return Response(serialize(), headers={"ETag": tag})
