"""Reading fixes over the API: one, the current one, all of a session, their history, and what is waiting."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import UserFactory
from fixes.models import SuggestedFix
from fixes.tests.acting import assert_nothing_written
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from sessions.models import AISession, Author
from sessions.tests import acts
from sessions.tests.factories import SessionFactory
from tests.api import NOBODY, assert_refused, call, fix_path

HOUR = timedelta(hours=1)


def ids(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [row["id"] for row in answer.json()["results"]]


def walk(client: Client, path: str) -> list[dict[str, Any]]:
    """Every row, page after page by `next`."""
    rows, url = [], f"/api/v1{path}"
    while url:
        page = client.get(url).json()
        rows += page["results"]
        url = page["next"]
    return rows


def waiting(session: AISession, due: timedelta | None = None) -> SuggestedFix:
    fix = make_fix(session, Status.PENDING)
    fix.follow_up_at = timezone.now() + due if due else None
    SuggestedFix.objects.filter(pk=fix.pk).update(follow_up_at=fix.follow_up_at)
    return fix


class TestActive:
    @pytest.mark.parametrize("status", list(Status))
    def test_is_the_current_fix_whatever_its_status(self, api: Client, session: AISession, status: Status) -> None:
        make_fix(session)
        fix = make_fix(session, status)
        answer = call(api, "GET", f"/ai-sessions/{session.pk}/suggested-fixes/active")
        assert (answer.status_code, answer.json()["id"], answer.json()["status"]) == (200, str(fix.pk), status)

    def test_is_404_only_where_none_was_ever_suggested(self, api: Client, session: AISession) -> None:
        assert_refused(call(api, "GET", f"/ai-sessions/{session.pk}/suggested-fixes/active"), 404, "not_found")


class TestOne:
    def test_says_what_the_same_fix_says_in_a_list(self, api: Client, session: AISession) -> None:
        fix = make_fix(session, applied=True)
        one = call(api, "GET", fix_path(fix)).json()
        listed = call(api, "GET", f"/ai-sessions/{session.pk}/suggested-fixes").json()["results"]
        assert listed == [one]

    def test_asks_again_after_three_messages(self, api: Client, session: AISession, engineer: User) -> None:
        fix = make_fix(session, applied=True)
        for words in ("Restarted.", "Still asks.", "Hm."):
            acts.post(session.pk, Author.ENGINEER, words, user=engineer)
        assert call(api, "GET", fix_path(fix)).json()["banner_mode"] == "nudge"
        assert call(api, "POST", fix_path(fix, "apply")).json()["banner_mode"] == "nudge"

    def test_of_another_session_is_404(self, api: Client, session: AISession, engineer: User) -> None:
        fix = make_fix(SessionFactory.create(owner=engineer))
        path = f"/ai-sessions/{session.pk}/suggested-fixes/{fix.pk}"
        assert_refused(call(api, "GET", path), 404, "not_found")
        assert_refused(call(api, "POST", f"{path}/apply"), 404, "not_found")
        assert_refused(call(api, "PATCH", f"{path}/outcome", {"outcome": "nonsense"}), 404, "not_found")

    @pytest.mark.parametrize("fid", [NOBODY, "nonsense", NOBODY[:-1], NOBODY.replace("-", ""), "%00", "é", "1"])
    def test_with_an_unknown_or_malformed_id_is_404(self, api: Client, session: AISession, fid: str) -> None:
        path = f"/ai-sessions/{session.pk}/suggested-fixes/{fid}"
        assert_refused(call(api, "GET", path), 404, "not_found")
        assert_refused(call(api, "POST", f"{path}/apply"), 404, "not_found")
        assert_refused(call(api, "GET", f"{path}/events"), 404, "not_found")

    def test_with_its_id_in_capitals_is_found(self, api: Client, session: AISession) -> None:
        fix = make_fix(session)
        path = f"/ai-sessions/{str(session.pk).upper()}/suggested-fixes/{str(fix.pk).upper()}"
        assert call(api, "GET", path).json()["id"] == str(fix.pk)


class TestOfASession:
    def test_are_listed_newest_first_page_by_page(self, api: Client, session: AISession) -> None:
        fixes = [str(make_fix(session, title=f"Fix {number}").pk) for number in range(5)]
        path = f"/ai-sessions/{session.pk}/suggested-fixes?limit=2"
        assert [row["id"] for row in walk(api, path)] == fixes[::-1]
        first = call(api, "GET", path).json()
        second = api.get(first["next"]).json()
        assert first["previous"] is None
        assert second["previous"].startswith("http://testserver/api/v1/")
        assert api.get(second["previous"]).json()["results"] == first["results"]

    def test_of_no_session_are_404(self, api: Client) -> None:
        assert_refused(call(api, "GET", f"/ai-sessions/{NOBODY}/suggested-fixes"), 404, "not_found")


class TestEvents:
    def test_tell_the_history_oldest_first(self, api: Client, session: AISession, engineer: User) -> None:
        fix = make_fix(session, Status.PENDING, applied=True)
        call(api, "PATCH", fix_path(fix, "outcome"), {"outcome": "applied_success", "notes": "Mail flows."})
        rows = walk(api, fix_path(fix, "events") + "?limit=3")
        assert [row["action"] for row in rows] == ["suggest", "apply", "record", "record"]
        last = rows[-1]
        assert (last["from_status"], last["to_status"], last["notes"]) == (
            "applied_pending",
            "applied_success",
            "Mail flows.",
        )
        assert (last["actor_id"], last["source"], last["state_version"]) == (str(engineer.pk), "api", 4)
        assert (rows[0]["actor_id"], rows[0]["source"], rows[0]["fix_id"]) == (None, "copilot", str(fix.pk))


class TestPendingFixes:
    def test_come_by_check_by_time_and_those_without_one_last(self, api: Client, engineer: User) -> None:
        dues = [2 * HOUR, None, -HOUR, HOUR]
        fixes = [waiting(SessionFactory.create(owner=engineer), due) for due in dues]
        rows = walk(api, "/pending-fixes?limit=1")
        assert [row["id"] for row in rows] == [str(fixes[place].pk) for place in (2, 3, 0, 1)]
        assert {row["banner_mode"] for row in rows} == {"pending"}

    def test_have_one_that_was_replaced_but_none_that_has_its_verdict(self, api: Client, session: AISession) -> None:
        replaced = waiting(session)
        make_fix(session, Status.SUCCESS)
        assert ids(call(api, "GET", "/pending-fixes")) == [str(replaced.pk)]

    def test_can_be_only_those_overdue(self, api: Client, engineer: User) -> None:
        late, *_ = [waiting(SessionFactory.create(owner=engineer), due) for due in (-HOUR, HOUR, None)]
        assert ids(call(api, "GET", "/pending-fixes?overdue=true")) == [str(late.pk)]
        assert len(ids(call(api, "GET", "/pending-fixes?overdue=false"))) == 3

    def test_are_the_accounts_only(self, api: Client, session: AISession) -> None:
        waiting(SessionFactory.create(owner=UserFactory.create()))
        assert ids(call(api, "GET", "/pending-fixes")) == []

    @pytest.mark.parametrize(
        ("query", "field"),
        [
            ("overdue=perhaps", "overdue"),
            ("limit=0", "limit"),
            ("limit=101", "limit"),
            ("limit=many", "limit"),
            ("limit=" + "9" * 5000, "limit"),
            ("limit=%00", "limit"),
            ("cursor=nonsense", "cursor"),
            ("cursor=%00", "cursor"),
            ("cursor=%ff%fe", "cursor"),
        ],
    )
    def test_refuse_a_bad_query(self, api: Client, query: str, field: str) -> None:
        assert_refused(call(api, "GET", f"/pending-fixes?{query}"), 400, "invalid_input", field)

    def test_refuse_a_cursor_of_another_filter_list_or_account(
        self, api: Client, engineer: User, session: AISession
    ) -> None:
        for _ in range(2):
            waiting(SessionFactory.create(owner=engineer), -HOUR)
        cursor = call(api, "GET", "/pending-fixes?limit=1").json()["next"].partition("?")[2]
        assert_refused(call(api, "GET", f"/pending-fixes?{cursor}&overdue=true"), 400, "invalid_input", "cursor")
        assert_refused(call(api, "GET", f"/ai-sessions?{cursor}"), 400, "invalid_input", "cursor")
        engineer.account = UserFactory.create().account
        engineer.save()
        assert_refused(call(api, "GET", f"/pending-fixes?{cursor}"), 400, "invalid_input", "cursor")


def test_reading_writes_nothing(api: Client, session: AISession) -> None:
    fix = make_fix(session)
    with assert_nothing_written():
        for path in (fix_path(fix), fix_path(fix, "events"), "/pending-fixes"):
            assert call(api, "GET", path).status_code == 200
