from django.urls import path

from accounts.api import paths
from flowpilot.api import views

__all__ = ["paths", "urlpatterns"]

ANSWER = "ai-sessions/<row:sid>/answers/<row:aid>"

urlpatterns = [
    path(ANSWER, views.OneAnswer.as_view()),
    path(f"{ANSWER}/stop", views.StopAnswer.as_view()),
    path(f"{ANSWER}/retry", views.RetryAnswer.as_view()),
]
