"""Whether this process can serve: for whoever watches over it."""

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 with the database reachable, 503 without."""
    # a connection that was kept may have died with its server: then a new one decides
    if _answers() or _answers():
        return JsonResponse({"status": "ok", "database": "reachable"})
    return JsonResponse({"status": "unavailable", "database": "unreachable"}, status=503)


def _answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (OperationalError, InterfaceError):
        connection.close()
        return False
    return True
