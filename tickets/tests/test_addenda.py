"""Addenda: what a posted text doesn't say yet is offered, dated and added to it; the text stays as it was posted."""

import uuid
from datetime import timedelta

import pytest
import time_machine

from accounts.models import User
from accounts.tests.factories import UserFactory
from common.refusals import IllegalTransition, InvalidInput, Stale
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import NOON
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from sessions.models import AISession, Author
from sessions.tests import acts
from tickets.addenda import offered
from tickets.models import Kind, PostedText
from tickets.refusals import KeepsUnverifiedWords
from tickets.tests.closing import assert_nothing_posted, by, escalate, post_addendum, resolve, says
from tickets.writing.rendering import as_markdown


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> None:
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def fix(session: AISession, engineer: User) -> SuggestedFix:
    """A waiting fix of a session that is resolved as provisional."""
    fix = make_fix(session, Status.PENDING)
    resolve(session.pk, says(Status.PENDING), by(engineer))
    return fix


def note(session: AISession) -> PostedText:
    return PostedText.objects.get(session=session, kind=Kind.NOTE)


def state(session: AISession) -> tuple[str, str | None]:
    session.refresh_from_db()
    return session.status, session.resolution_kind


class TestOffered:
    def test_nothing_without_a_text(self, session: AISession) -> None:
        make_fix(session, Status.SUCCESS)
        assert offered(session) is None

    def test_nothing_while_the_text_says_everything(self, fix: SuggestedFix) -> None:
        assert offered(fix.session) is None

    @pytest.mark.parametrize("verdict", [Status.SUCCESS, Status.FAILED, Status.PARTIAL, Status.DISMISSED])
    def test_every_verdict_that_came_later(self, fix: SuggestedFix, engineer: User, verdict: Status) -> None:
        lifecycle.record(fix.pk, verdict, by(engineer), notes="Seen at the desk.")
        document = offered(fix.session)
        assert document is not None
        assert (document.kind, document.language) == (Kind.ADDENDUM, "en")
        text = as_markdown(document)
        assert text.startswith("**Addendum, 23 November 2026, 12:00.** ")
        assert "Clear cached credentials" in text

    def test_the_verdict_on_a_replaced_fix(self, session: AISession, engineer: User) -> None:
        waiting = make_fix(session, Status.PENDING)
        make_fix(session, Status.SUCCESS, title="Restart the spooler")
        resolve(session.pk, says(), by(engineer))
        lifecycle.record(waiting.pk, Status.FAILED, by(engineer))
        document = offered(session)
        assert document is not None
        assert "Clear cached credentials" in as_markdown(document)
        assert "spooler" not in as_markdown(document)

    def test_that_a_verdict_was_taken_back(self, session: AISession, engineer: User) -> None:
        fix = make_fix(session, Status.PENDING)
        resolve(session.pk, says(Status.SUCCESS), by(engineer))
        lifecycle.reopen(fix.pk, by(engineer), reason="It came back.")
        assert offered(session) is not None

    def test_nothing_once_the_verdict_is_undone(self, fix: SuggestedFix, engineer: User) -> None:
        lifecycle.record(fix.pk, Status.SUCCESS, by(engineer))
        lifecycle.undo(fix.pk, by(engineer))
        assert offered(fix.session) is None

    def test_nothing_for_messages_and_facts(self, fix: SuggestedFix, engineer: User) -> None:
        AISession.objects.filter(pk=fix.session_id).update(status="active", resolution_kind=None)
        acts.post(fix.session_id, Author.ENGINEER, "It works now!", user=engineer)
        assert offered(fix.session) is None

    def test_of_an_escalated_session_it_adds_to_the_package(self, session: AISession, engineer: User) -> None:
        fix = make_fix(session, Status.PENDING)
        handoff = escalate(session.pk, says(Status.PENDING), by(engineer))
        lifecycle.record(fix.pk, Status.FAILED, by(engineer))
        assert post_addendum(session.pk, by(engineer)).adds_to == handoff.text
        assert state(session) == ("escalated", None)

    def test_in_the_language_of_the_text(self, session: AISession, engineer: User) -> None:
        fix = make_fix(session, Status.PENDING)
        resolve(session.pk, says(Status.PENDING, language="de"), by(engineer))
        lifecycle.record(fix.pk, Status.SUCCESS, by(engineer))
        document = offered(session)
        assert document is not None
        assert document.language == "de"
        assert as_markdown(document).startswith("**Nachtrag")


