from django.urls import path

from accounts.api import paths
from tickets.api import views

__all__ = ["paths", "urlpatterns"]

SESSION = "ai-sessions/<row:sid>"

urlpatterns = [
    path(f"{SESSION}/resolution-note/preview", views.NotePreview.as_view()),
    path(f"{SESSION}/escalation-package/preview", views.PackagePreview.as_view()),
    path(f"{SESSION}/texts", views.Texts.as_view()),
    path(f"{SESSION}/texts/<row:tid>/addenda", views.Addenda.as_view()),
    path(f"{SESSION}/resolve", views.Resolve.as_view()),
    path(f"{SESSION}/escalate", views.Escalate.as_view()),
]
