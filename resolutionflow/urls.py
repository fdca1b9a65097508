from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from resolutionflow.health import healthz

handler400 = "resolutionflow.errors.handler400"
handler403 = "resolutionflow.errors.handler403"
handler404 = "resolutionflow.errors.handler404"
handler500 = "resolutionflow.errors.handler500"

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="session-list")),
    path("", include("accounts.urls")),
    path("", include("sessions.urls")),
    path("", include("fixes.urls")),
    path("", include("flowpilot.urls")),
    path("", include("tickets.urls")),
    path("api/v1/", include("resolutionflow.api.urls")),
    path("admin/", admin.site.urls),
    path("healthz", healthz),
]
