"""The schema keeps what it says: generated calls are answered as it has them, and never with a crash."""

import json
from functools import cache
from io import StringIO
from typing import Any

import pytest
import schemathesis
from django.core.management import call_command
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from accounts.models import ApiToken, User
from fixes.tests.factories import make_fix
from flowpilot.tests.answers import ask
from resolutionflow.wsgi import application
from sessions import facts, notices
from sessions.models import AISession
from sessions.tests.factories import SessionFactory
from tests.test_api_access import operations
from tickets.tests.texts import handed_over, posted

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
CALLS = settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


@cache
def document() -> dict[str, Any]:
    """As the command prints it, which fails on anything that isn't clear or valid."""
    printed = StringIO()
    call_command("spectacular", "--format=openapi-json", "--validate", "--fail-on-warn", stdout=printed)
    schema: dict[str, Any] = json.loads(printed.getvalue())
    return schema


@cache
def generated() -> Any:
    schema = schemathesis.openapi.from_dict(document())
    schema.app = application
    return schema


@pytest.mark.usefixtures("one_connection")
@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize(("method", "route"), operations())
def test_generated_calls_are_answered_as_the_schema_says(
    engineer: User, method: str, route: str, mode: GenerationMode
) -> None:
    headers = {"Authorization": f"Bearer {ApiToken.objects.issue(engineer, 'tests')[1]}"}
    operation = generated()["/api/v1" + route.replace("<row:", "{").replace(">", "}")][method]

    @CALLS
    @given(operation.as_strategy(generation_mode=mode))
    def call(case: Case) -> None:
        case.call_and_validate(headers=headers, checks=CHECKS)
        fix = make_fix(SessionFactory.create(owner=engineer), applied=True)
        fact = facts.add(fix.session_id, "It hums.", "question", user=None, sessions=AISession.objects.all())
        rows = {"sid": fix.session_id, "fid": fix.pk, "aid": ask(fix.session).pk, "fact": fact.pk}
        rows |= {"tid": posted(fix.session).pk, "hid": handed_over(fix.session).pk}
        notices.notify(engineer, "check_due", fix.session)
        rows["nid"] = notices.of(engineer)[0].pk
        case.path_parameters = {name: str(row) for name, row in rows.items()}
        case.call_and_validate(headers=headers, checks=CHECKS)

    call()


def test_the_schema_names_every_operation() -> None:
    named = {(method.upper(), path) for path, methods in document()["paths"].items() for method in methods}
    routed = {(method, f"/api/v1{route}".replace("<row:", "{").replace(">", "}")) for method, route in operations()}
    assert named == routed


def test_every_operation_says_what_it_does_and_how_it_fails() -> None:
    for methods in document()["paths"].values():
        for operation in methods.values():
            assert operation["summary"]
            assert {"401", "403", "406", "429", "500", "503"} < operation["responses"].keys()


def test_every_body_is_said_to_have_no_other_keys() -> None:
    schemas = document()["components"]["schemas"]
    bodies = [
        schemas[content["schema"]["$ref"].rpartition("/")[2]]
        for methods in document()["paths"].values()
        for operation in methods.values()
        for content in operation.get("requestBody", {}).get("content", {}).values()
    ]
    assert len(bodies) > 10
    assert all(body["additionalProperties"] is False for body in bodies)


def headers_taken(operation: dict[str, Any]) -> set[str]:
    return {each["name"] for each in operation.get("parameters", ()) if each["in"] == "header"}


@pytest.mark.parametrize(
    ("method", "path", "taken", "answered", "statuses"),
    [
        ("get", "/ai-sessions", set(), {"RateLimit", "RateLimit-Policy"}, set()),
        ("get", "/ai-sessions/{sid}", {"If-Match", "If-None-Match"}, {"ETag", "RateLimit"}, {"304", "412"}),
        ("post", "/ai-sessions", {"Idempotency-Key"}, {"ETag", "Idempotent-Replayed"}, {"422"}),
        (
            *("patch", "/ai-sessions/{sid}/suggested-fixes/{fid}/outcome"),
            *({"Idempotency-Key", "If-Match"}, {"ETag", "Idempotent-Replayed", "RateLimit"}, {"409", "412", "422"}),
        ),
    ],
)
def test_the_schema_tells_of_headers(
    method: str, path: str, taken: set[str], answered: set[str], statuses: set[str]
) -> None:
    operation = document()["paths"][f"/api/v1{path}"][method]
    assert headers_taken(operation) == taken
    success = next(answer for status, answer in operation["responses"].items() if status in {"200", "201"})
    assert answered <= success["headers"].keys()
    assert statuses <= operation["responses"].keys()
    assert "Retry-After" in operation["responses"]["429"]["headers"]


@pytest.mark.parametrize(
    ("accept", "begins"), [("application/json", b"{"), ("application/yaml", b"openapi"), ("*/*", b"{")]
)
def test_the_schema_is_served_as_json_or_yaml(db: None, accept: str, begins: bytes) -> None:
    assert Client().get("/api/v1/schema", headers={"Accept": accept}).content.startswith(begins)


class TestDocs:
    def test_need_no_script_in_the_page_and_nobody_elses_server(self, db: None) -> None:
        answer = Client().get("/api/v1/docs")
        page = answer.content.decode()
        assert "<script>" not in page
        assert "http://" not in page
        assert "https://" not in page
        assert "img-src 'self' data:" in answer["Content-Security-Policy"]
        assert "unsafe" not in answer["Content-Security-Policy"]

    def test_bring_their_own_script(self, db: None) -> None:
        answer = Client().get("/api/v1/docs?script=")
        assert answer["Content-Type"].startswith("application/javascript")
        assert "/api/v1/schema" in answer.content.decode()
