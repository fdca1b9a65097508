"""How many tokens a session, and an account on one day, may use (docs/copilot.md). Failed calls count."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet, Sum
from django.utils import timezone

from flowpilot.models import Answer, ModelCall, TextTokens
from sessions.models import AISession

COPILOT_ANSWERS = "The built-in copilot answers instead."


@dataclass(frozen=True)
class Budget:
    """`limit` is 0 where there is none."""

    used: int
    limit: int

    @property
    def is_used_up(self) -> bool:
        return bool(self.limit) and self.used >= self.limit


def of_session(session: AISession) -> Budget:
    """Return what the session's answers and texts have used: that is kept, while calls are deleted after some days."""
    used = _sum(Answer.objects.filter(session=session)) + _sum(TextTokens.objects.filter(session=session))
    return Budget(used, settings.FLOWPILOT_SESSION_TOKENS)


def of_day(session: AISession, now: datetime | None = None) -> Budget:
    """Return what the session's account has used since midnight in its time zone."""
    local = timezone.localtime(now or timezone.now(), ZoneInfo(session.account.time_zone))
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    calls = ModelCall.objects.filter(account=session.account_id, created_at__gte=midnight)
    return Budget(_sum(calls), settings.FLOWPILOT_ACCOUNT_TOKENS_A_DAY)


def over_budget(session: AISession, instead: str = COPILOT_ANSWERS) -> str | None:
    """Return which budget of tokens is used up, in words for an engineer; None while there is some left.

    `instead`: the sentence that says what happens then.
    """
    if (own := of_session(session)).is_used_up:
        return f"This session has used its {own.limit:,} tokens. {instead}".rstrip()
    if (day := of_day(session)).is_used_up:
        return f"Your account has used its {day.limit:,} tokens for today. {instead}".rstrip()
    return None


def _sum(rows: QuerySet[Answer] | QuerySet[ModelCall] | QuerySet[TextTokens]) -> int:
    sums = rows.order_by().aggregate(sent=Sum("tokens_in"), received=Sum("tokens_out"))
    return (sums["sent"] or 0) + (sums["received"] or 0)
