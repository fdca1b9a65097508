"""What the OpenAPI schema says beyond the views themselves: the errors (docs/api.md)."""

from http import HTTPStatus
from typing import Any

JSON = dict[str, Any]

PROBLEM: JSON = {
    "type": "object",
    "description": "An error. `code` is for programs, `detail` for people, `errors` says what is wrong by field.",
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
CONFLICT: JSON = {
    "allOf": [
        {"$ref": "#/components/schemas/Problem"},
        {
            "type": "object",
            "description": "With the session's current fix.",
            "properties": {"fix": {"oneOf": [{"$ref": "#/components/schemas/Fix"}, {"type": "null"}]}},
            "required": ["fix"],
        },
    ]
}
ALWAYS = (401, 403, 406, 500, 503)


def add_errors(result: JSON, **_: Any) -> JSON:
    """Name, at every operation, each error that it can answer with."""
    result["components"]["schemas"] |= {"Problem": PROBLEM, "Conflict": CONFLICT}
    for path, methods in result["paths"].items():
        for method, operation in methods.items():
            for status in _errors_of(path, method, operation):
                operation["responses"][str(status)] = _answer(status)
    return result


def _errors_of(path: str, method: str, operation: JSON) -> list[int]:
    names_something, writes = "{" in path, method != "get"
    read = {400, 413, 415} if "requestBody" in operation else set()
    asked = {400} if any(each["in"] == "query" for each in operation.get("parameters", ())) else set()
    missing = {404} if names_something else set()
    refused = {409} if names_something and writes else set()
    return sorted({*ALWAYS, *read, *asked, *missing, *refused})


def _answer(status: int) -> JSON:
    name = "Conflict" if status == HTTPStatus.CONFLICT else "Problem"
    return {
        "description": HTTPStatus(status).phrase,
        "content": {"application/problem+json": {"schema": {"$ref": f"#/components/schemas/{name}"}}},
    }
