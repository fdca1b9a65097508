"""The acts on an answer: one message gets at most one answer, and its markers run once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from common.refusals import IllegalTransition
from fixes.models import SuggestedFix
from flowpilot import answers
from flowpilot.answers import Taken
from flowpilot.models import Answer, AnswerState
from flowpilot.models.answer import BUILT_IN
from flowpilot.providers import Reply
from flowpilot.tests.answers import ask, claimed
from sessions.models import AISession, Author, Message
from sessions.refusals import SessionClosed
from sessions.tests import acts

MARKER = '[SUGGEST_FIX]{"title": "Clear it", "description": "Do it.", "confidence_pct": 70}[/SUGGEST_FIX]'
ALL = AISession.objects.all()


def state(answer: Answer) -> str:
    answer.refresh_from_db()
    return answer.state


class TestAsking:
    def test_a_message_that_asks_has_one_answer_that_waits(self, session: AISession) -> None:
        answer = ask(session)
        assert (answer.state, answer.provider, answer.asked_by) == ("waiting", BUILT_IN, session.owner)
        session.refresh_from_db()
        assert session.state_version == 1

    def test_a_second_answer_to_one_message_is_impossible(self, session: AISession) -> None:
        answer = ask(session)
        with pytest.raises(IntegrityError), transaction.atomic():
            answers.ask(answer.message, session.owner)

    def test_a_note_has_none(self, session: AISession) -> None:
        acts.post(session.pk, Author.ENGINEER, "Only for the record.", user=session.owner)
        assert not Answer.objects.exists()


class TestClaiming:
    def test_one_answer_is_written_at_a_time(self, session: AISession) -> None:
        first = claimed(session)
        second = ask(session, "And Teams?")
        assert answers.claim(session.pk) is None
        answers.finish(first, Reply("Done.", blocks=()))
        assert answers.claim(session.pk) == second

    def test_the_database_allows_no_second_one(self, session: AISession) -> None:
        claimed(session)
        second = ask(session, "And Teams?")
        with pytest.raises(IntegrityError), transaction.atomic():
            Answer.objects.filter(pk=second.pk).update(state="writing", claim=second.pk)

    def test_a_job_that_runs_again_takes_over_its_own_answer(self, session: AISession) -> None:
        ask(session)
        first = answers.claim(session.pk, "job 7")
        assert first
        answers.write_text(first, "Half a")
        assert answers.claim(session.pk, "job 8") is None
        again = answers.claim(session.pk, "job 7")
        assert again == first
        assert again is not None
        assert (again.attempt, again.text) == (2, "")

    def test_whoever_lost_the_claim_writes_nothing(self, session: AISession) -> None:
        ask(session)
        late = answers.claim(session.pk, "job 7")
        current = answers.claim(session.pk, "job 7")
        assert late
        assert current
        for act in (
            lambda: answers.write_text(late, "late"),
            lambda: answers.finish(late, Reply(f"Late. {MARKER}")),
            lambda: answers.fail(late, "late"),
            lambda: answers.postpone(late, "late", 5),
        ):
            with pytest.raises(Taken):
                act()
        answers.give_back(late)
        assert state(current) == "writing"
        answers.finish(current, Reply(f"In time. {MARKER}"))
        with pytest.raises(Taken):
            answers.finish(late, Reply(f"Late. {MARKER}"))
        assert [message.content for message in Message.objects.filter(author="assistant")] == ["In time."]
        assert SuggestedFix.objects.count() == 1

    def test_a_postponed_answer_waits_until_its_time(self, session: AISession) -> None:
        answer = claimed(session)
        answers.postpone(answer, "The server is busy.", 30)
        assert answers.claim(session.pk) is None
        Answer.objects.update(not_before=timezone.now() - timedelta(seconds=1))
        assert answers.claim(session.pk) == answer

    def test_what_is_behind_a_postponed_answer_keeps_its_turn(self, session: AISession) -> None:
        first = claimed(session)
        second = ask(session, "And Teams?")
        answers.postpone(first, "The server is busy.", 30)
        assert answers.claim(session.pk) is None
        answers.stop(first.pk, sessions=ALL)
        assert answers.claim(session.pk) == second


class TestFinishing:
    def test_the_message_and_its_markers_are_one_act(self, session: AISession) -> None:
        answer = claimed(session)
        message = answers.finish(answer, Reply(f"Try this.\n\n{MARKER}"))
        session.refresh_from_db()
        assert session.state_version == 2
        fix = SuggestedFix.objects.get()
        assert [(e["marker"], e["result"], e["id"]) for e in message.effects] == [("SUGGEST_FIX", "done", str(fix.pk))]
        assert (message.content, message.origin, fix.events.get().state_version) == ("Try this.", BUILT_IN, 2)
        assert state(answer) == "done"
        assert (answer.reply, answer.text) == (message, "")

    def test_an_answer_that_is_only_markers_is_stored(self, session: AISession) -> None:
        message = answers.finish(claimed(session), Reply(MARKER))
        assert message.content == ""
        assert SuggestedFix.objects.count() == 1

    def test_in_a_session_closed_meanwhile_it_writes_nothing(self, session: AISession) -> None:
        answer = claimed(session)
        AISession.objects.update(status="abandoned")
        with pytest.raises(SessionClosed):
            answers.finish(answer, Reply(f"Too late. {MARKER}"))
        assert not Message.objects.filter(author="assistant").exists()
        assert not SuggestedFix.objects.exists()

    def test_a_failed_one_keeps_its_text_and_runs_no_markers(self, session: AISession) -> None:
        answer = claimed(session)
        answers.fail(answer, "The model stopped sending.", f"Half. {MARKER}")
        assert state(answer) == "failed"
        assert not Message.objects.filter(author="assistant").exists()
        assert not SuggestedFix.objects.exists()
        session.refresh_from_db()
        assert session.state_version == 1


class TestStopping:
    @pytest.mark.parametrize("writes", [False, True])
    def test_what_is_written_stays_and_the_writer_hears_of_it(self, session: AISession, writes: bool) -> None:
        answer = claimed(session) if writes else ask(session)
        if writes:
            answers.write_text(answer, f"Half. {MARKER}")
        answers.stop(answer.pk, sessions=ALL)
        answers.stop(answer.pk, sessions=ALL)
        assert state(answer) == "stopped"
        with pytest.raises(Taken):
            answers.finish(answer, Reply(MARKER))
        assert not SuggestedFix.objects.exists()

    def test_a_complete_answer_can_not_be_stopped(self, session: AISession) -> None:
        answer = claimed(session)
        answers.finish(answer, Reply("Done.", blocks=()))
        with pytest.raises(answers.NotOpen):
            answers.stop(answer.pk, sessions=ALL)

    def test_another_accounts_answer_does_not_exist(self, session: AISession) -> None:
        answer = ask(session)
        with pytest.raises(Answer.DoesNotExist):
            answers.stop(answer.pk, sessions=AISession.objects.none())


class TestTryingAgain:
    def test_makes_a_new_attempt_of_the_same_answer(self, session: AISession) -> None:
        answer = claimed(session)
        answers.fail(answer, "The server is down.", "Half")
        for _ in range(2):
            assert answers.retry(answer.pk, sessions=ALL).state == AnswerState.WAITING
        again = answers.claim(session.pk)
        assert again == answer
        assert again is not None
        assert (again.attempt, again.text, again.error) == (1, "", "")

    def test_may_ask_the_built_in_copilot(self, session: AISession, settings: Any) -> None:
        settings.FLOWPILOT_URL, settings.FLOWPILOT_MODEL = "http://127.0.0.1:9", "kestrel-8b"
        answer = claimed(session)
        assert answer.provider == "kestrel-8b"
        answers.fail(answer, "The server is down.")
        assert answers.retry(answer.pk, sessions=ALL, provider=BUILT_IN).provider == BUILT_IN

    def test_is_refused_for_an_answer_that_is_complete_or_being_written(self, session: AISession) -> None:
        answer = claimed(session)
        with pytest.raises(answers.NotOpen, match="writing"):
            answers.retry(answer.pk, sessions=ALL)
        answers.finish(answer, Reply("Done.", blocks=()))
        with pytest.raises(answers.NotOpen, match="complete"):
            answers.retry(answer.pk, sessions=ALL)

    def test_is_refused_in_a_closed_session(self, session: AISession) -> None:
        answer = claimed(session)
        answers.fail(answer, "The server is down.")
        AISession.objects.update(status="abandoned")
        with pytest.raises(SessionClosed):
            answers.retry(answer.pk, sessions=ALL)


def test_a_refusal_is_one_that_every_edge_knows() -> None:
    assert answers.NotOpen("x").code == IllegalTransition("x").code
