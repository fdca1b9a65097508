"""The health check for monitoring."""

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe


@csrf_exempt  # it changes nothing, and the CSRF check's 403 would hide the 405
@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Return 200 if the database is reachable, 503 if it isn't."""
    # the first attempt may use a connection that died with its server; the second opens a new one
    if _database_responds() or _database_responds():
        return JsonResponse({"status": "ok", "database": "reachable"})
    return JsonResponse({"status": "unavailable", "database": "unreachable"}, status=503)


def _database_responds() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (OperationalError, InterfaceError):
        connection.close()
        return False
    return True
