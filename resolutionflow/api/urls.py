"""Everything under /api/v1/."""

from django.urls import include, path, re_path

from resolutionflow.api.docs import Docs, Schema
from sessions.api.base import Nowhere

urlpatterns = [
    path("", include("sessions.api.urls")),
    path("", include("fixes.api.urls")),
    path("schema", Schema.as_view(), name="api-schema"),
    path("docs", Docs.as_view(), name="api-docs"),
    re_path("", Nowhere.as_view()),
]
