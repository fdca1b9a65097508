"""Redirects that a browser follows after a form was sent."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url


def see_other(to: Any, *args: Any, anchor: str = "", **kwargs: Any) -> HttpResponse:
    """Return a 303, which makes a browser GET the page; `to` and the rest are what `redirect` takes.

    A 302 leaves it to the browser whether it sends the form again.
    """
    response = HttpResponseRedirect(resolve_url(to, *args, **kwargs) + (f"#{anchor}" if anchor else ""))
    response.status_code = HTTPStatus.SEE_OTHER
    return response
