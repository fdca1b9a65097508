from django.urls import URLPattern, path

from tickets.models import Kind
from tickets.views import pickup, queue
from tickets.views.addendum import addendum_page, not_now
from tickets.views.closing import closing_page, overtaken, preview, retry
from tickets.views.closing_addresses import ACT
from tickets.views.drafts import discard_draft, draft_file, preview_file, save_draft


def closing_of(kind: Kind) -> list[URLPattern]:
    """Return the addresses of the page that posts this kind of text."""
    act, given = ACT[kind], {"kind": kind}
    base, name = f"sessions/<uuid:sid>/{act}/", f"session-{act}"
    return [
        path(base, closing_page, given, name=name),
        path(f"{base}preview/", preview, given, name=f"{name}-preview"),
        path(f"{base}retry/", retry, given, name=f"{name}-retry"),
        path(f"{base}overtaken", overtaken, given, name=f"{name}-overtaken"),
        path(f"{base}draft/", save_draft, given, name=f"{name}-draft"),
        path(f"{base}draft/discard/", discard_draft, given, name=f"{name}-discard"),
        path(f"{base}draft.md", draft_file, given, name=f"{name}-draft-file"),
    ]


urlpatterns = [
    *closing_of(Kind.NOTE),
    *closing_of(Kind.PACKAGE),
    path("sessions/<uuid:sid>/addendum/", addendum_page, name="session-addendum"),
    path("sessions/<uuid:sid>/addendum/not-now/", not_now, name="session-addendum-not-now"),
    path("sessions/<uuid:sid>/previews/<uuid:pid>.md", preview_file, name="text-preview-file"),
    path("escalations/", queue.escalations, name="escalations"),
    path("escalations/queue", queue.refreshed, name="escalations-queue"),
    path("escalations/<uuid:hid>/claim", queue.claim, name="handoff-claim"),
    path("escalations/<uuid:hid>/take-back", queue.take_back, name="handoff-take-back"),
    path("escalations/<uuid:hid>/ask", pickup.ask, name="handoff-ask"),
    path("escalations/<uuid:hid>/return", pickup.give_back, name="handoff-return"),
    path("escalations/<uuid:hid>/rate", pickup.rate, name="handoff-rate"),
]
