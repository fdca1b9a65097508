"""Which HTTP methods a view takes."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_POST

View = Callable[..., HttpResponse]


def post_only(view: View) -> View:
    """Refuse all methods but POST, and mark the view, so that no error page leads to its address."""
    guarded: Any = require_POST(view)
    guarded.is_post_only = True  # guards around it keep the mark (functools.wraps)
    return guarded  # type: ignore[no-any-return]


def is_post_only(view: Callable[..., Any]) -> bool:
    """Return whether a view, with its guards, takes nothing but POST."""
    return getattr(view, "is_post_only", False)
