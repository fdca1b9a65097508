"""The health check for monitoring."""

from typing import Any

from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from resolutionflow.worker.limits import SILENCE

JOBS = """
    SELECT EXISTS (SELECT FROM procrastinate_workers WHERE last_heartbeat > now() - %s * interval '1 second'),
        (SELECT count(*) FROM procrastinate_jobs
            WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now()))
"""
"""Whether a worker runs, and how many jobs are due. The queue holds only what is still to be done."""


@csrf_exempt  # it changes nothing, and the CSRF check's 403 would hide the 405
@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Return 200 if the database is reachable, 503 if it isn't. The body tells about jobs, too."""
    # the first attempt may use a connection that died with its server; the second opens a new one
    if jobs := _jobs() or _jobs():
        return JsonResponse({"status": "ok", "database": "reachable", **jobs})
    return JsonResponse({"status": "unavailable", "database": "unreachable"}, status=503)


def _jobs() -> dict[str, Any] | None:
    """Return whether a worker runs and how many jobs wait for one; None if the database doesn't respond."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(JOBS, [SILENCE])
            running, waiting = cursor.fetchone()
    except Error:
        connection.close()
        return None
    return {"worker": "running" if running else "missing", "jobs_waiting": waiting}
