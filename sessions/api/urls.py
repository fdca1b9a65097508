from django.urls import path

from accounts.api import paths
from sessions.api import facts, notices, views

__all__ = ["paths", "urlpatterns"]

urlpatterns = [
    path("ai-sessions", views.Sessions.as_view()),
    path("ai-sessions/<row:sid>", views.OneSession.as_view()),
    path("ai-sessions/<row:sid>/messages", views.Messages.as_view()),
    path("ai-sessions/<row:sid>/facts", facts.Facts.as_view()),
    path("ai-sessions/<row:sid>/facts/<row:fact>", facts.OneFact.as_view()),
    path("ai-sessions/<row:sid>/reopen", views.ReopenSession.as_view()),
    path("notices", notices.Notices.as_view()),
    path("notices/<row:nid>/read", notices.ReadNotice.as_view()),
]
