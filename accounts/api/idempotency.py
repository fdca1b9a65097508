"""Idempotency-Key: a call that is repeated is carried out once (docs/api.md, *Once only*)."""

import hashlib
import json
import re
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.db import connection, transaction
from django.http import HttpResponse
from django.utils import timezone
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.models import KeptAnswer
from accounts.models import User

HEADER = "Idempotency-Key"
KEY = re.compile(r"[\x20-\x7e]{1,255}")
CLAIM = """
    INSERT INTO api_kept_answers AS kept
        (user_id, account_id, method, path, key, fingerprint, created_at, etag, body)
    VALUES (%(user)s, %(account)s, %(method)s, %(path)s, %(key)s, %(fingerprint)s, %(now)s, '', '')
    ON CONFLICT (user_id, account_id, method, path, key)
        DO UPDATE SET fingerprint = excluded.fingerprint, created_at = excluded.created_at
        WHERE kept.created_at <= %(expired)s
    RETURNING id
"""
"""Waits for the same call in another transaction. Returns a row unless that call, or an earlier one, succeeded."""
DELETED_AT_ONCE = 10


class KeyReused(APIException):
    status_code = 422
    default_code = "idempotency_key_reused"
    default_detail = "This Idempotency-Key was used with another body. Nothing was recorded. Use a new key."


def idempotent(handler: Callable[..., Response]) -> Callable[..., HttpResponse]:
    """Decorate a handler of POST or PATCH: store its answer to a call with a key, in the transaction of its work.

    A refusal is not stored: the next call with that key tries again.
    """

    @wraps(handler)
    def handle(view: Any, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if HEADER not in request.headers:
            return handler(view, request, *args, **kwargs)
        call, now = _call(request, view.user), timezone.now()
        with transaction.atomic():
            if claimed := _claim(call, now):
                answer = handler(view, request, *args, **kwargs)
                _store(claimed, answer)
                _delete_expired(now)
                return answer
            kept = _kept_answer(call)
        view.require_target()
        return _replay(kept, call["fingerprint"])

    return handle


def _call(request: Request, user: User) -> dict[str, Any]:
    """Return what identifies a call: person, account, method, path, key and a fingerprint of the body."""
    key = request.headers[HEADER]
    if not KEY.fullmatch(key):
        raise ValidationError({HEADER: ["Send 1 to 255 printable ASCII characters, such as a UUID."]})
    canonical = json.dumps(request.data, sort_keys=True, separators=(",", ":"))
    return {
        "user": user.pk,
        "account": user.account_id,
        "method": request.method,
        "path": request.path.lower(),  # an id in capitals is the same id
        "key": key,
        "fingerprint": hashlib.sha256(canonical.encode()).hexdigest(),
    }


def _claim(call: dict[str, Any], now: datetime) -> int | None:
    """Return the id of the row that will store the answer; None if an answer is stored already."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, {**call, "now": now, "expired": now - KeptAnswer.KEPT_FOR})
        row = cursor.fetchone()
    return row[0] if row else None


def _store(claimed: int, answer: Response) -> None:
    KeptAnswer.objects.filter(pk=claimed).update(
        status=answer.status_code,
        etag=answer.headers.get("ETag", ""),
        body=JSONRenderer().render(answer.data).decode(),
    )


def _kept_answer(call: dict[str, Any]) -> KeptAnswer:
    """Return the stored answer. The failed claim has locked its row, so nobody deletes it meanwhile."""
    return KeptAnswer.objects.get(**{name: value for name, value in call.items() if name != "fingerprint"})


def _replay(kept: KeptAnswer, fingerprint: str) -> HttpResponse:
    if kept.fingerprint != fingerprint:
        raise KeyReused
    headers = {"Idempotent-Replayed": "true", **({"ETag": kept.etag} if kept.etag else {})}
    return HttpResponse(kept.body, content_type="application/json", status=kept.status, headers=headers)


def _delete_expired(now: datetime) -> None:
    """Delete some expired answers: more than one for each that is stored, so that they don't pile up."""
    rows = KeptAnswer.objects.expired(now).order_by("created_at").select_for_update(skip_locked=True)
    KeptAnswer.objects.filter(pk__in=rows.values("pk")[:DELETED_AT_ONCE]).delete()
