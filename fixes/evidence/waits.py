"""How long the same fix was awaited before, until somebody recorded an outcome."""

from datetime import timedelta
from typing import Any

from django.db import connection

from fixes.evidence.counts import SESSIONS, VERDICTS
from fixes.models import SuggestedFix

ENOUGH = 3
"""Waits with an outcome that it takes to call anything usual."""


def usual_wait(fix: SuggestedFix) -> timedelta | None:
    """Return the median time from *awaiting verification* to an outcome; None below ENOUGH of them. One query."""
    values: dict[str, Any] = {
        "account": fix.account_id,
        "template": fix.group.template_id,
        "title": fix.group.title_key,
        "besides": fix.pk,
    }
    with connection.cursor() as cursor:
        cursor.execute(WAITS, values)
        count, median = cursor.fetchone()
    return median if count >= ENOUGH else None


WAITS = f"""
    WITH asked (template_id, title_key, besides) AS (
        VALUES (%(template)s::uuid, %(title)s::text, %(besides)s::uuid)
    )
    SELECT count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY ended - began)
    FROM asked CROSS JOIN LATERAL ({SESSIONS}) same
        CROSS JOIN LATERAL (SELECT coalesce(same.verified_at, same.status_changed_at) AS ended) verdict
        CROSS JOIN LATERAL (
            SELECT max(at) AS began FROM fix_events
            WHERE fix_id = same.id AND to_status = 'applied_pending'
                AND from_status IS DISTINCT FROM 'applied_pending' AND at <= ended
        ) waiting
    WHERE status IN ({VERDICTS}) AND began IS NOT NULL
"""  # noqa: S608  the parts are constants
