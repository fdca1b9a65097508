"""Handoffs over the API: lists, one with its package, the acts, and every refusal."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Role, User
from accounts.tests.factories import UserFactory
from sessions.models import AISession
from sessions.tests.factories import SessionFactory
from tests.api import NOBODY, assert_refused, call, client_of
from tickets.models import Handoff
from tickets.tests.factories import PACKAGE, QUESTION, act, claimed_handoff, make_handoff


@pytest.fixture
def jonas(session: AISession) -> User:
    return UserFactory.create(account=session.account, display_name="Jonas Brandt")


def path(handoff: Handoff, name: str = "") -> str:
    return f"/handoffs/{handoff.pk}{name and '/' + name}"


def test_one_handoff_is_answered_with_its_package(api: Client, session: AISession, jonas: User) -> None:
    handoff = make_handoff(session, target=jonas)
    answer = call(api, "GET", path(handoff))
    body: dict[str, Any] = answer.json()
    package = body.pop("package")
    assert (package["kind"], package["markdown"]) == ("escalation_package", PACKAGE)
    assert body == {
        "id": str(handoff.pk),
        "session_id": str(session.pk),
        "account_id": str(session.account_id),
        "state": "waiting",
        "from_user_id": str(session.owner_id),
        "target_id": str(jonas.pk),
        "question": QUESTION,
        "created_at": handoff.created_at.isoformat().replace("+00:00", "Z"),
        **{"claimed_by_id": None, "claimed_at": None, "ended_at": None, "return_reason": ""},
        **{"was_enough": None, "missing": [], "missing_notes": "", "rated_at": None, "version": 1},
    }
    assert answer["ETag"] == f'"{handoff.pk}-1"'


def test_what_waits_longest_is_first_and_of_the_others_the_latest(api: Client, session: AISession, jonas: User) -> None:
    now = timezone.now()
    young, old = (
        make_handoff(SessionFactory.create(owner=session.owner), at=now - timedelta(minutes=m)) for m in (5, 50)
    )
    first, second = (claimed_handoff(SessionFactory.create(owner=session.owner), by=jonas) for _ in range(2))
    act("give_back", first, jonas, "No access.")

    def ids(query: str = "") -> list[str]:
        return [each["id"] for each in call(api, "GET", f"/handoffs{query}").json()["results"]]

    assert ids() == ids("?state=waiting") == [str(old.pk), str(young.pk)]
    assert (ids("?state=claimed"), ids("?state=returned")) == ([str(second.pk)], [str(first.pk)])


def test_a_list_is_read_page_by_page_both_ways(api: Client, session: AISession) -> None:
    now = timezone.now()
    made = [
        make_handoff(SessionFactory.create(owner=session.owner), at=now - timedelta(minutes=9 - m)) for m in range(5)
    ]
    page, seen = call(api, "GET", "/handoffs?limit=2").json(), []
    while True:
        seen += [each["id"] for each in page["results"]]
        if page["next"] is None:
            break
        page = call(api, "GET", page["next"].partition("/api/v1")[2]).json()
    assert seen == [str(each.pk) for each in made]
    assert call(api, "GET", page["previous"].partition("/api/v1")[2]).json()["results"][0]["id"] == seen[2]


@pytest.mark.parametrize("state", ["taken_back", "nonsense", ""])
def test_an_unknown_state_is_refused(api: Client, state: str) -> None:
    problem = assert_refused(call(api, "GET", f"/handoffs?state={state}"), 400, "invalid_input", "state")
    assert problem["errors"] == {"state": ["Send one of: waiting, claimed, returned."]}


def test_claim_makes_the_caller_the_owner(session: AISession, jonas: User) -> None:
    handoff = make_handoff(session)
    answer = call(client_of(jonas), "POST", path(handoff, "claim"))
    assert answer.status_code == 200
    assert (answer.json()["state"], answer.json()["claimed_by_id"]) == ("claimed", str(jonas.pk))
    assert answer["ETag"] == f'"{handoff.pk}-2"'
    assert AISession.objects.get(pk=session.pk).owner == jonas


def test_the_second_is_told_who_was_first_and_when(api: Client, session: AISession, jonas: User) -> None:
    handoff = claimed_handoff(session, by=jonas)
    tomasz = UserFactory.create(account=session.account)
    problem = assert_refused(call(client_of(tomasz), "POST", path(handoff, "claim"), {}), 409, "already_claimed")
    assert handoff.claimed_at is not None
    assert problem["detail"] == "Jonas Brandt claimed this a moment before you."
    assert (problem["by"], problem["at"]) == ("Jonas Brandt", handoff.claimed_at.isoformat().replace("+00:00", "Z"))


def test_ones_own_is_not_claimed(api: Client, session: AISession) -> None:
    assert_refused(call(api, "POST", path(make_handoff(session), "claim")), 409, "not_yours")


def test_the_whole_way_of_a_handoff(api: Client, session: AISession, jonas: User) -> None:
    handoff, his = make_handoff(session), client_of(jonas)
    assert call(his, "POST", path(handoff, "claim"), {}).status_code == 200
    assert call(his, "POST", path(handoff, "ask"), {"question": "Which firewall?"}).status_code == 200
    rated = call(his, "POST", path(handoff, "rate"), {"enough": False, "missing": ["access"], "notes": "The number."})
    assert (rated.json()["was_enough"], rated.json()["missing"], rated.json()["missing_notes"]) == (
        False,
        ["access"],
        "The number.",
    )
    returned = call(his, "POST", path(handoff, "return"), {"reason": "No access."}).json()
    assert (returned["state"], returned["return_reason"], returned["version"]) == ("returned", "No access.", 5)
    assert AISession.objects.get(pk=session.pk).owner == handoff.from_user


def test_take_back(api: Client, session: AISession) -> None:
    answer = call(api, "POST", path(make_handoff(session), "take-back"))
    assert (answer.status_code, answer.json()["state"]) == (200, "taken_back")


def test_a_claimed_one_is_not_taken_back(api: Client, session: AISession, jonas: User) -> None:
    handoff = claimed_handoff(session, by=jonas)
    assert_refused(call(api, "POST", path(handoff, "take-back")), 409, "already_claimed")


@pytest.mark.parametrize(
    ("name", "body", "field"),
    [
        ("ask", {}, "question"),
        ("ask", {"question": None}, "question"),
        ("ask", {"question": " "}, "question"),
        ("ask", {"question": 5}, "question"),
        ("ask", {"question": "x" * 4_001}, "question"),
        ("return", {}, "reason"),
        ("return", {"reason": "\u200b"}, "reason"),
        ("rate", {}, "enough"),
        ("rate", {"enough": "yes"}, "enough"),
        ("rate", {"enough": False}, "missing"),
        ("rate", {"enough": False, "missing": []}, "missing"),
        ("rate", {"enough": False, "missing": ["acess"]}, "missing"),
        ("rate", {"enough": False, "missing": "access"}, "missing"),
        ("rate", {"enough": False, "missing": [5]}, "missing"),
        ("rate", {"enough": True, "missing": ["access"]}, "missing"),
        ("rate", {"enough": False, "notes": "a\x00b"}, "notes"),
        ("claim", {"force": True}, "force"),
        ("take-back", {"reason": "x"}, "reason"),
    ],
)
def test_a_wrong_body_is_refused_on_its_field(
    session: AISession, jonas: User, name: str, body: dict[str, Any], field: str
) -> None:
    handoff = claimed_handoff(session, by=jonas)
    assert_refused(call(client_of(jonas), "POST", path(handoff, name), body), 400, "invalid_input", field)
    handoff.refresh_from_db()
    assert (handoff.version, handoff.state) == (2, "claimed")


@pytest.mark.parametrize("name", ["", "claim", "take-back", "ask", "return", "rate"])
def test_anothers_and_unknown_ones_are_not_found(api: Client, name: str) -> None:
    other = make_handoff()
    for hid in (other.pk, NOBODY, "bogus"):
        method = "POST" if name else "GET"
        assert_refused(call(api, method, f"/handoffs/{hid}{name and '/' + name}", {}), 404, "not_found")


def test_a_viewer_reads_and_claims_nothing(session: AISession) -> None:
    handoff = make_handoff(session)
    viewer = client_of(UserFactory.create(account=session.account, role=Role.VIEWER))
    assert call(viewer, "GET", path(handoff)).status_code == 200
    assert_refused(call(viewer, "POST", path(handoff, "claim")), 403, "permission_denied")


def test_a_known_version_is_not_sent_again(api: Client, session: AISession) -> None:
    handoff = make_handoff(session)
    answer = call(api, "GET", path(handoff), headers={"If-None-Match": f'"{handoff.pk}-1"'})
    assert (answer.status_code, answer.content) == (304, b"")


def test_an_act_on_an_older_version_is_412_with_the_handoff_as_it_is(session: AISession, jonas: User) -> None:
    handoff = claimed_handoff(session, by=jonas)
    headers = {"If-Match": f'"{handoff.pk}-1"'}
    answer = call(client_of(jonas), "POST", path(handoff, "return"), {"reason": "No access."}, headers=headers)
    problem = assert_refused(answer, 412, "precondition_failed")
    assert (problem["handoff"]["version"], answer["ETag"]) == (2, f'"{handoff.pk}-2"')


def test_a_list_takes_as_many_statements_for_many_as_for_one(
    api: Client, session: AISession, django_assert_max_num_queries: Any
) -> None:
    for _ in range(8):
        make_handoff(SessionFactory.create(owner=session.owner))
    with django_assert_max_num_queries(4):
        assert len(call(api, "GET", "/handoffs").json()["results"]) == 8
