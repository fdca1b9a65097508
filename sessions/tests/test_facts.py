"""Acts on what is known in a session: add, change, remove, restore."""

from datetime import UTC, datetime
from functools import partial
from uuid import uuid4

import pytest
from time_machine import TimeMachineFixture

from accounts.models import User
from accounts.tests.factories import UserFactory
from common.refusals import InvalidInput, Stale
from fixes.tests.acting import assert_nothing_written
from sessions import facts
from sessions.models import AISession, Author, Fact
from sessions.one_act import one_act
from sessions.refusals import FactChanged, FormReused, SessionClosed, TooManyFacts
from sessions.tests import acts
from sessions.tests.factories import SessionFactory

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 13, tzinfo=UTC)

add = partial(facts.add, sessions=AISession.objects.all())
change = partial(facts.change, sessions=AISession.objects.all())


@pytest.fixture(autouse=True)
def clock(time_machine: TimeMachineFixture) -> TimeMachineFixture:
    time_machine.move_to(NOON, tick=False)
    return time_machine


@pytest.fixture
def fact(session: AISession, engineer: User) -> Fact:
    return add(session.pk, "Webmail works.", "question", user=engineer)


@pytest.fixture
def sam(engineer: User) -> User:
    return UserFactory.create(account=engineer.account, display_name="Sam")


def version(session: AISession) -> int:
    return AISession.objects.values_list("state_version", flat=True).get(pk=session.pk)


