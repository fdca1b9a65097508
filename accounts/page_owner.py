"""Every page says whose it is, and the server refuses what comes from another person's page (docs/security.md).

A page that stayed open while someone else signed in to the same browser must not act for them. Each form carries
the id of the person it was rendered for, in a hidden field beside the CSRF token (accounts/templatetags), and each
htmx request carries it in a header (static/js/requests.js).
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase

from accounts.guards import keep_private, stop_polling
from common.error_pages import error_response

FIELD = "page_owner"
HEADER = "X-Page-Owner"
HIDDEN = {
    "csrfmiddlewaretoken",
    FIELD,
    "act",
    "action",
    "again",
    "back",
    "browser_zone",
    "device",
    "form",
    "form_key",
} | {*("index", "message", "next", "place", "refused", "select_across", "shown", "undo", "until", "version")}
"""Names of fields that a form fills in by itself."""
CHOSEN = {
    *("check_by", "fix_outcome", "keyboard_shortcuts", "kind", "language", "lifetime", "outcome", "read_only", "role"),
    *("email_reminders", "enough", "missing", "theme", "time_zone", "to", "writer"),
}
"""Names of fields that are chosen from a list."""


class PageOwnerMiddleware:
    """Refuses forms and htmx requests of a page that was rendered for someone else.

    A page that was rendered for nobody is let through: sign-in, invitation and new password check for themselves
    whether someone is signed in by now. A page that doesn't say whose it is, is refused.

    It comes before Django's CSRF protection: a new sign-in changes the CSRF token too, and that refusal couldn't say
    what has happened.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if getattr(view, "csrf_exempt", False) or not (_is_htmx(request) or request.method == "POST"):
            return None  # the API has its own authentication
        if not request.user.is_authenticated:
            return None
        claimed = claimed_owner(request)
        if claimed is None and not getattr(request, "_dont_enforce_csrf_checks", False):  # tests may spare both tokens
            return refuse_outdated(request)
        if claimed in {None, "", owner_id(request)}:
            return None
        is_polled = _is_htmx(request) and getattr(view, "is_polled", False)
        return stop_polling() if is_polled else refuse_other_person(request)


def owner_id(request: HttpRequest) -> str:
    """Return what a page says of whose it is: the id of the person, or nothing when nobody is signed in."""
    return str(request.user.pk) if request.user.is_authenticated else ""


def claimed_owner(request: HttpRequest) -> str | None:
    """Return whose page sent this request, as the page says. None if it doesn't say."""
    header = request.headers.get(HEADER)
    return request.POST.get(FIELD) if header is None else header


def _is_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def refuse_other_person(request: HttpRequest) -> HttpResponse:
    """Say that someone else is signed in now, and show the typed text so that it can be copied."""
    way = (
        "Copy your text if you still need it, then reload the page."
        if _is_htmx(request)
        else "To continue as the other person, sign out and sign in again."
    )
    who = f"You’re signed in as {request.user}, and this page was opened under another sign-in."
    return _refusal(request, "Someone else is signed in now", [f"{who} Nothing was recorded.", way], request.POST)


def refuse_outdated(request: HttpRequest) -> HttpResponse:
    """Say that the form's tokens are out of date. Shows the typed text if the form is this person's own.

    A form that another site forged is not shown: it can't know the person's id.
    """
    paragraphs = [
        "You signed in or out elsewhere since it was opened, or your browser blocks cookies for this address.",
        "Nothing was recorded. Go back, reload the page and try again; what you typed is saved on this device.",
    ]
    is_own = request.user.is_authenticated and claimed_owner(request) == owner_id(request)
    return _refusal(request, "This page is out of date", paragraphs, request.POST if is_own else QueryDict())


def _refusal(request: HttpRequest, title: str, paragraphs: list[str], form: QueryDict) -> HttpResponse:
    context = {"typed": list(typed_text(form))}
    template = "errors/refused_form.html"
    return keep_private(error_response(request, 403, title, paragraphs, template=template, extra=context))


def typed_text(form: QueryDict) -> Iterator[tuple[str, str]]:
    """Yield the label and the value of each field of the form that someone may have typed. Never a password."""
    for name, values in form.lists():
        if name in HIDDEN | CHOSEN or "password" in name or name.startswith("initial-"):
            continue
        yield from ((name.replace("_", " ").capitalize(), value) for value in values if value.strip())
