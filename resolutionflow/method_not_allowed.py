"""Shows a page for 405, such as when someone bookmarked the address that a form is sent to."""

from collections.abc import Callable, Iterator
from http import HTTPStatus

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

from common.error_pages import HOME, WayOn, error_response
from common.http_methods import is_post_only

API = "/api/"


class MethodNotAllowedMiddleware:
    """Replaces Django's empty 405 by a page with a link to the page that has the form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_ours = response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not request.path_info.startswith(API)
        if not is_ours or response.get("Content-Type", "").startswith("application/json"):
            return response
        page = error_response(request, response.status_code, *_reason(request), way_on=_page_above(request))
        page["Allow"] = response["Allow"]
        return page


def _reason(request: HttpRequest) -> tuple[str, list[str]]:
    if request.method in {"GET", "HEAD"}:
        return "There is no page at this address", [
            "It only receives forms that are sent from another page. Nothing was changed."
        ]
    return "That can’t be done at this address", ["Nothing was changed."]


def _page_above(request: HttpRequest) -> WayOn:
    """Return the nearest address above this one that has a page."""
    found = next(path for path in _paths_above(request.path_info) if path == "/" or _is_page(path))
    return WayOn("Go to that page", found) if found != "/" else HOME


def _is_page(path: str) -> bool:
    try:
        return not is_post_only(resolve(path).func)
    except Resolver404:
        return False


def _paths_above(path: str) -> Iterator[str]:
    """Yield `/a/b/`, `/a/` and `/` for `/a/b/c`."""
    while path != "/":
        path = path.rstrip("/").rpartition("/")[0] + "/"
        yield path
