"""Who may see a page, and who may act on it. Every page of an account goes through one of these.

The rows themselves are guarded where they are fetched: another account's are not found.
"""

from collections.abc import Callable
from functools import wraps
from typing import cast
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from accounts.models import User
from common.error_pages import refuse

View = Callable[..., HttpResponse]
STOP_POLLING = 286


def signed_in_member(view: View) -> View:
    """Any signed-in person of an account. Others are sent to sign-in and back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        if request.user.account_id is None:
            return _refuse_without_account(request)
        return _private(view(request, *args, **kwargs))

    return guarded


def polled(view: View) -> View:
    """A fragment that pages ask for by themselves: to whoever is signed out it says to ask no more (htmx: 286).

    The page stays as it is, perhaps with somebody's words in it; what they do next leads to sign-in.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return HttpResponse(status=STOP_POLLING, headers={"HX-Reswap": "none"})
        return member(request, *args, **kwargs)

    member = signed_in_member(view)
    guarded.unseen = True  # type: ignore[attr-defined]  # nobody is thereby seen at their desk (accounts.middleware)
    return guarded


def _members_who(may: Callable[[User], bool], title: str, why: str) -> Callable[[View], View]:
    """Those people of an account who may. Others are refused with 403, in these words."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if not may(cast(User, request.user)):  # signed_in_member has seen to it that it is one
                return refuse(request, 403, title, [why])
            return view(request, *args, **kwargs)

        return signed_in_member(guarded)

    return guard


works = _members_who(
    lambda person: person.can_work,
    "You can read this, not change it",
    "Your role is viewer. Ask an admin of your team.",
)
"""Engineers and admins."""

administers = _members_who(
    lambda person: person.administers,
    "Only admins look after people",
    "Your role isn’t admin. Ask one of your team.",
)
"""Admins."""


def signed_in(view: View) -> View:
    """Anybody who is signed in, with or without an account: for what is the person’s own."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return _private(view(request, *args, **kwargs)) if request.user.is_authenticated else to_sign_in(request)

    return guarded


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To sign-in, and from there back to the page that the person sees."""
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(_sign_in_url(request.htmx.current_url_abs_path, signed_out=True))  # type: ignore[attr-defined]
    if request.method in {"GET", "HEAD"}:
        return HttpResponseRedirect(_sign_in_url(request.get_full_path()))
    answer = HttpResponseRedirect(_sign_in_url(_page_before(request), signed_out=True))
    answer.status_code = 303
    return answer


def _sign_in_url(page: str | None, *, signed_out: bool = False) -> str:
    query = {"next": page or reverse("session-list"), **({"signed_out": "1"} if signed_out else {})}
    return f"{reverse('sign-in')}?{urlencode(query)}"


def _page_before(request: HttpRequest) -> str | None:
    """The page whose form was sent: a form's own address can't be visited."""
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure()):
        return None
    return urlsplit(page)._replace(scheme="", netloc="").geturl()


def _refuse_without_account(request: HttpRequest) -> HttpResponse:
    words = ["Sessions belong to accounts. This sign-in looks after all of them, in the admin."]
    return refuse(request, 403, "This sign-in has no account", words, template="errors/no_account.html")


def _private(response: HttpResponse) -> HttpResponse:
    """No shared cache may keep it, and a fragment never stands in for its page."""
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, ["Cookie", "HX-Request"])
    return response
