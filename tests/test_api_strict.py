"""What the API can't take is refused with its name, never ignored: keys, parameters, values, bodies."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from fixes.models import SuggestedFix
from fixes.tests.acting import assert_nothing_written
from fixes.tests.factories import make_fix
from sessions.models import AISession
from tests.api import assert_refused, call, fix_path
from tests.test_api_access import READS, WRITES, at, fix_among_others
from tests.test_api_once import BODIES

LIST = "/ai-sessions"


@pytest.fixture
def fix(session: AISession) -> SuggestedFix:
    return fix_among_others(session)


@pytest.fixture(autouse=True)
def no_limit(settings: Settings) -> None:
    settings.API_REQUESTS_A_MINUTE = 0


def body_of(method: str, route: str) -> Any:
    return {} if method == "DELETE" else BODIES[route.rpartition("/")[2]] or {}


@pytest.mark.parametrize(("method", "route"), WRITES)
class TestEveryBody:
    def test_with_an_unknown_key_is_refused_and_names_it(
        self, api: Client, fix: SuggestedFix, method: str, route: str
    ) -> None:
        with assert_nothing_written():
            answer = call(api, method, at(route, fix), body_of(method, route) | {"followup_at": None})
        problem = assert_refused(answer, 400, "invalid_input", "followup_at")
        known = body_of(method, route).keys()
        assert all(key in problem["errors"]["followup_at"][0] for key in known), problem

    def test_with_a_key_given_twice_is_refused(self, api: Client, fix: SuggestedFix, method: str, route: str) -> None:
        for body in (b'{"a": 1, "a": 1}', b'{"x": [{"y": {"a": 1, "b": 2, "a": 3}}]}'):
            with assert_nothing_written():
                answer = call(api, method, at(route, fix), body)
            assert "twice" in assert_refused(answer, 400, "invalid_input", "a")["detail"]

    def test_that_is_no_object_is_refused(self, api: Client, fix: SuggestedFix, method: str, route: str) -> None:
        for body in (b"{", b"not json", b"[]", b'"x"', b"null", b"\xff"):
            with assert_nothing_written():
                answer = call(api, method, at(route, fix), body)
            assert (answer.status_code, answer.json()["code"]) == (400, "invalid_input")

    def test_of_another_type_is_415(self, api: Client, fix: SuggestedFix, method: str, route: str) -> None:
        for content_type in ("text/xml", "text/plain", "application/x-www-form-urlencoded", ""):
            with assert_nothing_written():
                answer = call(api, method, at(route, fix), b"<a/>", content_type=content_type)
            assert_refused(answer, 415, "unsupported_media_type")

    def test_that_is_coded_is_415(self, api: Client, fix: SuggestedFix, method: str, route: str) -> None:
        with assert_nothing_written():
            answer = call(api, method, at(route, fix), body_of(method, route), headers={"Content-Encoding": "gzip"})
        assert_refused(answer, 415, "unsupported_media_type")
        assert answer["Accept-Encoding"] == "identity"

    def test_comes_with_no_query(self, api: Client, fix: SuggestedFix, method: str, route: str) -> None:
        with assert_nothing_written():
            answer = call(api, method, f"{at(route, fix)}?limit=1", body_of(method, route))
        assert_refused(answer, 400, "invalid_input", "limit")


@pytest.mark.parametrize("route", READS)
class TestEveryQuery:
    def test_with_an_unknown_parameter_is_refused_and_names_it(
        self, api: Client, fix: SuggestedFix, route: str
    ) -> None:
        for name in ("overdu", "page", "self", "Limit"):
            assert_refused(call(api, "GET", f"{at(route, fix)}?{name}=2"), 400, "invalid_input", name)

    def test_with_a_parameter_given_twice_is_refused(self, api: Client, fix: SuggestedFix, route: str) -> None:
        answer = call(api, "GET", f"{at(route, fix)}?limit=2&limit=3")
        assert_refused(answer, 400, "invalid_input", "limit")


def test_an_unknown_parameter_names_those_that_exist(api: Client) -> None:
    problem = assert_refused(call(api, "GET", "/pending-fixes?overdu=true"), 400, "invalid_input", "overdu")
    assert problem["errors"] == {"overdu": ["Unknown. Use cursor, limit, overdue."]}


def test_unknown_and_wrong_keys_are_named_together(api: Client) -> None:
    answer = call(api, "POST", LIST, {"titel": "VPN", "self": 1, "ticket_ref": 5})
    assert_refused(answer, 400, "invalid_input", "titel", "self", "ticket_ref", "title")


def test_a_hundred_thousand_unknown_keys_are_answered_in_short(api: Client) -> None:
    answer = call(api, "POST", LIST, {f"k{number}": 1 for number in range(60_000)} | {"title": "x"})
    assert answer.status_code == 400
    assert len(answer.content) < 20_000
    assert len(call(api, "POST", LIST, {"k" * 900_000: 1}).content) < 2_000


@pytest.mark.parametrize("limit", ["+5", "1_0", "٥", "5.0", " 5", "", "0x5"])
def test_a_number_in_a_query_is_written_in_plain_digits(api: Client, limit: str) -> None:
    assert_refused(call(api, "GET", f"{LIST}?limit={limit.replace('+', '%2B')}"), 400, "invalid_input", "limit")


@pytest.mark.parametrize(
    ("written", "answered"),
    [
        ("2026-11-24T12:00:00z", "2026-11-24T12:00:00Z"),
        ("2026-11-24t12:00Z", "2026-11-24T12:00:00Z"),
        ("2026-11-24 14:00:00.5+02:00", "2026-11-24T12:00:00.500000Z"),
        ("2026-11-24T12:00:00.1234567Z", "2026-11-24T12:00:00.123456Z"),
    ],
)
def test_a_time_is_taken_with_any_offset_and_answered_in_utc(
    api: Client, fix: SuggestedFix, time_machine: Any, written: str, answered: str
) -> None:
    time_machine.move_to("2026-11-23T12:00:00Z")
    body = {"outcome": "applied_pending", "notes": "Lunch.", "follow_up_at": written}
    answer = call(api, "PATCH", fix_path(fix, "outcome"), body)
    assert answer.json()["follow_up_at"] == answered


def times_in(value: Any) -> list[str]:
    """Every text in an answer that begins as a time does."""
    if isinstance(value, dict | list):
        return [time for each in (value.values() if isinstance(value, dict) else value) for time in times_in(each)]
    return [value] if isinstance(value, str) and value[:2] == "20" and "T" in value else []


def test_every_time_in_an_answer_ends_in_z(
    browser_client: Client, api: Client, engineer: Any, session: AISession
) -> None:
    engineer.time_zone = "Europe/Berlin"
    engineer.save()
    fix = make_fix(session, applied=True)
    for body in ({"outcome": "applied_partial", "notes": "Half."}, {"outcome": "applied_failed"}):
        call(api, "PATCH", fix_path(fix, "outcome"), body)
    call(api, "POST", fix_path(fix, "reopen"), {"undo": True})
    call(api, "POST", fix_path(fix, "ai-outcome"), {"outcome": "applied_success", "reason": "So it seems."})
    call(api, "POST", f"{LIST}/{session.pk}/messages", {"content": "Any news?"})
    for client in (browser_client, api):
        for route in READS:
            times = times_in(call(client, "GET", at(route, fix)).json())
            assert all(time.endswith("Z") for time in times), times
    assert len(times_in(call(api, "GET", fix_path(fix, "events")).json())) > 6
    assert call(api, "GET", fix_path(fix)).json()["ai_outcome_proposal"]["proposed_at"].endswith("Z")


NASTY: list[Any] = [
    None, True, 1, -1, 1.5, 10**400, "", " ", "\x00", "\ud800", "\u200b", [], [None], {}, {"a": None},
    "None", "2026-99-99T99:99:99Z", "٢٠٢٦-11-24T12:00:00Z", "{'a': 1}", "nonsense", "00000000000000000000000000000000",
]  # fmt: skip
FURTHER = {
    "<row:sid>": ["status"],
    "messages": ["author", "ask"],
    "facts": ["source_message_id"],
    "<row:fact>": ["kind", "removed"],
    "retry": ["provider"],
    "suggested-fixes": ["script_template_id", "ai_drafted_script", "ai_drafted_parameters"],
    "outcome": ["follow_up_at"],
    "confirm": ["notes", "follow_up_at"],
    "reject": ["notes"],
    "reopen": ["undo"],
    "preview": ["fix_outcome", "notes", "follow_up_at", "language", "writer", "root_cause", "impact", "question"],
    "resolve": ["notes", "follow_up_at", "language", "writer", "root_cause", "text", "my_words"],
    "escalate": ["notes", "follow_up_at", "language", "writer", "impact", "access", "question", "text", "to"],
    "addenda": ["text", "my_words"],
    "rate": ["notes"],
}
"""Keys that a body may have beyond those of BODIES, by the address's last part."""
PYTHON = (
    "None", "True", "False", "Traceback", "Error", "Expecting", "codec", "utf-8", "char ", "line 1 column", "dict",
    "NoneType", "str", "int", "float", "bool", "boolean", "list of", "datetime", "isoformat", "ISO 8601", "object of",
    "valid string", "A valid", "Must be a valid", "valid choice", "QueryDict", "Ensure this", "Enter a", "uuid.",
    "parse error", "primary key", "Django", "serializer",
)  # fmt: skip


