"""The lines of the conversation about fixes: who did what, in which words, and which fix it was."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from accounts.tests.factories import UserFactory
from fixes import lifecycle
from fixes.banner.history import history_lines
from fixes.lifecycle import By
from fixes.models import FixEvent, SuggestedFix
from fixes.tests.acting import NOON, by
from fixes.tests.factories import make_fix
from fixes.tests.pages import record, send
from fixes.transitions import Source, Status
from sessions.models import AISession
from tests.markup import by_id, read, text

HOUR = timedelta(hours=1)
ALL = SuggestedFix.objects.all()
NEW = {"title": "Clear credentials", "description": "Remove them.", "confidence_pct": 80}


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> time_machine.TimeMachineFixture:
    time_machine.move_to(NOON, tick=False)
    return time_machine


def lines(client: Client, session: AISession) -> list[str]:
    """The lines of the conversation, without the time at their end."""
    thread = by_id(read(client.get(f"/sessions/{session.pk}/")), "thread")
    return [text(line).removesuffix(" 12:00") for line in thread]


def suggest(session: AISession, who: By) -> SuggestedFix:
    return lifecycle.suggest(session.pk, NEW, who, sessions=AISession.objects.all())


class TestWhoSuggested:
    def test_flowpilot(self, browser_client: Client, session: AISession) -> None:
        suggest(session, By(None, Source.COPILOT))
        assert lines(browser_client, session) == ["FlowPilot suggested Clear credentials, 80% confident"]

    def test_the_built_in_copilot_whose_number_the_evidence_explains(
        self, browser_client: Client, session: AISession
    ) -> None:
        everything = AISession.objects.all()
        lifecycle.suggest(session.pk, NEW, By(None, Source.COPILOT), sessions=everything, origin="built-in")
        assert lines(browser_client, session) == ["FlowPilot suggested Clear credentials"]

    def test_a_person_or_their_script(self, browser_client: Client, session: AISession) -> None:
        suggest(session, By(UserFactory(account=session.account, display_name="Jonas"), Source.API))
        assert lines(browser_client, session) == ["Jonas suggested Clear credentials, 80% confident"]

    def test_an_import(self, browser_client: Client, session: AISession) -> None:
        suggest(session, By(None, Source.IMPORT))
        assert lines(browser_client, session) == ["An import suggested Clear credentials, 80% confident"]


class TestWhatWasSuggested:
    def edited(self, session: AISession) -> SuggestedFix:
        fix = suggest(session, By(None, Source.COPILOT))
        changes = {"title": "Clear the cache", "confidence_pct": 10}
        return lifecycle.edit(fix.pk, changes, by(session.owner), fixes=ALL)

    def test_stays_as_it_was_when_the_fix_is_edited(self, browser_client: Client, session: AISession) -> None:
        self.edited(session)
        assert lines(browser_client, session) == ["FlowPilot suggested Clear credentials, 80% confident"]

    def test_is_read_from_the_first_edit_where_an_earlier_release_didnt_keep_it(
        self, browser_client: Client, session: AISession
    ) -> None:
        fix = self.edited(session)
        suggested = fix.events.get(action="suggest")
        suggested.details = {}
        fix.history[:] = [suggested, *fix.events.exclude(action="suggest").order_by("state_version")]
        suggested.fix = fix
        line = history_lines([suggested])[0]
        assert (line.title, line.confidence) == ("Clear credentials", 80)


class TestTheTitle:
    def test_is_named_once(self, browser_client: Client, session: AISession) -> None:
        fix = make_fix(session, title="Clear credentials")
        lifecycle.apply(fix.pk, by(session.owner), fixes=ALL)
        lifecycle.record(fix.pk, Status.FAILED, by(session.owner), notes="It asks again.", fixes=ALL)
        assert lines(browser_client, session)[1:] == [
            "Maya marked it as applied",
            "Maya recorded that it didn’t work: It asks again.",
        ]

    def test_is_named_again_where_the_conversation_turns_to_another_fix(
        self, browser_client: Client, session: AISession
    ) -> None:
        first = make_fix(session, Status.PENDING, title="Reboot")
        make_fix(session, title="Rebuild the profile")
        lifecycle.record(first.pk, Status.SUCCESS, by(session.owner), fixes=ALL)
        assert lines(browser_client, session)[-2:] == [
            "FlowPilot suggested Rebuild the profile, 80% confident",
            "Maya recorded that Reboot worked",
        ]


class TestUpdates:
    @pytest.fixture
    def waiting(self, session: AISession) -> SuggestedFix:
        return make_fix(session, Status.PENDING)

    def added(self, client: Client, fix: SuggestedFix, **fields: str) -> str:
        record(client, fix, "applied_pending", **fields)
        return lines(client, fix.session)[-1]

    def test_a_moved_check_by_time_is_no_paragraph(self, browser_client: Client, waiting: SuggestedFix) -> None:
        line = self.added(browser_client, waiting, notes=waiting.pending_reason or "", check_by="tomorrow")
        assert line == "Maya moved check-by to tomorrow 09:00"

    def test_nor_is_its_undo(self, browser_client: Client, waiting: SuggestedFix) -> None:
        self.added(browser_client, waiting, notes=waiting.pending_reason or "", check_by="tomorrow")
        waiting.refresh_from_db()
        send(browser_client, waiting, "undo")
        assert lines(browser_client, waiting.session)[-1] == "Maya undid that"

    def test_a_new_reason_is_quoted(self, browser_client: Client, waiting: SuggestedFix) -> None:
        line = self.added(browser_client, waiting, notes="Until tonight.", check_by="none")
        assert line == "Maya updated the reason: Until tonight."

    def test_a_cleared_check_by_time_is_said(self, browser_client: Client, session: AISession, engineer: User) -> None:
        fix = make_fix(session)
        reason = "Lunch."
        fix = lifecycle.record(fix.pk, Status.PENDING, by(engineer), notes=reason, follow_up_at=NOON + HOUR, fixes=ALL)
        assert self.added(browser_client, fix, notes=reason, check_by="none") == "Maya removed the check-by time"


def test_every_kind_of_event_that_is_shown_has_words(browser_client: Client, session: AISession) -> None:
    fix = make_fix(session, Status.SUCCESS)
    lifecycle.add_notes(fix.pk, "Seen.", by(session.owner), fixes=ALL)
    assert FixEvent.objects.filter(session=session).count() == len(lines(browser_client, session))
