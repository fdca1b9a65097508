"""The admin's pages of sessions, with what `tickets` adds: resolve and escalate."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path

from sessions.admin import SessionAdmin
from sessions.models import AISession
from tickets.admin import page

admin.site.unregister(AISession)


@admin.register(AISession)
class ClosableSessionAdmin(SessionAdmin):
    change_form_template = "admin/tickets/session.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path(f"<path:object_id>/{act}/", view(self.act_view), {"act": act}, name=f"ai_sessions_aisession_{act}")
            for act in page.ACTS
        ]
        return own + super().get_urls()

    def act_view(self, request: HttpRequest, object_id: str, act: str) -> HttpResponse:
        session = self.get_object(request, unquote(object_id))
        if session is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined,no-any-return]
        if request.method == "POST":
            return page.act(request, session, act, self.get_queryset(request))
        if not session.is_open:
            return redirect("admin:ai_sessions_aisession_change", session.pk)
        return page.render(request, session, act)