def complaints(answer: Any) -> list[str]:
    """Return the phrases of an error that are Python's, Django's or DRF's, outside of what it quotes."""
    problem = answer.json()
    said = [problem["detail"], *(text for texts in problem["errors"].values() for text in texts)]
    unquoted = [re.sub('"[^"]*"|“[^”]*”', "", text) for text in said]
    return [f"{word!r} in {text}" for text in unquoted for word in PYTHON if word in text]


@pytest.mark.parametrize(("method", "route"), WRITES)
def test_no_error_speaks_python(api: Client, fix: SuggestedFix, method: str, route: str) -> None:
    path, body = at(route, fix), body_of(method, route)
    keys = [*body, *FURTHER.get(route.rpartition("/")[2] if method != "DELETE" else "", ())]
    bodies = [json.dumps({**body, key: value}).encode() for key in keys for value in NASTY]
    bodies += [
        b"{",
        b"{'a': 1}",
        b"\xff",
        b"[1,]",
        b'{"a":1,"a":2}',
        b"9" * 5000,
        b"1e999",
        b"[" * 500,
        b"nul",
        b'"\\x"',
    ]
    for each in bodies:
        answer = call(api, method, path, each)
        assert answer.status_code < 500
        if answer.status_code >= 400:
            assert complaints(answer) == [], each[:200]


@pytest.mark.parametrize("route", READS)
def test_no_error_of_a_query_speaks_python(api: Client, fix: SuggestedFix, route: str) -> None:
    values = ["", "%00", "%ff", "None", "true", "-1", "1.5", "9" * 5000, "x" * 5000, "%ED%A0%80", "[]"]
    for name in ("limit", "cursor", "status", "q", "order", "overdue", "state", "nonsense", "%00", "%ff", ""):
        for value in values:
            answer = call(api, "GET", f"{at(route, fix)}?{name}={value}")
            assert answer.status_code in {200, 400}
            if answer.status_code == 400:
                assert complaints(answer) == [], f"{name}={value[:50]}"
