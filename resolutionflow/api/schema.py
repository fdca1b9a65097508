"""Adds to the OpenAPI schema what the views don't declare: errors, headers, closed bodies (docs/api.md)."""

from http import HTTPStatus
from typing import Any

JSON = dict[str, Any]

PROBLEM: JSON = {
    "type": "object",
    "description": "An error. `code` is for programs, `detail` for people; `errors` lists the errors by field.",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "errors": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
    "required": ["type", "title", "status", "detail", "code", "errors"],
}
CHOICE: JSON = {
    "type": "object",
    "properties": {
        "outcome": {"type": "string"},
        "label": {"type": "string"},
        "needs_notes": {"type": "boolean"},
        "is_default": {"type": "boolean"},
    },
    "required": ["outcome", "label", "needs_notes", "is_default"],
}
WARNING: JSON = {
    "type": "object",
    "description": "What the honesty check found in an edited text.",
    "properties": {
        "sentence": {"type": "string"},
        "excerpt": {"type": "string"},
        "reason": {"type": "string"},
        "instead": {"type": "string", "description": "A sentence that the record carries; empty for none."},
    },
    "required": ["sentence", "excerpt", "reason", "instead"],
}
CONFLICT: JSON = {
    "allOf": [
        {"$ref": "#/components/schemas/Problem"},
        {
            "type": "object",
            "description": "With the session's current fix, and what else the code says.",
            "properties": {
                "fix": {"oneOf": [{"$ref": "#/components/schemas/Fix"}, {"type": "null"}]},
                "choices": {"type": "array", "items": CHOICE, "description": "With `fix_needs_outcome`."},
                "warnings": {"type": "array", "items": WARNING, "description": "With `text_not_verified`."},
                "by": {"type": ["string", "null"], "description": "Who was first."},
                "at": {"type": ["string", "null"], "format": "date-time", "description": "When that was."},
            },
            "required": ["fix"],
        },
    ]
}
CHANGED: JSON = {
    "allOf": [
        {"$ref": "#/components/schemas/Problem"},
        {
            "type": "object",
            "description": "With the fix, the session or the handoff, as it is now.",
            "properties": {
                "fix": {"$ref": "#/components/schemas/Fix"},
                "handoff": {"$ref": "#/components/schemas/Handoff"},
                "session": {"$ref": "#/components/schemas/Session"},
            },
        },
    ]
}
SCHEMAS = {409: "Conflict", 412: "Changed"}
ALWAYS = (400, 401, 403, 406, 429, 500, 503)
TAGGED = tuple(
    f"#/components/schemas/{name}"
    for name in (
        *("Fix", "Session", "MessageWithAnswer", "Fact"),
        *("TextPreview", "Text", "ResolvedSession", "EscalatedSession", "Handoff"),
    )
)
"""Schemas of responses that have an ETag."""


def text(description: str, **more: Any) -> JSON:
    return {"description": description, "schema": {"type": "string", **more}}


LIMITS = {
    "RateLimit-Policy": text("The limit: `q` calls in `w` seconds; absent without a limit."),
    "RateLimit": text("`r` calls are left for `t` seconds; absent without a limit."),
}
RETRY_AFTER = {"Retry-After": text("Seconds to wait.", pattern="^[0-9]+$")}
ETAG = {"ETag": text("The version: of the fix, of the handoff, or of the session.")}
REPLAYED = {"Idempotent-Replayed": text("This call was carried out before, and this is its response.", const="true")}
IF_MATCH = text("Act only on this version: an ETag, several with commas, or `*`.")
IF_NONE_MATCH = text("Return 304 for this version: an ETag, several with commas, or `*`.")
KEY = text("Of calls with the same key, path and body within 24 hours, only the first is carried out.", maxLength=255)


def refuse_other_keys(result: JSON, **_: Any) -> JSON:
    """Declare that bodies take no keys other than those in the schema."""
    for methods in result["paths"].values():
        for operation in methods.values():
            for content in operation.get("requestBody", {}).get("content", {}).values():
                _component(result, content["schema"])["additionalProperties"] = False
    return result


def _component(result: JSON, schema: JSON) -> JSON:
    component: JSON = result["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return component


def add_headers_and_errors(result: JSON, **_: Any) -> JSON:
    """Add to every operation its request and response headers and its errors."""
    result["components"]["schemas"] |= {"Problem": PROBLEM, "Conflict": CONFLICT, "Changed": CHANGED}
    for path, methods in result["paths"].items():
        for method, operation in methods.items():
            errors = _errors_of(path, method, operation)
            _add_headers(path, method, operation)
            operation["responses"] |= {str(status): _error(status) for status in errors}
    return result


def _add_headers(path: str, method: str, operation: JSON) -> None:
    tagged, reads, keyed = _is_tagged(operation), method == "get", method in {"post", "patch"}
    taken = {
        "Idempotency-Key": (KEY, keyed),
        "If-Match": (IF_MATCH, tagged and "{" in path),
        "If-None-Match": (IF_NONE_MATCH, tagged and reads),
    }
    parameters = operation.setdefault("parameters", [])
    parameters += [{"in": "header", "name": name, **what} for name, (what, applies) in taken.items() if applies]
    for response in operation["responses"].values():
        response["headers"] = LIMITS | (ETAG if tagged else {}) | (REPLAYED if keyed else {})
    if tagged and reads:
        operation["responses"]["304"] = {"description": "Not Modified", "headers": LIMITS | ETAG}


def _is_tagged(operation: JSON) -> bool:
    bodies = [response["content"]["application/json"]["schema"] for response in operation["responses"].values()]
    return any(body.get("$ref") in TAGGED for body in bodies)


def _errors_of(path: str, method: str, operation: JSON) -> list[int]:
    names_something, writes = "{" in path, method != "get"
    missing = {404} if names_something else set()
    refused = {409} if names_something and writes else set()
    read = {413, 415} if writes else set()
    repeated = {422} if method in {"post", "patch"} else set()
    changed = {412} if names_something and _is_tagged(operation) else set()
    return sorted({*ALWAYS, *missing, *refused, *read, *repeated, *changed})


def _error(status: int) -> JSON:
    name = SCHEMAS.get(status, "Problem")
    waits = RETRY_AFTER if status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE} else {}
    return {
        "headers": LIMITS | waits | (ETAG if status == HTTPStatus.PRECONDITION_FAILED else {}),
        "description": HTTPStatus(status).phrase,
        "content": {"application/problem+json": {"schema": {"$ref": f"#/components/schemas/{name}"}}},
    }
