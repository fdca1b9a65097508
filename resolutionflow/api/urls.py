"""Everything under /api/v1/."""

from django.urls import include, path, re_path

from accounts.api.base import UnknownPath
from resolutionflow.api.docs import Docs, Schema

urlpatterns = [
    path("", include("sessions.api.urls")),
    path("", include("fixes.api.urls")),
    path("", include("flowpilot.api.urls")),
    path("", include("tickets.api.urls")),
    path("schema", Schema.as_view(), name="api-schema"),
    path("docs", Docs.as_view(), name="api-docs"),
    re_path("", UnknownPath.as_view()),
]
