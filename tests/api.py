"""Call the REST API in tests, and check the shape of its refusals."""

import json
from typing import Any

from django.test import Client

from accounts.models import ApiToken, User
from fixes.models import SuggestedFix

JSON = "application/json"
PROBLEM = {"type", "title", "status", "detail", "code", "errors"}
NOTHING: tuple[set[str], ...] = (set(),)
WITH = {
    409: ({"fix"}, *({"fix", *more} for more in (["by", "at"], ["choices"], ["warnings"]))),
    412: ({"fix"}, {"session"}, {"handoff"}),
}
"""Further keys that a problem with this status may have."""
NOBODY = "00000000-0000-4000-8000-000000000000"


def call(client: Client, method: str, path: str, body: Any = None, **options: Any) -> Any:
    """Call a path under /api/v1 and return the response; `body` is sent as JSON unless it is bytes."""
    data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    return client.generic(method, f"/api/v1{path}", data, options.pop("content_type", JSON), **options)


def client_of(user: User, **token: Any) -> Client:
    """Return a client that sends a new bearer token of this person."""
    _, secret = ApiToken.objects.issue(user, "tests", **token)
    return Client(headers={"Authorization": f"Bearer {secret}"})


def fix_path(fix: SuggestedFix, act: str = "") -> str:
    return f"/ai-sessions/{fix.session_id}/suggested-fixes/{fix.pk}{act and '/' + act}"


def assert_refused(answer: Any, status: int, code: str, *fields: str) -> dict[str, Any]:
    """Check that the response is this problem, with errors for exactly these `fields`, and return the problem."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    problem: dict[str, Any] = answer.json()
    assert problem.keys() - PROBLEM in WITH.get(status, NOTHING)
    assert (problem["status"], problem["code"]) == (status, code)
    assert set(problem["errors"]) == set(fields), problem
    assert problem["detail"]
    return problem
