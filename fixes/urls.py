from django.urls import path, register_converter

from fixes import views
from fixes.forms import ACTS


class ActConverter:
    """Only acts that there are."""

    regex = "|".join(ACTS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ActConverter, "act")

urlpatterns = [
    path("sessions/<uuid:sid>/fixes/<uuid:fid>/banner", views.banner, name="banner"),
    path("sessions/<uuid:sid>/fixes/<uuid:fid>/<act:act>", views.act, name="act"),
]
