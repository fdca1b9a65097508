"""Acts on a session itself: writing, setting its status, reopening."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine

from accounts.models import User
from common.refusals import IllegalTransition, InvalidInput
from sessions.models import AISession, Author, Message
from sessions.refusals import SessionClosed
from sessions.tests import acts

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
CLOSED = [("resolved", "verified"), ("resolved", "provisional"), ("resolved", "without_fix"), ("abandoned", None)]
STATUSES = ["active", "paused", "resolved", "escalated", "abandoned"]
MAY_BE_SET = {
    ("active", "paused"),
    ("active", "abandoned"),
    ("paused", "active"),
    ("paused", "abandoned"),
}


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> None:
    time_machine.move_to(NOON, tick=False)


def put(session: AISession, status: str, kind: str | None = None) -> None:
    AISession.objects.filter(pk=session.pk).update(status=status, resolution_kind=kind)


def row(session: AISession) -> dict[str, object]:
    return AISession.objects.values().get(pk=session.pk)


class TestPost:
    def test_messages_are_numbered_and_each_is_one_step(self, session: AISession, engineer: User) -> None:
        for text in ("One", "Two", "Three"):
            acts.post(session.pk, Author.ENGINEER, text, user=engineer)
        assert list(session.messages.values_list("sequence", "content")) == [(1, "One"), (2, "Two"), (3, "Three")]
        session.refresh_from_db()
        assert session.state_version == 3

    def test_a_message_has_its_author_account_and_time(self, session: AISession, engineer: User) -> None:
        message = acts.post(session.pk, Author.ENGINEER, " Hi\r\nthere \n", user=engineer)
        message.refresh_from_db()
        assert (message.author, message.user, message.account) == ("engineer", engineer, engineer.account)
        assert (message.content, message.created_at) == ("Hi\nthere", NOON)

    def test_a_session_moves_up_but_never_back_in_time(self, session: AISession, engineer: User) -> None:
        later = NOON + timedelta(hours=1)
        acts.post(session.pk, Author.ENGINEER, "Later", user=engineer, at=later)
        acts.post(session.pk, Author.ENGINEER, "Earlier, from an import", user=engineer, at=NOON)
        session.refresh_from_db()
        assert session.updated_at == later

    @pytest.mark.parametrize("content", [None, "", " \r\n\t", "a\x00", "half: \ud83d", "x" * 50_001])
    def test_what_cannot_be_kept_is_refused(self, session: AISession, engineer: User, content: str | None) -> None:
        with pytest.raises(InvalidInput) as refusal:
            acts.post(session.pk, Author.ENGINEER, content, user=engineer)
        assert list(refusal.value.errors) == ["content"]
        assert not session.messages.exists()

    @pytest.mark.parametrize(("status", "kind"), CLOSED)
    def test_a_closed_session_takes_none(
        self, session: AISession, engineer: User, status: str, kind: str | None
    ) -> None:
        put(session, status, kind)
        before = row(session)
        with pytest.raises(SessionClosed) as refusal:
            acts.post(session.pk, Author.ENGINEER, "Hello?", user=engineer)
        assert refusal.value.code == "session_closed"
        assert (row(session), Message.objects.count()) == (before, 0)

    @pytest.mark.parametrize("status", ["paused", "escalated"])
    def test_a_paused_or_escalated_one_does(self, session: AISession, engineer: User, status: str) -> None:
        put(session, status)
        acts.post(session.pk, Author.ENGINEER, "Still here.", user=engineer)
        assert row(session)["status"] == status


class TestEdit:
    @pytest.mark.parametrize("new", STATUSES)
    @pytest.mark.parametrize("old", STATUSES)
    def test_only_pausing_going_on_and_abandoning_are_set(self, session: AISession, old: str, new: str) -> None:
        put(session, old, "without_fix" if old == "resolved" else None)
        before = row(session)
        if (old, new) in MAY_BE_SET:
            assert acts.edit(session.pk, {"status": new}).status == new
            can_undo = {"status_before": old, "status_changed_at": NOON, "status_changed_by_id": session.owner_id}
            assert row(session) == before | {"status": new, "state_version": 1, "updated_at": NOON} | can_undo
        elif old == new:
            acts.edit(session.pk, {"status": new})
            assert row(session) == before
        else:
            with pytest.raises(IllegalTransition):
                acts.edit(session.pk, {"status": new})
            assert row(session) == before

    def test_words_change_in_one_step(self, session: AISession) -> None:
        words = {"title": "VPN drops", "client_name": "Contoso", "ticket_ref": "CW-1", "problem_summary": "Since 9."}
        acts.edit(session.pk, words)
        assert words.items() <= row(session).items()
        assert row(session)["state_version"] == 1

    def test_what_stands_already_writes_nothing(self, session: AISession) -> None:
        before = row(session)
        acts.edit(session.pk, {"title": session.title, "status": "active"})
        assert row(session) == before

    def test_refused_in_one_thing_nothing_changes(self, session: AISession) -> None:
        put(session, "escalated")
        before = row(session)
        with pytest.raises(IllegalTransition):
            acts.edit(session.pk, {"title": "New", "status": "active"})
        assert row(session) == before


class TestReopen:
    @pytest.mark.parametrize(("status", "kind"), [*CLOSED, ("escalated", None)])
    def test_a_closed_session_is_active_again_and_says_why(
        self, session: AISession, engineer: User, status: str, kind: str | None
    ) -> None:
        put(session, status, kind)
        acts.reopen(session.pk, " It came\r\nback. ", user=engineer)
        session.refresh_from_db()
        assert (session.status, session.resolution_kind, session.state_version) == ("active", None, 1)
        message = session.messages.get()
        assert (message.author, message.user) == ("system", engineer)
        assert message.content == "Reopened by Maya: It came\nback."

    @pytest.mark.parametrize("status", ["active", "paused"])
    def test_an_open_one_has_nothing_to_reopen(self, session: AISession, engineer: User, status: str) -> None:
        put(session, status)
        before = row(session)
        with pytest.raises(IllegalTransition):
            acts.reopen(session.pk, "Why not.", user=engineer)
        assert (row(session), session.messages.count()) == (before, 0)

    @pytest.mark.parametrize("reason", [None, " ", "a\x00", "x" * 4_001])
    def test_it_needs_a_reason(self, session: AISession, engineer: User, reason: str | None) -> None:
        put(session, "abandoned")
        with pytest.raises(InvalidInput) as refusal:
            acts.reopen(session.pk, reason, user=engineer)
        assert list(refusal.value.errors) == ["reason"]
        assert row(session)["status"] == "abandoned"


def test_sessions_that_the_caller_may_not_touch_are_not_there(session: AISession, engineer: User) -> None:
    for rows, pk in ((AISession.objects.none(), session.pk), (AISession.objects.all(), uuid4())):
        with pytest.raises(AISession.DoesNotExist):
            acts.post(pk, Author.ENGINEER, "Hi", user=engineer, sessions=rows)
        with pytest.raises(AISession.DoesNotExist):
            acts.edit(pk, {"title": "Mine now"}, user=engineer, sessions=rows)
        with pytest.raises(AISession.DoesNotExist):
            acts.reopen(pk, "Mine now", user=engineer, sessions=rows)
