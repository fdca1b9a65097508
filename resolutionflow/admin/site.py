"""Django's admin with the product's own sign-in, password page and error page, and a home that shows the work."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from accounts.guards import to_sign_in
from accounts.staff import may_enter
from common.error_pages import error_response

View = Callable[..., HttpResponseBase]


class Site(AdminSite):
    site_header = "ResolutionFlow admin"
    site_title = "ResolutionFlow admin"
    index_title = "Administration"
    empty_value_display = "—"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return may_enter(request.user)

    def get_urls(self) -> list[Any]:
        """Leave out `/admin/r/`: it leads to pages that don't exist, and crashes on ids that aren't UUIDs."""
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]

    def admin_view(self, view: View, cacheable: bool = False) -> Any:
        inside = super().admin_view(view, cacheable)

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            if not self.has_permission(request):
                return error_response(request, 403, "The admin is for admins", ["Ask an admin on your team."])
            return inside(request, *args, **kwargs)

        return guarded

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show the models and the work: what is waiting, and what changed last."""
        from fixes.admin.home import work_for  # the models aren't loaded when this module is

        return super().index(request, {**work_for(request), **(extra_context or {})})

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Redirect to the admin, which sends people without a session to the product's sign-in."""
        return redirect("admin:index")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return redirect("password-change")

    def password_change_done(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return redirect("password-change")