class TestPosting:
    def test_adds_a_dated_text_and_rewrites_nothing(
        self, fix: SuggestedFix, engineer: User, time_machine: time_machine.TimeMachineFixture
    ) -> None:
        session, before = fix.session, note(fix.session)
        lifecycle.record(fix.pk, Status.SUCCESS, by(engineer), notes="Seen at the desk.")
        time_machine.move_to(NOON + timedelta(minutes=5), tick=False)
        document = offered(session)
        assert document is not None
        addendum = post_addendum(session.pk, by(engineer))
        assert (addendum.kind, addendum.adds_to, addendum.posted_by) == (Kind.ADDENDUM, before, engineer)
        assert addendum.posted_at == NOON + timedelta(minutes=5)
        assert addendum.markdown == as_markdown(document).strip()
        assert (addendum.writer, addendum.is_provisional) == ("built-in", False)
        after = note(session)
        assert (after.markdown, after.posted_at) == (before.markdown, before.posted_at)
        session.refresh_from_db()
        assert session.resolution_note == before.markdown
        assert state(session) == ("resolved", "verified")

    def test_is_one_act(self, fix: SuggestedFix, engineer: User) -> None:
        lifecycle.record(fix.pk, Status.SUCCESS, by(engineer))
        fix.session.refresh_from_db()
        version = fix.session.state_version
        addendum = post_addendum(fix.session_id, by(engineer), version=version)
        fix.session.refresh_from_db()
        assert fix.session.state_version == addendum.state_version == version + 1

    def test_leaves_nothing_to_offer_until_the_next_verdict(self, fix: SuggestedFix, engineer: User) -> None:
        lifecycle.record(fix.pk, Status.SUCCESS, by(engineer))
        first = post_addendum(fix.session_id, by(engineer))
        assert offered(fix.session) is None
        with assert_nothing_posted(), pytest.raises(IllegalTransition):
            post_addendum(fix.session_id, by(engineer))
        lifecycle.reopen(fix.pk, by(engineer), reason="It came back.")
        second = post_addendum(fix.session_id, by(engineer))
        assert second.adds_to == first.adds_to == note(fix.session)

    def test_of_a_form_that_is_sent_twice_happens_once(self, fix: SuggestedFix, engineer: User) -> None:
        lifecycle.record(fix.pk, Status.SUCCESS, by(engineer))
        key = uuid.uuid4()
        first = post_addendum(fix.session_id, by(engineer), form_key=key)
        assert post_addendum(fix.session_id, by(engineer), form_key=key) == first

    def test_of_a_session_that_changed_since_is_refused(self, fix: SuggestedFix, engineer: User) -> None:
        fix.session.refresh_from_db()
        seen = fix.session.state_version
        lifecycle.record(fix.pk, Status.SUCCESS, by(engineer))
        with assert_nothing_posted(), pytest.raises(Stale):
            post_addendum(fix.session_id, by(engineer), version=seen)

    def test_to_a_text_that_a_later_one_replaced_is_refused(self, fix: SuggestedFix, engineer: User) -> None:
        first = note(fix.session)
        acts.reopen(fix.session_id, "Once more.", user=engineer)
        second = resolve(fix.session_id, says(Status.PENDING), by(engineer))
        lifecycle.record(fix.pk, Status.SUCCESS, by(engineer))
        with assert_nothing_posted(), pytest.raises(IllegalTransition):
            post_addendum(fix.session_id, by(engineer), adds_to=first.pk)
        assert post_addendum(fix.session_id, by(engineer), adds_to=second.pk).adds_to == second

    def test_in_a_session_of_another_account_is_impossible(self, fix: SuggestedFix) -> None:
        stranger = UserFactory.create()
        with pytest.raises(AISession.DoesNotExist):
            post_addendum(fix.session_id, by(stranger), sessions=AISession.objects.visible_to(stranger))


class TestAnEditedAddendum:
    def test_is_posted_as_it_was_written(self, fix: SuggestedFix, engineer: User) -> None:
        lifecycle.record(fix.pk, Status.SUCCESS, by(engineer))
        text = "Registering the account again has worked."
        posted = post_addendum(fix.session_id, by(engineer), text=text, my_words=True)
        assert (posted.markdown, posted.writer, posted.sentences) == (text, "", [])

    def test_that_claims_more_is_refused_until_it_is_ones_own(self, fix: SuggestedFix, engineer: User) -> None:
        lifecycle.record(fix.pk, Status.FAILED, by(engineer))
        text = "Everything is fixed on SRV-99."
        with assert_nothing_posted(), pytest.raises(KeepsUnverifiedWords) as refused:
            post_addendum(fix.session_id, by(engineer), text=text)
        assert refused.value.warnings
        posted = post_addendum(fix.session_id, by(engineer), text=text, my_words=True)
        assert [each["sentence"] for each in posted.my_words] == [each.sentence for each in refused.value.warnings]

    @pytest.mark.parametrize("text", ["", " \u200b", "x" * 60_001])
    def test_that_is_empty_or_too_long_is_refused(self, fix: SuggestedFix, engineer: User, text: str) -> None:
        lifecycle.record(fix.pk, Status.SUCCESS, by(engineer))
        with assert_nothing_posted(), pytest.raises(InvalidInput) as refused:
            post_addendum(fix.session_id, by(engineer), text=text)
        assert list(refused.value.errors) == ["text"]
