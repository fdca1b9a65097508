"""Decorators that decide who may open a page. Every page of an account has one of them.

They guard the page. Its rows are guarded where they are fetched: those of another account are not found.
"""

from collections.abc import Callable
from functools import wraps
from typing import cast
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from accounts.models import User
from common.error_pages import error_response
from common.redirects import see_other

View = Callable[..., HttpResponse]
STOP_POLLING = 286


def signed_in_only(view: View) -> View:
    """Let everyone in who is signed in, with an account or without: for what belongs to the person."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return keep_private(view(request, *args, **kwargs)) if request.user.is_authenticated else to_sign_in(request)

    return guarded


def members_only(view: View) -> View:
    """Let everyone in who is signed in and belongs to an account. Others are sent to sign in and come back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        if request.user.account_id is None:
            return _refuse_without_account(request)
        return keep_private(view(request, *args, **kwargs))

    return guarded


def polled(view: View) -> View:
    """Like `members_only`, for a fragment that pages request by themselves, without a press of any button.

    When the person is signed out, it tells htmx to stop polling (status 286) and leaves the page as it is, perhaps
    with text in it; the next press of a button leads to sign-in.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return member(request, *args, **kwargs) if request.user.is_authenticated else stop_polling()

    member = members_only(view)
    guarded.is_polled = True  # type: ignore[attr-defined]  # read by accounts.middleware
    return guarded


def stop_polling() -> HttpResponse:
    """Make htmx stop requesting the fragment and leave the page as it is."""
    return HttpResponse(status=STOP_POLLING, headers={"HX-Reswap": "none"})


def _members_who(is_allowed: Callable[[User], bool], title: str, reason: str) -> Callable[[View], View]:
    """Make a guard that lets in the members for whom `is_allowed` is true; others get a 403 with title and reason."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if not is_allowed(cast(User, request.user)):  # members_only has checked that it is one
                return error_response(request, 403, title, [reason])
            return view(request, *args, **kwargs)

        return members_only(guarded)

    return guard


engineers_only = _members_who(
    lambda person: person.can_work,
    "You have read-only access",
    "Your role is viewer. Ask an admin on your team.",
)
"""Let in the engineers and admins of an account."""

admins_only = _members_who(
    lambda person: person.is_account_admin,
    "Only admins can manage people",
    "Your role isn’t admin. Ask an admin on your team.",
)
"""Let in the admins of an account."""


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Redirect to sign-in, and from there back to the page that the person is looking at."""
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(_sign_in_url(request.htmx.current_url_abs_path, signed_out=True))  # type: ignore[attr-defined]
    if request.method in {"GET", "HEAD"}:
        return redirect(_sign_in_url(request.get_full_path()))
    return see_other(_sign_in_url(referring_page(request), signed_out=True))


def _sign_in_url(page: str | None, *, signed_out: bool = False) -> str:
    query = {"next": page or reverse("session-list"), **({"signed_out": "1"} if signed_out else {})}
    return f"{reverse('sign-in')}?{urlencode(query)}"


def referring_page(request: HttpRequest) -> str | None:
    """Return the address of the page whose form was sent, if it is ours. A form's own address can't be visited."""
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure()):
        return None
    return urlsplit(page)._replace(scheme="", netloc="").geturl()


def _refuse_without_account(request: HttpRequest) -> HttpResponse:
    reason = "Sessions belong to accounts, and you manage all accounts in the admin."
    return error_response(request, 403, "You don’t belong to an account", [reason], template="errors/no_account.html")


def keep_private(response: HttpResponse) -> HttpResponse:
    """Keep a person's page out of every cache, and never let a cached fragment replace its page.

    `no-store`, because a browser's Back shows a page that it has stored, whatever its age: after a sign-out, or
    without what has happened since.
    """
    patch_cache_control(response, private=True, no_store=True)
    patch_vary_headers(response, ["Cookie", "HX-Request"])
    return response
