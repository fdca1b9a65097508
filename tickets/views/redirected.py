"""Addresses of a closing page that take forms, opened by GET: without JavaScript they stay in the address bar."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, resolve_url

from accounts.requests import MemberRequest
from common.http_methods import post_only
from tickets.models import Kind
from tickets.views.closing_addresses import ACT

View = Callable[..., HttpResponse]


def leads_to_page(query: str = "") -> Callable[[View], View]:
    """Let the view take POST alone, and lead a GET to the page that it belongs to."""

    def decorate(view: View) -> View:
        posted = post_only(view)

        @wraps(posted)
        def guarded(request: MemberRequest, sid: UUID, kind: Kind) -> HttpResponse:
            if request.method in {"GET", "HEAD"}:
                return redirect(resolve_url(f"session-{ACT[kind]}", sid) + query)
            return posted(request, sid=sid, kind=kind)

        return guarded

    return decorate
