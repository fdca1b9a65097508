"""The answer to an act or a message brings what happened since the page was rendered."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from xml.etree.ElementTree import Element

import pytest
from django.test import Client
from time_machine import TimeMachineFixture

from accounts.models import User
from accounts.tests.factories import UserFactory
from fixes.lifecycle import By
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.factories import make_fix
from fixes.tests.pages import HTMX, record
from fixes.transitions import Source, Status
from sessions.models import AISession, Author
from sessions.tests import acts
from tests.markup import by_id, find, read, text

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(time_machine: TimeMachineFixture) -> TimeMachineFixture:
    time_machine.move_to(NOON, tick=False)
    return time_machine


@pytest.fixture
def sam(engineer: User) -> User:
    return UserFactory(account=engineer.account, display_name="Sam")


@pytest.fixture
def fix(session: AISession) -> SuggestedFix:
    return make_fix(session, applied=True)


def shown(client: Client, session: AISession) -> str:
    """What the rendered page says that it shows, and sends with every form."""
    return by_id(read(client.get(f"/sessions/{session.pk}/")), "thread").get("data-shown", "")


def say(client: Client, session: AISession, shown: str) -> Element:
    fields = {"content": "Still here.", "shown": shown}
    return read(client.post(f"/sessions/{session.pk}/messages/", fields, headers=HTMX))


def lines(tree: Element) -> list[str]:
    return [text(line) for line in find(tree, "./ol[@hx-swap-oob='beforeend:#thread']")]


def meanwhile(session: AISession, fix: SuggestedFix, sam: User, clock: TimeMachineFixture) -> SuggestedFix:
    """Sam writes, records, edits the ticket and writes again; FlowPilot suggests something newer."""
    steps: list[Callable[[], object]] = [
        lambda: acts.post(session.pk, Author.ENGINEER, "I am at the site.", user=sam),
        lambda: lifecycle.record(fix.pk, Status.PENDING, By(sam, Source.BANNER), notes="A reboot."),
        lambda: acts.edit(session.pk, {"title": "Outlook asks twice", "client_name": "Contoso"}),
        lambda: acts.post(session.pk, Author.ENGINEER, "Gone again.", user=sam),
    ]
    for minute, act in enumerate(steps, 1):
        clock.move_to(NOON + timedelta(minutes=minute), tick=False)
        act()
    newer = make_fix(session, title="Rebuild the profile")
    clock.move_to(NOON + timedelta(minutes=5), tick=False)
    return newer


class TestAMessage:
    def test_brings_others_messages_and_events_in_order(
        self, browser_client: Client, session: AISession, fix: SuggestedFix, sam: User, clock: TimeMachineFixture
    ) -> None:
        before = shown(browser_client, session)
        meanwhile(session, fix, sam, clock)
        told = lines(say(browser_client, session, before))
        assert [words.split(" ", 1)[0] for words in told][:2] == ["S", "Sam"]
        assert "I am at the site." in told[0]
        assert "A reboot." in told[1]
        assert "Gone again." in told[2]
        assert "Rebuild the profile" in told[3]
        assert "Still here." in told[4]
        assert len(told) == 5

    def test_brings_the_newer_fix_and_the_edited_ticket(
        self, browser_client: Client, session: AISession, fix: SuggestedFix, sam: User, clock: TimeMachineFixture
    ) -> None:
        before = shown(browser_client, session)
        newer = meanwhile(session, fix, sam, clock)
        tree = say(browser_client, session, before)
        assert by_id(tree, "fix-banner").get("data-fix-id") == str(newer.pk)
        assert "Outlook asks twice" in text(by_id(tree, "session-head"))
        assert "Contoso" in text(by_id(tree, "ticket"))
        assert "Rebuild the profile" in text(by_id(tree, "attempts"))
        for part in ("fix-banner", "session-head", "ticket", "attempts"):
            assert by_id(tree, part).get("hx-swap-oob") == "true"

    def test_alone_brings_itself_alone(self, browser_client: Client, session: AISession, fix: SuggestedFix) -> None:
        tree = say(browser_client, session, shown(browser_client, session))
        assert len(lines(tree)) == 1
        assert tree.find(".//*[@id='session-head']") is None
        assert tree.find(".//*[@id='fix-banner']") is None

    def test_says_what_the_page_shows_from_now_on(
        self, browser_client: Client, session: AISession, fix: SuggestedFix, sam: User, clock: TimeMachineFixture
    ) -> None:
        before = shown(browser_client, session)
        meanwhile(session, fix, sam, clock)
        told = find(say(browser_client, session, before), "./ol").get("data-shown")
        assert told == shown(browser_client, session)


class TestAnAct:
    def test_brings_others_messages_and_events_too(
        self, browser_client: Client, session: AISession, fix: SuggestedFix, sam: User, clock: TimeMachineFixture
    ) -> None:
        before = shown(browser_client, session)
        clock.move_to(NOON + timedelta(minutes=1), tick=False)
        acts.post(session.pk, Author.ENGINEER, "I am at the site.", user=sam)
        clock.move_to(NOON + timedelta(minutes=2), tick=False)
        tree = read(record(browser_client, fix, "applied_success", shown=before))
        told = lines(tree)
        assert "I am at the site." in told[0]
        assert told[1].startswith("Maya")
        assert len(told) == 2

    def test_that_was_refused_brings_them_too(
        self, browser_client: Client, session: AISession, fix: SuggestedFix, sam: User, clock: TimeMachineFixture
    ) -> None:
        before = shown(browser_client, session)
        meanwhile(session, fix, sam, clock)
        answer = record(browser_client, fix, "applied_success", shown=before)
        assert answer.status_code == 409
        tree = read(answer)
        assert len(lines(tree)) == 4
        assert "Rebuild the profile" in text(by_id(tree, "attempts"))

    def test_alone_brings_itself_alone(self, browser_client: Client, session: AISession, fix: SuggestedFix) -> None:
        tree = read(record(browser_client, fix, "applied_success", shown=shown(browser_client, session)))
        assert len(lines(tree)) == 1
        assert tree.find(".//*[@id='ticket']") is None


@pytest.mark.parametrize("shown", ["", "bogus", "1", "-1-0", "9" * 20 + "-1", "1-1\0", "999999999-999999999"])
def test_whatever_a_page_claims_to_show_the_message_is_stored(
    browser_client: Client, session: AISession, fix: SuggestedFix, shown: str
) -> None:
    assert "Still here." in lines(say(browser_client, session, shown))[-1]
