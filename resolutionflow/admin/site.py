"""Django's admin with the product's own sign-in, password page, refusal, and a home that shows the work."""

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
        """Without `/admin/r/`: no row has a page of its own on the site, and Django's view crashes on odd ids."""
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]

    def admin_view(self, view: View, cacheable: bool = False) -> Any:
        inside = super().admin_view(view, cacheable)

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            if not self.has_permission(request):
                return error_response(request, 403, "The admin is for admins", ["Ask an admin of your team."])
            return inside(request, *args, **kwargs)

        return guarded

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show the work beside the models: what is waiting, and what changed last."""
        from fixes.admin.home import work_for  # this site is made before the models are there

        return super().index(request, {**work_for(request), **(extra_context or {})})

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one sign-in; whoever is signed in gets the admin, or is told why not."""
        return redirect("admin:index")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return redirect("password-change")

    def password_change_done(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return redirect("password-change")