class TestAdding:
    def test_keeps_who_when_how_and_where_it_comes_from(self, session: AISession, engineer: User) -> None:
        message = acts.post(session.pk, Author.ENGINEER, "owa fine", user=engineer)
        fact = add(session.pk, " Webmail\r\nworks. ", "diagnostic_check", user=engineer, source=message.pk)
        fact.refresh_from_db()
        assert (fact.text, fact.kind, fact.user, fact.source_message) == (
            "Webmail\nworks.",
            "diagnostic_check",
            engineer,
            message,
        )
        assert (fact.account_id, fact.created_at, fact.version, fact.is_removed) == (
            session.account_id,
            NOON,
            1,
            False,
        )
        assert version(session) == 2

    def test_takes_the_messages_number_for_its_source(self, session: AISession, engineer: User) -> None:
        message = acts.post(session.pk, Author.ENGINEER, "owa fine", user=engineer)
        assert add(session.pk, "Webmail works.", "question", user=engineer, source=1).source_message == message

    def test_facts_stay_in_the_order_in_which_they_were_added(self, session: AISession) -> None:
        added = [add(session.pk, f"Fact {number}", "question", user=None).pk for number in range(5)]
        assert list(session.facts.values_list("pk", flat=True)) == added

    @pytest.mark.parametrize("text", [None, "", " \n", "\u200b", "a\x00", "x" * 2_001])
    def test_an_invalid_text_is_refused(self, session: AISession, engineer: User, text: str | None) -> None:
        with assert_nothing_written(), pytest.raises(InvalidInput) as refusal:
            add(session.pk, text, "question", user=engineer)
        assert list(refusal.value.errors) == ["text"]

    def test_everything_invalid_is_named_at_once(self, session: AISession, engineer: User) -> None:
        with pytest.raises(InvalidInput) as refusal:
            add(session.pk, "", "rumour", user=engineer)
        assert refusal.value.errors.keys() == {"text", "kind"}

    def test_a_message_of_another_session_is_no_source(self, session: AISession, engineer: User) -> None:
        elsewhere = acts.post(SessionFactory(owner=engineer).pk, Author.ENGINEER, "Hi", user=engineer)
        for source in (elsewhere.pk, 1, 10**12):
            with assert_nothing_written(), pytest.raises(InvalidInput) as refusal:
                add(session.pk, "It hums.", "question", user=engineer, source=source)
            assert list(refusal.value.errors) == ["source_message_id"]

    def test_a_form_that_arrives_twice_adds_one(self, session: AISession, engineer: User) -> None:
        send = partial(add, session.pk, user=engineer, form_key=uuid4())
        first = send("It hums.", "question")
        with assert_nothing_written():
            assert send("It hums.", "question") == first
            with pytest.raises(FormReused, match="This was already added as “It hums"):
                send("It rattles.", "question")

    def test_there_is_a_most(self, session: AISession, engineer: User, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(facts, "FACTS_MAX", 2)
        first = add(session.pk, "One", "question", user=engineer)
        add(session.pk, "Two", "question", user=engineer)
        with assert_nothing_written(), pytest.raises(TooManyFacts):
            add(session.pk, "Three", "question", user=engineer)
        change(session.pk, first.pk, {"removed": True}, user=engineer)
        add(session.pk, "Three", "question", user=engineer)
        with assert_nothing_written(), pytest.raises(TooManyFacts):
            change(session.pk, first.pk, {"removed": False}, user=engineer)

    def test_several_in_one_act_are_one_step(self, session: AISession) -> None:
        with one_act(session.pk, sessions=AISession.objects.all()):
            for text in ("One", "Two"):
                add(session.pk, text, "question", user=None)
        assert [fact.text for fact in session.facts.all()] == ["One", "Two"]
        assert version(session) == 1


class TestChanging:
    def test_keeps_who_changed_it_and_when(self, fact: Fact, sam: User, clock: TimeMachineFixture) -> None:
        clock.move_to(LATER, tick=False)
        change(fact.session_id, fact.pk, {"text": "Webmail asks, too."}, user=sam)
        fact.refresh_from_db()
        assert (fact.text, fact.kind, fact.user) == ("Webmail asks, too.", "question", fact.session.owner)
        assert (fact.changed_by, fact.changed_at, fact.version) == (sam, LATER, 2)
        assert version(fact.session) == 2

    def test_to_what_it_is_already_writes_nothing(self, fact: Fact, sam: User) -> None:
        with assert_nothing_written():
            change(fact.session_id, fact.pk, {"text": "Webmail works. ", "removed": False}, user=sam, seen=99)

    def test_a_removed_fact_stays_out_of_sight(self, fact: Fact, sam: User) -> None:
        change(fact.session_id, fact.pk, {"removed": True}, user=sam)
        fact.refresh_from_db()
        assert (fact.deleted_at, fact.changed_by, fact.version) == (NOON, sam, 2)
        with assert_nothing_written():
            change(fact.session_id, fact.pk, {"removed": True}, user=sam, seen=1)

    def test_restoring_brings_it_back_where_it_was(self, fact: Fact, sam: User) -> None:
        add(fact.session_id, "Another", "question", user=sam)
        change(fact.session_id, fact.pk, {"removed": True}, user=sam)
        change(fact.session_id, fact.pk, {"removed": False}, user=sam)
        texts = fact.session.facts.filter(deleted_at=None).values_list("text", flat=True)
        assert list(texts) == ["Webmail works.", "Another"]

    def test_a_removed_fact_is_restored_and_changed_in_one_step(self, fact: Fact, sam: User) -> None:
        change(fact.session_id, fact.pk, {"removed": True}, user=sam)
        with assert_nothing_written(), pytest.raises(FactChanged) as refusal:
            change(fact.session_id, fact.pk, {"text": "Webmail asks."}, user=sam)
        assert refusal.value.code == "fact_removed"
        change(fact.session_id, fact.pk, {"text": "Webmail asks.", "removed": False}, user=sam)
        fact.refresh_from_db()
        assert (fact.text, fact.is_removed, version(fact.session)) == ("Webmail asks.", False, 3)

    @pytest.mark.parametrize("changes", [{"text": "Mine"}, {"removed": True}])
    def test_of_what_someone_else_has_changed_is_refused(self, fact: Fact, sam: User, changes: facts.Changes) -> None:
        change(fact.session_id, fact.pk, {"text": "Sam’s"}, user=sam)
        with assert_nothing_written(), pytest.raises(FactChanged) as refusal:
            change(fact.session_id, fact.pk, changes, user=fact.session.owner, seen=1)
        assert (refusal.value.code, refusal.value.fact.text, refusal.value.fact.changed_by) == ("stale", "Sam’s", sam)

    def test_after_another_version_of_the_session_is_refused(self, fact: Fact, sam: User) -> None:
        with assert_nothing_written(), pytest.raises(Stale):
            change(fact.session_id, fact.pk, {"text": "Mine"}, user=sam, version=0)
        with assert_nothing_written(), pytest.raises(Stale):
            add(fact.session_id, "Mine", "question", user=sam, version=0)

    def test_of_another_sessions_fact_is_not_found(self, fact: Fact, sam: User) -> None:
        with pytest.raises(Fact.DoesNotExist):
            change(SessionFactory(owner=sam).pk, fact.pk, {"text": "Mine"}, user=sam)


@pytest.mark.parametrize(("status", "kind"), [("resolved", "verified"), ("abandoned", None)])
def test_a_closed_session_keeps_its_facts(fact: Fact, sam: User, status: str, kind: str | None) -> None:
    AISession.objects.filter(pk=fact.session_id).update(status=status, resolution_kind=kind)
    with assert_nothing_written():
        with pytest.raises(SessionClosed):
            add(fact.session_id, "Another", "question", user=sam)
        for changes in ({"text": "Other"}, {"removed": True}):
            with pytest.raises(SessionClosed):
                change(fact.session_id, fact.pk, changes, user=sam)
