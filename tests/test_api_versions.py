"""ETag, If-None-Match and If-Match: a caller who names the version they saw overwrites nothing newer."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.tests.factories import UserFactory
from fixes.models import FixEvent, SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import assert_nothing_written, by
from fixes.tests.factories import make_fix
from sessions.models import AISession, Message
from tests.api import NOBODY, assert_refused, call, client_of, fix_path
from tests.concurrency import at_once

SESSIONS = "/ai-sessions"
PARTLY = {"outcome": "applied_partial", "notes": "Half of it."}


@pytest.fixture
def fix(session: AISession) -> SuggestedFix:
    fix = make_fix(session, applied=True, ai_drafted_script="cmdkey /list")
    return lifecycle.propose(fix.pk, "applied_success", "The client says so.", by(session.owner))


def fix_tag(fix: SuggestedFix) -> str:
    fix.refresh_from_db()
    return f'"{fix.pk}-{fix.version}"'


def session_tag(session: AISession) -> str:
    session.refresh_from_db()
    return f'"{session.pk}-{session.state_version}"'


def reads(fix: SuggestedFix) -> dict[str, str]:
    """Address → tag of what is there."""
    home = f"{SESSIONS}/{fix.session_id}"
    return {
        home: session_tag(fix.session),
        fix_path(fix): fix_tag(fix),
        f"{home}/suggested-fixes/active": fix_tag(fix),
    }


class TestReading:
    def test_carries_the_tag(self, api: Client, fix: SuggestedFix) -> None:
        for path, tag in reads(fix).items():
            assert call(api, "GET", path)["ETag"] == tag

    def test_again_is_304_without_a_body(self, api: Client, fix: SuggestedFix) -> None:
        for path, tag in reads(fix).items():
            for known in (tag, f"W/{tag}", f'"other", {tag}', f'"other",,{tag},', "*"):
                answer = call(api, "GET", path, headers={"If-None-Match": known})
                assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)
                assert "Content-Type" not in answer
                assert "private" in answer["Cache-Control"]

    @pytest.mark.parametrize("known", ['"other"', '"*"', 'W/"x", "y"'])
    def test_with_another_tag_is_200(self, api: Client, fix: SuggestedFix, known: str) -> None:
        for path in reads(fix):
            assert call(api, "GET", path, headers={"If-None-Match": known}).status_code == 200

    def test_what_isnt_the_version_asked_for_is_412(self, api: Client, fix: SuggestedFix) -> None:
        for path, tag in reads(fix).items():
            for wanted in ('"other"', f"W/{tag}"):
                answer = call(api, "GET", path, headers={"If-Match": wanted})
                assert_refused(answer, 412, "precondition_failed")
                assert answer["ETag"] == tag
            for wanted in (tag, f'"other" , {tag}', "*"):
                assert call(api, "GET", path, headers={"If-Match": wanted}).status_code == 200


@pytest.mark.parametrize("header", ["If-Match", "If-None-Match"])
@pytest.mark.parametrize("nonsense", ["", "x", "x-1", '"x', 'x"', '"a", b', "**", "*, *", '"a b"', "w/" + '"a"'])
def test_a_malformed_header_is_400_and_names_it(api: Client, fix: SuggestedFix, header: str, nonsense: str) -> None:
    with assert_nothing_written():
        for method, path in (("GET", fix_path(fix)), ("PATCH", fix_path(fix, "outcome"))):
            assert_refused(call(api, method, path, PARTLY, headers={header: nonsense}), 400, "invalid_input", header)
    nowhere = f"{SESSIONS}/{NOBODY}"
    assert_refused(call(api, "GET", nowhere, headers={header: nonsense}), 404, "not_found")


def test_if_none_match_changes_nothing_so_it_is_refused(api: Client, fix: SuggestedFix) -> None:
    with assert_nothing_written():
        answer = call(api, "PATCH", fix_path(fix, "outcome"), PARTLY, headers={"If-None-Match": "*"})
    assert_refused(answer, 400, "invalid_input", "If-None-Match")


FIX_ACTS: dict[str, tuple[str, str, Any]] = {
    "decide": ("PATCH", "decision", {"decision": "one_off"}),
    "record": ("PATCH", "outcome", PARTLY),
    "propose": ("POST", "ai-outcome", {"outcome": "applied_failed"}),
    "confirm": ("POST", "ai-outcome/confirm", {}),
    "reject": ("POST", "ai-outcome/reject", {}),
}


@pytest.mark.parametrize("act", FIX_ACTS)
class TestActsOnAFix:
    def test_on_another_version_are_412_with_the_fix_as_it_is(self, api: Client, fix: SuggestedFix, act: str) -> None:
        method, path, body = FIX_ACTS[act]
        others = (f'"{fix.pk}-{fix.version - 1}"', f'"{NOBODY}-{fix.version}"', f"W/{fix_tag(fix)}", '"nonsense"')
        for other in others:
            with assert_nothing_written():
                answer = call(api, method, fix_path(fix, path), body, headers={"If-Match": other})
            problem = assert_refused(answer, 412, "precondition_failed")
            assert (problem["fix"]["id"], problem["fix"]["version"]) == (str(fix.pk), fix.version)
            assert answer["ETag"] == fix_tag(fix)

    def test_on_this_version_are_done_and_answer_the_next_tag(self, api: Client, fix: SuggestedFix, act: str) -> None:
        method, path, body = FIX_ACTS[act]
        before = fix_tag(fix)
        answer = call(api, method, fix_path(fix, path), body, headers={"If-Match": f'"other", {before}'})
        assert answer.status_code == 200, answer.content
        assert answer["ETag"] == fix_tag(fix) != before

    def test_made_again_change_nothing_and_are_200(self, api: Client, fix: SuggestedFix, act: str) -> None:
        method, path, body = FIX_ACTS[act]
        sent = {"headers": {"If-Match": fix_tag(fix)}}
        call(api, method, fix_path(fix, path), body, **sent)
        with assert_nothing_written():
            again = call(api, method, fix_path(fix, path), body, **sent)
        assert (again.status_code, again["ETag"]) == (200, fix_tag(fix))


def test_any_version_will_do(api: Client, fix: SuggestedFix) -> None:
    answer = call(api, "PATCH", fix_path(fix, "outcome"), PARTLY, headers={"If-Match": "*"})
    assert answer.status_code == 200


def test_applying_and_reopening_heed_the_version_too(api: Client, session: AISession) -> None:
    fix = make_fix(session)
    stale = {"headers": {"If-Match": f'"{fix.pk}-0"'}}
    assert_refused(call(api, "POST", fix_path(fix, "apply"), **stale), 412, "precondition_failed")
    lifecycle.record(fix.pk, "applied_failed", by(session.owner))
    with assert_nothing_written():
        assert_refused(call(api, "POST", fix_path(fix, "reopen"), {}, **stale), 412, "precondition_failed")
    fresh = {"headers": {"If-Match": fix_tag(fix)}}
    assert call(api, "POST", fix_path(fix, "reopen"), {}, **fresh).status_code == 200


def test_a_changed_fix_outranks_an_act_that_it_no_longer_has(api: Client, fix: SuggestedFix) -> None:
    seen = fix_tag(fix)
    lifecycle.record(fix.pk, "applied_failed", by(fix.session.owner))
    answer = call(api, "PATCH", fix_path(fix, "outcome"), PARTLY, headers={"If-Match": seen})
    assert_refused(answer, 412, "precondition_failed")
    answer = call(api, "PATCH", fix_path(fix, "outcome"), PARTLY, headers={"If-Match": fix_tag(fix)})
    assert_refused(answer, 409, "illegal_transition")


SESSION_ACTS: dict[str, tuple[str, str, Any]] = {
    "change": ("PATCH", "", {"title": "VPN drops at noon"}),
    "write": ("POST", "/messages", {"content": "Any news?"}),
    "suggest": ("POST", "/suggested-fixes", {"title": "Reboot", "description": "It.", "confidence_pct": 50}),
}


@pytest.mark.parametrize("act", SESSION_ACTS)
class TestActsOnASession:
    def test_on_another_version_are_412_with_the_session(self, api: Client, session: AISession, act: str) -> None:
        method, path, body = SESSION_ACTS[act]
        home = f"{SESSIONS}/{session.pk}"
        with assert_nothing_written():
            answer = call(api, method, home + path, body, headers={"If-Match": f'"{session.pk}-7"'})
        problem = assert_refused(answer, 412, "precondition_failed")
        assert problem["session"]["state_version"] == session.state_version
        assert answer["ETag"] == session_tag(session)

    def test_on_this_version_are_done(self, api: Client, session: AISession, act: str) -> None:
        method, path, body = SESSION_ACTS[act]
        sent = {"headers": {"If-Match": session_tag(session)}}
        answer = call(api, method, f"{SESSIONS}/{session.pk}{path}", body, **sent)
        assert answer.status_code in {200, 201}
        tag = f'"{answer.json()["id"]}-1"' if act == "suggest" else session_tag(session)
        assert answer["ETag"] == tag


def test_a_change_that_already_stands_is_200_whatever_the_version(api: Client, session: AISession) -> None:
    with assert_nothing_written():
        answer = call(api, "PATCH", f"{SESSIONS}/{session.pk}", {"title": session.title}, headers={"If-Match": '"old"'})
    assert answer.status_code == 200


def test_reopening_a_session_heeds_its_version(api: Client, session: AISession) -> None:
    home = f"{SESSIONS}/{session.pk}"
    tag = call(api, "PATCH", home, {"status": "abandoned"})["ETag"]
    sent = {"reason": "It came back."}
    assert_refused(call(api, "POST", f"{home}/reopen", sent, headers={"If-Match": '"old"'}), 412, "precondition_failed")
    answer = call(api, "POST", f"{home}/reopen", sent, headers={"If-Match": tag})
    assert (answer.status_code, answer["ETag"]) == (200, session_tag(session))


def test_another_accounts_fix_is_404_whatever_the_version(fix: SuggestedFix) -> None:
    stranger = client_of(UserFactory.create())
    for wanted in (fix_tag(fix), '"old"', "*"):
        answer = call(stranger, "PATCH", fix_path(fix, "outcome"), PARTLY, headers={"If-Match": wanted})
        assert_refused(answer, 404, "not_found")


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_of_many_outcomes_on_one_version_one_is_recorded(self, engineer: User, fix: SuggestedFix) -> None:
        tag = fix_tag(fix)
        before = FixEvent.objects.count()

        def record(client: Client, number: int) -> Any:
            body = {"outcome": "applied_partial", "notes": f"Part {number}."}
            return call(client, "PATCH", fix_path(fix, "outcome"), body, headers={"If-Match": tag})

        clients = [client_of(engineer) for _ in range(6)]
        acts = [lambda client=client, number=number: record(client, number) for number, client in enumerate(clients)]
        answers = at_once(fix.session, acts)
        assert sorted(answer.status_code for answer in answers) == [200] + [412] * 5
        assert FixEvent.objects.count() == before + 1
        (won,) = [answer for answer in answers if answer.status_code == 200]
        fix.refresh_from_db()
        assert (fix.partial_notes, fix_tag(fix)) == (won.json()["partial_notes"], won["ETag"])

    def test_of_many_messages_on_one_version_one_is_written(self, engineer: User, session: AISession) -> None:
        tag = session_tag(session)
        path = f"{SESSIONS}/{session.pk}/messages"
        clients = [client_of(engineer) for _ in range(4)]
        acts = [
            lambda client=client: call(client, "POST", path, {"content": "Any news?"}, headers={"If-Match": tag})
            for client in clients
        ]
        assert sorted(answer.status_code for answer in at_once(session, acts)) == [201] + [412] * 3
        assert Message.objects.count() == 1
