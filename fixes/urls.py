from django.urls import path, register_converter

from fixes.banner import views
from fixes.banner.forms import ACTS
from fixes.bell import views as bell_views
from fixes.board import bulk_views
from fixes.board import views as board_views


class ActConverter:
    """Only acts that there are."""

    regex = "|".join(ACTS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ActConverter, "act")

urlpatterns = [
    path("pending/", board_views.board, name="board"),
    path("pending/counts", board_views.counts, name="board-counts"),
    path("pending/record", bulk_views.record, name="board-record"),
    path("pending/undo", bulk_views.undo, name="board-undo"),
    path("notices/", bell_views.notices, name="notices"),
    path("notices/read", bell_views.read_all, name="notices-read"),
    path("notices/<uuid:nid>/", bell_views.open_notice, name="notice"),
    path("notices/checks/<uuid:fid>/snooze", bell_views.snooze, name="check-snooze"),
    path("sessions/<uuid:sid>/fixes/<uuid:fid>/banner", views.banner, name="banner"),
    path("sessions/<uuid:sid>/fixes/<uuid:fid>/<act:act>", views.act, name="act"),
]
