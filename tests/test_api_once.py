"""Idempotency-Key: a call that is made again is done once, whatever happened to the first."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import psycopg
import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.api.models import KeptAnswer
from accounts.models import Account, User
from accounts.tests.factories import UserFactory
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import NOON, assert_nothing_written, by, everything
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from flowpilot import answers
from flowpilot.tests.answers import ask
from sessions import facts
from sessions.models import AISession
from sessions.notices import notify
from sessions.tests.factories import SessionFactory
from tests.api import assert_refused, call, client_of, fix_path
from tests.concurrency import PATIENCE, await_lock_waiters, run_in_thread
from tests.test_api_access import WRITES, at
from tickets.tests.closing import resolve, says
from tickets.tests.factories import act, make_handoff

SESSIONS = "/ai-sessions"
NEW = {"title": "VPN drops at noon"}
BODIES: dict[str, Any] = {
    "ai-sessions": NEW,
    "<row:sid>": {"title": "VPN drops"},
    "messages": {"content": "Any news?"},
    "suggested-fixes": {"title": "Reboot", "description": "It.", "confidence_pct": 50},
    "apply": None,
    "decision": {"decision": "build_template"},
    "outcome": {"outcome": "applied_partial", "notes": "Half of it."},
    "snooze": {"follow_up_at": (timezone.now() + timedelta(days=7)).isoformat()},
    "ai-outcome": {"outcome": "applied_failed", "reason": "So it seems."},
    "confirm": {},
    "reject": {},
    "reopen": {"reason": "It came back."},
    "facts": {"text": "It hums.", "kind": "question"},
    "<row:fact>": {"text": "It rattles."},
    "read": {},
    "stop": {},
    "retry": {},
    "preview": {"language": "de"},
    "resolve": {"fix_outcome": "applied_success"},
    "escalate": {"fix_outcome": "applied_failed"},
    "addenda": {"language": "de"},
    "claim": {},
    "take-back": {},
    "ask": {"question": "Which firewall?"},
    "return": {"reason": "No access."},
    "rate": {"enough": False, "missing": ["access"]},
}
"""What is sent to an address, by its last part."""


def post(client: Client, key: str, body: Any = NEW, path: str = SESSIONS, method: str = "POST", **headers: str) -> Any:
    return call(client, method, path, body, headers={"Idempotency-Key": key, **headers})


def prepared(user: User, route: str) -> SuggestedFix:
    """A fix on which the act of this address is possible."""
    fix = make_fix(SessionFactory(owner=user), applied="reject" in route or "confirm" in route)
    if "ai-outcome/" in route:
        lifecycle.propose(fix.pk, "applied_success", "So it seems.", by(user))
    if route.endswith("<row:fid>/reopen"):
        lifecycle.record(fix.pk, "applied_failed", by(user))
    elif route.endswith("read"):
        notify(user, "check_due", fix.session)
    elif route.endswith("snooze"):
        lifecycle.record(fix.pk, "applied_pending", by(user), notes="The reboot.")
    elif route.endswith("<row:fact>"):
        facts.add(fix.session_id, "It hums.", "question", user=user, sessions=AISession.objects.all())
    elif "/answers/" in route:
        answer = ask(fix.session)
        if route.endswith("retry"):
            answers.stop(answer.pk, sessions=AISession.objects.all())
    elif route.endswith("addenda"):
        resolve(fix.session_id, says(Status.PENDING, notes="The reboot."), by(user))
        lifecycle.record(fix.pk, "applied_success", by(user))
    elif route.startswith("/handoffs/"):
        colleague = UserFactory(account=user.account)
        handoff = make_handoff(fix.session, by=user if route.endswith("take-back") else colleague)
        if route.endswith(("ask", "return", "rate")):
            act("claim", handoff, user)
    elif route.endswith("reopen"):
        AISession.objects.filter(pk=fix.session_id).update(status="abandoned")
    return fix


def test_an_address_is_the_same_in_either_case(api: Client, engineer: User) -> None:
    path, key = f"{SESSIONS}/{SessionFactory(owner=engineer).pk}/messages", str(uuid4())
    first = post(api, key, {"content": "Any news?"}, path)
    again = post(api, key, {"content": "Any news?"}, f"{SESSIONS}/{path.split('/')[2].upper()}/messages")
    assert (again["Idempotent-Replayed"], again.json()) == ("true", first.json())


@pytest.mark.parametrize(("method", "route"), [each for each in WRITES if each[0] != "DELETE"])
def test_every_act_is_done_once_and_answered_twice_alike(api: Client, engineer: User, method: str, route: str) -> None:
    path, body, key = at(route, prepared(engineer, route)), BODIES[route.rpartition("/")[2]], str(uuid4())
    first = post(api, key, body, path, method)
    assert first.status_code in {200, 201}, first.content
    with assert_nothing_written():
        again = post(api, key, body, path, method)
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.get("ETag") == first.get("ETag")
    assert (again["Content-Type"], again["Idempotent-Replayed"]) == ("application/json", "true")
    assert "Idempotent-Replayed" not in first
    assert {"private", "no-cache"} <= set(again["Cache-Control"].split(", "))


class TestAKey:
    @pytest.mark.parametrize("key", ["x", "x" * 255, '"quoted"', "a b", "~!"])
    def test_is_any_printable_text(self, api: Client, key: str) -> None:
        assert post(api, key).status_code == 201

    @pytest.mark.parametrize("key", ["", "x" * 256, "clé", "a\tb", "\x7f"])
    def test_that_is_none_is_refused(self, api: Client, key: str) -> None:
        with assert_nothing_written():
            assert_refused(post(api, key), 400, "invalid_input", "Idempotency-Key")

    def test_with_another_body_is_refused(self, api: Client) -> None:
        post(api, "k")
        with assert_nothing_written():
            assert_refused(post(api, "k", {"title": "Printer"}), 422, "idempotency_key_reused")

    def test_with_the_same_body_written_otherwise_is_the_same_call(self, api: Client) -> None:
        first = post(api, "k", b'{"title": "B\xc3\xbcro", "ticket_ref": "1"}')
        again = post(api, "k", b'{ "ticket_ref":"1", "title": "B\\u00fcro" }')
        assert (again.content, again["Idempotent-Replayed"]) == (first.content, "true")

    def test_is_one_persons_own(self, api: Client, engineer: User) -> None:
        colleague = client_of(UserFactory.create(account=engineer.account))
        assert post(api, "k").json()["id"] != post(colleague, "k").json()["id"]

    def test_holds_for_all_tokens_of_a_person(self, api: Client, engineer: User) -> None:
        assert post(api, "k").json() == post(client_of(engineer), "k").json()

    def test_is_of_one_address_and_method(self, api: Client, session: AISession) -> None:
        for path in (f"{SESSIONS}/{session.pk}", f"{SESSIONS}/{SessionFactory(owner=session.owner).pk}"):
            answer = post(api, "k", {"title": "VPN"}, path, "PATCH")
            assert "Idempotent-Replayed" not in answer
        assert "Idempotent-Replayed" not in post(api, "k")

    def test_means_nothing_to_whoever_reads(self, api: Client) -> None:
        assert call(api, "GET", SESSIONS, headers={"Idempotency-Key": ""}).status_code == 200


class TestRefusals:
    def test_are_not_kept(self, api: Client, session: AISession) -> None:
        fix = make_fix(session)
        path = fix_path(fix, "outcome")
        assert_refused(post(api, "k", {"outcome": "applied_partial"}, path, "PATCH"), 400, "invalid_input", "notes")
        assert not KeptAnswer.objects.exists()
        assert post(api, "k", {"outcome": "applied_success"}, path, "PATCH").status_code == 200

    def test_a_replay_comes_before_the_version_and_the_state(self, api: Client, session: AISession) -> None:
        fix = make_fix(session)
        path, body, tag = fix_path(fix, "outcome"), {"outcome": "applied_failed"}, f'"{fix.pk}-{fix.version}"'
        first = post(api, "k", body, path, "PATCH", **{"If-Match": tag})
        lifecycle.reopen(fix.pk, by(session.owner))
        make_fix(session)
        again = post(api, "k", body, path, "PATCH", **{"If-Match": tag})
        assert (again.status_code, again.content) == (200, first.content)
        assert_refused(post(api, "other", body, path, "PATCH", **{"If-Match": tag}), 412, "precondition_failed")

    def test_of_who_may_not_and_what_is_no_call_come_before_a_replay(self, api: Client, engineer: User) -> None:
        post(api, "k")
        assert post(api, "k", b"{").status_code == 400
        assert_refused(post(client_of(engineer, read_only=True), "k"), 403, "permission_denied")
        assert_refused(post(Client(), "k"), 401, "not_authenticated")

    def test_whoever_moved_to_another_account_gets_nothing_of_the_old_one(
        self, api: Client, engineer: User, session: AISession
    ) -> None:
        path, said = f"{SESSIONS}/{session.pk}/messages", {"content": "Any news?"}
        post(api, "k")
        post(api, "k", said, path)
        engineer.account = Account.objects.create(name="Other", slug="other")
        engineer.save()
        assert_refused(post(api, "k", said, path), 404, "not_found")
        assert_refused(post(api, "k", {"content": "Other words."}, path), 404, "not_found")
        assert "Idempotent-Replayed" not in post(api, "k")


class TestAfterADay:
    def test_a_key_is_free_again(self, api: Client) -> None:
        with time_machine.travel(NOON, tick=False) as clock:
            first = post(api, "k")
            clock.move_to(NOON + KeptAnswer.KEPT_FOR - timedelta(seconds=1))
            assert post(api, "k").content == first.content
            clock.move_to(NOON + KeptAnswer.KEPT_FOR)
            second = post(api, "k", {"title": "Printer"})
            assert (second.status_code, second.json()["title"]) == (201, "Printer")
            assert post(api, "k", {"title": "Printer"}).content == second.content

    def test_answers_are_forgotten_as_others_are_kept(self, api: Client) -> None:
        with time_machine.travel(NOON, tick=False) as clock:
            for number in range(12):
                post(api, f"old {number}")
            clock.move_to(NOON + KeptAnswer.KEPT_FOR)
            post(api, "new")
            assert KeptAnswer.objects.count() == 3
            post(api, "newer")
            assert set(KeptAnswer.objects.values_list("key", flat=True)) == {"new", "newer"}
            clock.move_to(NOON + 2 * KeptAnswer.KEPT_FOR)
            call_command("clear_expired")
            assert not KeptAnswer.objects.exists()


def test_what_was_sent_is_not_kept(api: Client, session: AISession) -> None:
    post(api, "k", {"reason": "hunter2 leaked"}, f"{SESSIONS}/{session.pk}/reopen")
    fix = make_fix(session)
    post(api, "k", {"outcome": "applied_success", "notes": "hunter2 leaked"}, fix_path(fix, "outcome"), "PATCH")
    (kept,) = KeptAnswer.objects.values()
    assert "hunter2" not in str(kept)


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_twins_wait_for_the_first_and_get_its_answer(self, engineer: User, session: AISession) -> None:
        path, clients = f"{SESSIONS}/{session.pk}/messages", [client_of(engineer) for _ in range(5)]
        with ThreadPoolExecutor(len(clients)) as pool:
            with transaction.atomic():
                AISession.objects.select_for_update().get(pk=session.pk)
                acts = [partial(post, client, "k", {"content": "Any news?"}, path) for client in clients]
                running = [pool.submit(run_in_thread, act) for act in acts]
                await_lock_waiters(len(acts))  # one for the session, the others for that one
            answers = [future.result(PATIENCE) for future in running]
        assert {(answer.status_code, answer.content) for answer in answers} == {(201, answers[0].content)}
        assert sum("Idempotent-Replayed" in answer for answer in answers) == 4
        assert session.messages.count() == 1

    def test_when_the_first_is_refused_its_twin_tries_itself(self, engineer: User, session: AISession) -> None:
        path, clients = f"{SESSIONS}/{session.pk}/messages", [client_of(engineer) for _ in range(3)]
        with ThreadPoolExecutor(len(clients)) as pool:
            with transaction.atomic():
                AISession.objects.select_for_update().filter(pk=session.pk).update(status="abandoned")
                acts = [partial(post, client, "k", {"content": "Any news?"}, path) for client in clients]
                running = [pool.submit(run_in_thread, act) for act in acts]
                await_lock_waiters(len(acts))
            answers = [future.result(PATIENCE) for future in running]
        assert [answer.status_code for answer in answers] == [409] * 3
        assert not KeptAnswer.objects.exists()

    def test_a_key_costs_five_statements(self, api: Client, session: AISession) -> None:
        fix = make_fix(session)
        with CaptureQueriesContext(connection) as queries:
            post(api, "k", {"outcome": "applied_success"}, fix_path(fix, "outcome"), "PATCH")
        verbs = [query["sql"].split()[0] for query in queries]
        work = ["SAVEPOINT", "SELECT", "UPDATE", "UPDATE", "INSERT", "RELEASE"]
        assert verbs == ["SELECT", "WITH", "BEGIN", "INSERT", *work, "UPDATE", "DELETE", "COMMIT"]

    def test_the_application_may_count_and_keep(self, as_application: psycopg.Connection) -> None:
        for table in ("api_call_counts", "api_kept_answers"):
            as_application.execute(f"DELETE FROM {table}")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                as_application.execute(f"TRUNCATE {table}")


def test_a_replay_leaves_the_rows_of_one_call(api: Client, engineer: User) -> None:
    post(api, "k")
    once = everything()
    for _ in range(3):
        post(api, "k")
    assert everything() == once
    assert KeptAnswer.objects.count() == 1
