from django.urls import path

from accounts.api import paths
from fixes.api import acts, views

__all__ = ["paths", "urlpatterns"]

FIXES = "ai-sessions/<row:sid>/suggested-fixes"
FIX = f"{FIXES}/<row:fid>"

urlpatterns = [
    path("pending-fixes", views.PendingFixes.as_view()),
    path(FIXES, views.SuggestedFixes.as_view()),
    path(f"{FIXES}/active", views.ActiveFix.as_view()),
    path(FIX, views.OneFix.as_view()),
    path(f"{FIX}/apply", acts.Apply.as_view()),
    path(f"{FIX}/decision", acts.Decide.as_view()),
    path(f"{FIX}/outcome", acts.Record.as_view()),
    path(f"{FIX}/snooze", acts.Snooze.as_view()),
    path(f"{FIX}/reopen", acts.Reopen.as_view()),
    path(f"{FIX}/ai-outcome", acts.Propose.as_view()),
    path(f"{FIX}/ai-outcome/confirm", acts.Confirm.as_view()),
    path(f"{FIX}/ai-outcome/reject", acts.Reject.as_view()),
    path(f"{FIX}/events", views.FixEvents.as_view()),
]
