"""What is known in a session, over the API."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.tests.factories import UserFactory
from fixes.tests.acting import assert_nothing_written
from sessions import facts
from sessions.models import AISession, Author, Fact
from sessions.tests import acts
from sessions.tests.factories import SessionFactory
from tests.api import NOBODY, assert_refused, call, client_of

ALL = AISession.objects.all()


@pytest.fixture
def path(session: AISession) -> str:
    return f"/ai-sessions/{session.pk}/facts"


@pytest.fixture
def fact(session: AISession, engineer: User) -> Fact:
    return facts.add(session.pk, "Webmail works.", "question", user=engineer, sessions=ALL)


def of(fact: Fact) -> str:
    return f"/ai-sessions/{fact.session_id}/facts/{fact.pk}"


def texts(api: Client, path: str, query: str = "") -> list[str]:
    return [each["text"] for each in call(api, "GET", path + query).json()["results"]]


def tag(session: AISession) -> str:
    session.refresh_from_db()
    return f'"{session.pk}-{session.state_version}"'


class TestAdding:
    def test_answers_the_fact_and_the_sessions_tag(self, api: Client, session: AISession, path: str) -> None:
        message = acts.post(session.pk, Author.ENGINEER, "owa fine", user=session.owner)
        body = {"text": " Webmail\r\nworks. ", "kind": "question", "source_message_id": str(message.pk)}
        answer = call(api, "POST", path, body)
        fact = Fact.objects.get()
        assert (answer.status_code, answer["ETag"]) == (201, tag(session))
        assert {name: value for name, value in answer.json().items() if name != "created_at"} == {
            "id": str(fact.pk),
            "session_id": str(session.pk),
            "text": "Webmail\nworks.",
            "kind": "question",
            "source_message_id": str(message.pk),
            "user_id": str(session.owner_id),
            "changed_at": None,
            "changed_by_id": None,
            "removed_at": None,
        }

    @pytest.mark.parametrize(
        ("body", "fields"),
        [
            ({}, {"text", "kind"}),
            ({"text": "", "kind": "question"}, {"text"}),
            ({"text": "x" * 2_001, "kind": "question"}, {"text"}),
            ({"text": "x", "kind": "rumour"}, {"kind"}),
            ({"text": "x", "kind": "question", "source_message_id": NOBODY}, {"source_message_id"}),
            ({"text": "x", "kind": "question", "source_message_id": 1}, {"source_message_id"}),
            ({"text": "x", "kind": "question", "sure": True}, {"sure"}),
            ({"text": None, "kind": "question"}, {"text"}),
        ],
    )
    def test_a_wrong_body_is_refused(self, api: Client, path: str, body: dict[str, Any], fields: set[str]) -> None:
        with assert_nothing_written():
            assert_refused(call(api, "POST", path, body), 400, "invalid_input", *fields)

    def test_a_message_of_another_session_is_no_source(self, api: Client, path: str, engineer: User) -> None:
        other = acts.post(SessionFactory(owner=engineer).pk, Author.ENGINEER, "Hi", user=engineer)
        body = {"text": "x", "kind": "question", "source_message_id": str(other.pk)}
        assert_refused(call(api, "POST", path, body), 400, "invalid_input", "source_message_id")

    def test_once_for_a_key(self, api: Client, path: str) -> None:
        body = {"text": "It hums.", "kind": "question"}
        first, again = (call(api, "POST", path, body, headers={"Idempotency-Key": "one"}) for _ in range(2))
        assert first.json() == again.json()
        assert again["Idempotent-Replayed"] == "true"
        assert Fact.objects.count() == 1

    def test_too_many_are_a_conflict(self, api: Client, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(facts, "FACTS_MAX", 0)
        with assert_nothing_written():
            answer = call(api, "POST", path, {"text": "It hums.", "kind": "question"})
            assert_refused(answer, 409, "too_many_facts")


class TestListing:
    def test_is_oldest_first_and_without_the_removed(
        self, api: Client, session: AISession, path: str, engineer: User
    ) -> None:
        added = [facts.add(session.pk, each, "question", user=engineer, sessions=ALL) for each in ("1", "2", "3")]
        facts.change(session.pk, added[1].pk, {"removed": True}, user=engineer, sessions=ALL)
        assert texts(api, path) == ["1", "3"]
        assert texts(api, path, "?removed=true") == ["2"]

    def test_is_paged(self, api: Client, session: AISession, path: str) -> None:
        for each in ("1", "2", "3"):
            facts.add(session.pk, each, "question", user=None, sessions=ALL)
        first = call(api, "GET", path + "?limit=2").json()
        assert [each["text"] for each in first["results"]] == ["1", "2"]
        assert [each["text"] for each in api.get(first["next"]).json()["results"]] == ["3"]

    @pytest.mark.parametrize("query", ["?removed=maybe", "?kind=question"])
    def test_an_unknown_query_is_refused(self, api: Client, path: str, query: str) -> None:
        assert call(api, "GET", path + query).status_code == 400


class TestChanging:
    def test_answers_the_fact(self, api: Client, fact: Fact) -> None:
        answer = call(api, "PATCH", of(fact), {"text": "Webmail asks.", "kind": "diagnostic_check"})
        body = answer.json()
        assert (answer.status_code, answer["ETag"]) == (200, tag(fact.session))
        assert (body["text"], body["kind"]) == ("Webmail asks.", "diagnostic_check")
        assert body["changed_by_id"] == str(fact.user_id)

    def test_with_an_old_tag_is_refused_with_the_session_as_it_is_now(self, api: Client, fact: Fact) -> None:
        old = f'"{fact.session_id}-0"'
        with assert_nothing_written():
            for method, body in (("PATCH", {"text": "Mine"}), ("DELETE", None)):
                answer = call(api, method, of(fact), body, headers={"If-Match": old})
                problem = assert_refused(answer, 412, "precondition_failed")
                assert problem["session"]["state_version"] == 1

    def test_with_the_current_tag_is_done(self, api: Client, fact: Fact) -> None:
        answer = call(api, "PATCH", of(fact), {"text": "Mine"}, headers={"If-Match": tag(fact.session)})
        assert answer.status_code == 200

    @pytest.mark.parametrize(
        ("body", "field"),
        [({"text": ""}, "text"), ({"kind": None}, "kind"), ({"removed": "yes"}, "removed"), ({"id": "x"}, "id")],
    )
    def test_a_wrong_body_is_refused(self, api: Client, fact: Fact, body: dict[str, Any], field: str) -> None:
        with assert_nothing_written():
            assert_refused(call(api, "PATCH", of(fact), body), 400, "invalid_input", field)

    def test_an_empty_body_changes_nothing(self, api: Client, fact: Fact) -> None:
        with assert_nothing_written():
            assert call(api, "PATCH", of(fact), {}).status_code == 200


class TestRemoving:
    def test_answers_the_fact_and_again_the_same(self, api: Client, fact: Fact, path: str) -> None:
        first = call(api, "DELETE", of(fact))
        assert (first.status_code, first["ETag"]) == (200, tag(fact.session))
        assert first.json()["removed_at"] is not None
        with assert_nothing_written():
            assert call(api, "DELETE", of(fact)).json() == first.json()
        assert texts(api, path) == []

    def test_a_body_is_refused(self, api: Client, fact: Fact) -> None:
        with assert_nothing_written():
            assert_refused(call(api, "DELETE", of(fact), {"why": "x"}), 400, "invalid_input", "why")

    def test_restoring_is_removed_false(self, api: Client, fact: Fact, path: str) -> None:
        call(api, "DELETE", of(fact))
        with assert_nothing_written():
            assert_refused(call(api, "PATCH", of(fact), {"text": "Mine"}), 409, "fact_removed")
        answer = call(api, "PATCH", of(fact), {"removed": False, "text": "Mine"})
        assert (answer.status_code, answer.json()["removed_at"]) == (200, None)
        assert texts(api, path) == ["Mine"]


def test_a_closed_session_is_a_conflict(api: Client, fact: Fact, path: str) -> None:
    AISession.objects.update(status="abandoned")
    with assert_nothing_written():
        for method, where, body in (
            ("POST", path, {"text": "Mine", "kind": "question"}),
            ("PATCH", of(fact), {"text": "Mine"}),
            ("DELETE", of(fact), None),
        ):
            assert_refused(call(api, method, where, body), 409, "session_closed")


def test_a_fact_of_elsewhere_is_not_found(api: Client, fact: Fact) -> None:
    stranger = client_of(UserFactory.create())
    elsewhere = SessionFactory(owner=fact.session.owner)
    for client, where in ((stranger, of(fact)), (api, f"/ai-sessions/{elsewhere.pk}/facts/{fact.pk}")):
        for method, body in (("PATCH", {"nonsense": 1}), ("DELETE", None)):
            with assert_nothing_written():
                assert_refused(call(client, method, where, body), 404, "not_found")
