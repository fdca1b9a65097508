"""How often a token, or a person in the browser, can call. The database counts, for all processes together."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import timezone
from rest_framework.exceptions import Throttled

from accounts.models import ApiToken, User

WINDOW = timedelta(minutes=1)
POLICY = "default"
COUNT = """
    WITH used AS (
        UPDATE api_tokens SET last_used_at = %(now)s
        WHERE id = %(caller)s AND (last_used_at IS NULL OR last_used_at <= %(noted)s)
    )
    INSERT INTO api_call_counts AS present (caller_id, began_at, calls) VALUES (%(caller)s, %(now)s, 1)
    ON CONFLICT (caller_id) DO UPDATE SET
        began_at = CASE WHEN present.began_at > %(over)s THEN present.began_at ELSE %(now)s END,
        calls = CASE WHEN present.began_at > %(over)s THEN least(present.calls, %(most)s) + 1 ELSE 1 END
    RETURNING began_at, calls
"""
"""Counts the call, in a new window once the old one is over, and notes when the token was last used."""


@dataclass(frozen=True)
class Allowance:
    """How many calls a caller may still make in this window. `calls` goes no further than one above `most`."""

    most: int
    calls: int
    seconds_left: int

    @property
    def headers(self) -> dict[str, str]:
        """The headers that draft-ietf-httpapi-ratelimit-headers describes."""
        return {
            "RateLimit-Policy": f'"{POLICY}";q={self.most};w={int(WINDOW.total_seconds())}',
            "RateLimit": f'"{POLICY}";r={max(0, self.most - self.calls)};t={self.seconds_left}',
        }

    def refuse_beyond(self) -> None:
        if self.calls > self.most:
            raise Throttled(self.seconds_left, f"The limit is {self.most:,} calls in a minute.")


def count(user: User, token: ApiToken | None) -> Allowance | None:
    """Count this call and return what is left; None where calls aren't limited."""
    now = timezone.now()
    if settings.API_REQUESTS_A_MINUTE:
        return _counted(token.pk if token else user.pk, settings.API_REQUESTS_A_MINUTE, now)
    if token:
        token.note_use(now)
    return None


def _counted(caller: UUID, most: int, now: datetime) -> Allowance:
    values: dict[str, Any] = {
        "caller": caller,
        "now": now,
        "over": now - WINDOW,
        "noted": now - ApiToken.USE_NOTED_EVERY,
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNT, values)
        began_at, calls = cursor.fetchone()
    return Allowance(most, calls, max(1, ceil((began_at + WINDOW - now).total_seconds())))
