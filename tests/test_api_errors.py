"""Whatever is wrong with a call, the answer has one shape and says the first thing that is wrong."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from accounts.models import User
from accounts.tests.factories import UserFactory
from common.refusals import IllegalTransition, Stale
from fixes.models import SuggestedFix
from fixes.tests.acting import assert_nothing_written
from fixes.tests.factories import make_fix
from sessions.models import AISession
from sessions.tests.factories import SessionFactory
from tests.api import NOBODY, assert_refused, call, client_of, fix_path

LIST = "/ai-sessions"


@pytest.fixture
def fix(session: AISession) -> SuggestedFix:
    return make_fix(session)


@pytest.fixture
def without_database(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def connect() -> None:
        raise OperationalError("the server is down")

    with monkeypatch.context() as patched:
        connection.close()
        patched.setattr(connection, "connect", connect)
        yield


class TestBody:
    @pytest.mark.parametrize(
        "body",
        [
            b"{",
            b'{"title": }',
            b"\xff\xfe",
            b"[1, 2]",
            b'"VPN"',
            b"null",
            b"7",
            b"true",
            b'{"title": NaN}',
            b"9" * 5000,
        ],
    )
    def test_that_is_no_json_object_is_refused(self, api: Client, body: bytes) -> None:
        with assert_nothing_written():
            answer = call(api, "POST", LIST, body)
        assert answer.status_code == 400
        assert answer.json()["code"] == "invalid_input"

    @pytest.mark.parametrize("depth", [51, 300, 990, 100_000])
    def test_that_is_nested_too_deeply_is_refused(self, api: Client, session: AISession, depth: int) -> None:
        deep = b'{"a":' * depth + b"1" + b"}" * depth
        body = b'{"title": "a", "description": "b", "confidence_pct": 1, "ai_drafted_parameters": %s}' % deep
        with assert_nothing_written():
            answer = call(api, "POST", f"{LIST}/{session.pk}/suggested-fixes", body)
        assert "nested" in assert_refused(answer, 400, "invalid_input")["detail"]

    def test_that_is_empty_lacks_what_is_needed(self, api: Client) -> None:
        assert_refused(call(api, "POST", LIST, b""), 400, "invalid_input", "title")

    @pytest.mark.parametrize(
        "content_type",
        ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "nonsense"],
    )
    def test_of_another_type_is_415(self, api: Client, content_type: str) -> None:
        answer = call(api, "POST", LIST, b"title=VPN", content_type=content_type)
        assert_refused(answer, 415, "unsupported_media_type")

    @pytest.mark.parametrize("charset", ["hex", "utf-16", "rot13", "nonsense", "latin-1"])
    def test_is_utf_8_whatever_its_header_claims(self, api: Client, charset: str) -> None:
        body = '{"title": "Büro"}'.encode()
        answer = call(api, "POST", LIST, body, content_type=f"application/json; charset={charset}")
        assert (answer.status_code, answer.json()["title"]) == (201, "Büro")

    def test_that_is_too_large_is_413(self, api: Client) -> None:
        assert_refused(call(api, "POST", LIST, {"title": "x" * 1024 * 1024}), 413, "too_large")


class TestAddress:
    @pytest.mark.parametrize("path", ["", "/", "/nowhere", "/ai-sessions/", "/ai-sessions/x/y/z", "/pending-fixes/1"])
    @pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
    def test_that_is_none_is_404(self, api: Client, path: str, method: str) -> None:
        answer = getattr(api, method.lower())(f"/api/v1/{path.removeprefix('/')}")
        assert_refused(answer, 404, "not_found")

    def test_that_is_none_is_401_for_whoever_isnt_signed_in(self, db: None) -> None:
        assert_refused(call(Client(), "GET", "/nowhere"), 401, "not_authenticated")
        assert_refused(call(Client(), "GET", f"{LIST}/nonsense"), 401, "not_authenticated")

    @pytest.mark.parametrize("path", [LIST, "/pending-fixes", "/schema"])
    @pytest.mark.parametrize("method", ["DELETE", "PUT", "OPTIONS", "TRACE", "NONSENSE"])
    def test_with_a_method_it_lacks_is_405_and_says_which_it_has(self, api: Client, path: str, method: str) -> None:
        answer = call(api, method, path)
        assert_refused(answer, 405, "method_not_allowed")
        assert "GET" in answer["Allow"]
        assert method not in answer["Allow"]

    @pytest.mark.parametrize("accept", ["text/html", "application/xml", "nonsense"])
    def test_asked_for_another_format_is_406(self, api: Client, accept: str) -> None:
        assert_refused(call(api, "GET", LIST, headers={"Accept": accept}), 406, "not_acceptable")

    def test_takes_no_format_from_the_query(self, api: Client) -> None:
        assert_refused(call(api, "GET", f"{LIST}?format=xml"), 400, "invalid_input", "format")


class TestOrder:
    """401, 429, 404, 403, 415 and 400, 422 or a replay, 412, 409."""

    NONSENSE = {"outcome": "nonsense"}

    def test_whoever_isnt_signed_in_learns_nothing_else(self, fix: SuggestedFix) -> None:
        for path in (fix_path(fix, "outcome"), f"{LIST}/{NOBODY}", "/nowhere"):
            assert_refused(call(Client(), "PATCH", path, b"{", content_type="text/plain"), 401, "not_authenticated")

    def test_what_isnt_there_outranks_who_may_write_and_what_is_sent(self, fix: SuggestedFix) -> None:
        account = UserFactory.create().account
        for client in (
            client_of(UserFactory.create(account=account, role="viewer")),
            client_of(UserFactory.create(account=account), read_only=True),
            client_of(UserFactory.create(account=account)),
        ):
            for body in (b"{", self.NONSENSE, b"x" * 2_000_000):
                assert_refused(call(client, "PATCH", fix_path(fix, "outcome"), body), 404, "not_found")
            text = call(client, "PATCH", fix_path(fix, "outcome"), b"x", content_type="text/plain")
            assert_refused(text, 404, "not_found")

    def test_who_may_write_outranks_what_is_sent(self, fix: SuggestedFix, engineer: User) -> None:
        viewer = client_of(UserFactory.create(account=engineer.account, role="viewer"))
        answer = call(viewer, "PATCH", fix_path(fix, "outcome"), b"{", content_type="text/plain")
        assert_refused(answer, 403, "permission_denied")

    def test_what_is_sent_outranks_what_the_state_allows(self, api: Client, session: AISession) -> None:
        old, _ = make_fix(session), make_fix(session)
        assert_refused(call(api, "PATCH", fix_path(old, "outcome"), self.NONSENSE), 400, "invalid_input", "outcome")
        assert_refused(call(api, "PATCH", fix_path(old, "outcome"), {"outcome": "dismissed"}), 409, "superseded")

    def test_each_wrong_thing_that_is_mended_shows_the_next(self, api: Client, session: AISession) -> None:
        fix = make_fix(session)
        path, tag = fix_path(fix, "outcome"), f'"{fix.pk}-{fix.version}"'
        call(api, "PATCH", path, {"outcome": "applied_success"}, headers={"Idempotency-Key": "used"})
        new = call(api, "GET", fix_path(fix))["ETag"]
        failed = {"outcome": "applied_failed"}
        with assert_nothing_written():
            for body, headers, status, code in (
                (b"{", {"Idempotency-Key": "used", "If-Match": tag}, 400, "invalid_input"),
                (failed, {"Idempotency-Key": "used", "If-Match": tag}, 422, "idempotency_key_reused"),
                (failed, {"Idempotency-Key": "new", "If-Match": tag}, 412, "precondition_failed"),
                (failed, {"Idempotency-Key": "new", "If-Match": new}, 409, "illegal_transition"),
            ):
                answer = call(api, "PATCH", path, body, headers=headers)
                assert (answer.status_code, answer.json()["code"]) == (status, code)


class TestOurOwnFaults:
    def test_a_crash_is_a_problem_too(self, engineer: User, monkeypatch: pytest.MonkeyPatch) -> None:
        def crash(*_: Any) -> None:
            raise ZeroDivisionError("secret")

        client = client_of(engineer)
        client.raise_request_exception = False
        monkeypatch.setattr("sessions.api.serializers.session_json", crash)
        SessionFactory.create(owner=engineer)
        problem = assert_refused(call(client, "GET", LIST), 500, "server_error")
        assert "secret" not in str(problem)

    def test_an_absent_database_says_when_to_come_back(self, without_database: None) -> None:
        client = Client(headers={"Authorization": "Bearer rf_x"}, raise_request_exception=False)
        answer = call(client, "GET", LIST)
        assert_refused(answer, 503, "unavailable")
        assert answer["Retry-After"] == "5"


class TestHealth:
    def test_is_200_with_the_database(self, db: None) -> None:
        answer = Client().get("/healthz")
        assert (answer.status_code, answer.json()["status"]) == (200, "ok")
        assert "no-store" in answer["Cache-Control"]

    def test_is_503_without(self, without_database: None) -> None:
        answer = Client().get("/healthz")
        assert (answer.status_code, answer.json()["database"]) == (503, "unreachable")

    def test_finds_a_new_connection_when_the_kept_one_died(self, transactional_db: None) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        connection.connection.close()
        assert Client().get("/healthz").status_code == 200

    @pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
    def test_with_another_method_is_405_and_says_which_it_has(self, db: None, method: str) -> None:
        answer = Client(enforce_csrf_checks=True).generic(method, "/healthz")
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


def test_answers_are_kept_by_no_shared_cache(api: Client) -> None:
    answer = call(api, "GET", LIST)
    assert answer["Content-Type"] == "application/json"
    assert {"private", "no-cache"} <= set(answer["Cache-Control"].split(", "))


def test_a_refusal_outside_a_sessions_address_is_409_without_a_fix(
    api: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise IllegalTransition("Not now.")

    monkeypatch.setattr("sessions.acts.create", refuse)
    problem = assert_refused(call(api, "POST", LIST, {"title": "VPN"}), 409, "illegal_transition")
    assert (problem["detail"], problem["fix"]) == ("Not now.", None)


def test_a_changed_row_outside_a_sessions_address_is_412(api: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise Stale("It changed.")

    monkeypatch.setattr("sessions.acts.create", refuse)
    answer = call(api, "POST", LIST, {"title": "VPN"})
    assert (answer.status_code, answer.json()["code"]) == (412, "precondition_failed")
