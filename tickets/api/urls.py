from django.urls import path

from accounts.api import paths
from tickets.api import handoffs, views

__all__ = ["paths", "urlpatterns"]

SESSION = "ai-sessions/<row:sid>"
HANDOFF = "handoffs/<row:hid>"

urlpatterns = [
    path(f"{SESSION}/resolution-note/preview", views.NotePreview.as_view()),
    path(f"{SESSION}/escalation-package/preview", views.PackagePreview.as_view()),
    path(f"{SESSION}/texts", views.Texts.as_view()),
    path(f"{SESSION}/texts/<row:tid>/addenda", views.Addenda.as_view()),
    path(f"{SESSION}/resolve", views.Resolve.as_view()),
    path(f"{SESSION}/escalate", views.Escalate.as_view()),
    path("handoffs", handoffs.Handoffs.as_view()),
    path(HANDOFF, handoffs.OneHandoff.as_view()),
    path(f"{HANDOFF}/claim", handoffs.Claim.as_view()),
    path(f"{HANDOFF}/take-back", handoffs.TakeBack.as_view()),
    path(f"{HANDOFF}/ask", handoffs.Ask.as_view()),
    path(f"{HANDOFF}/return", handoffs.GiveBack.as_view()),
    path(f"{HANDOFF}/rate", handoffs.Rate.as_view()),
]
