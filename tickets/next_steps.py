"""What an outcome in the banner leads to: resolving or escalating the session (`fixes.banner.next_steps`)."""

from django.urls import reverse

from fixes.banner.next_steps import NextStep
from fixes.models import SuggestedFix
from fixes.transitions import Status
from sessions.models import AISession


def next_steps(fix: SuggestedFix, session: AISession) -> list[NextStep]:
    if not session.is_open:
        return []
    worked = fix.status == Status.SUCCESS
    resolve = NextStep("Resolve…", "send", reverse("session-resolve", args=[session.pk]), is_primary=worked)
    escalate = NextStep("Escalate…", "flag", reverse("session-escalate", args=[session.pk]))
    return {Status.SUCCESS: [resolve], Status.FAILED: [escalate]}.get(Status(fix.status), [resolve, escalate])
