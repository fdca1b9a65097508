"""Why a suggested fix is worth trying, and how to tell that it worked, as the banner says it."""

import re
from xml.etree.ElementTree import Element

import pytest
import time_machine
from django.test import Client

from fixes.models import ScriptTemplate
from fixes.tests import lifecycle
from fixes.tests.acting import COPILOT, NOON, by
from fixes.tests.factories import WORDS, make_fix
from fixes.tests.pages import banner_of
from fixes.tests.test_banner_fragment import MODES
from fixes.transitions import Status
from sessions.models import AISession
from sessions.tests.factories import SessionFactory
from tests.markup import find, text


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> None:
    time_machine.move_to(NOON, tick=False)


def summary_of(banner: Element) -> str:
    return text(find(banner, ".//summary[@class='script-head why-head']"))


class TestWhy:
    @pytest.mark.parametrize(
        ("origin", "verdicts", "summary"),
        [
            ("built-in", [], "From a playbook. Not tried here yet"),
            ("gpt-5", [], "FlowPilot’s guess: 80%. Not tried here yet"),
            ("", [Status.DISMISSED], "FlowPilot’s guess: 80%. Not tried here yet"),
            ("built-in", [Status.PENDING], "No outcome yet; 1 still waits"),
            ("built-in", [Status.FAILED], "Didn’t work the only time it was tried here"),
            ("gpt-5", [Status.FAILED], "Didn’t work the only time it was tried here. FlowPilot’s guess: 80%"),
            ("built-in", [Status.FAILED] * 3, "Didn’t work in any of 3 sessions 20%"),
        ],
    )
    def test_one_line_says_what_came_of_it_or_that_it_is_a_guess(
        self, browser_client: Client, session: AISession, origin: str, verdicts: list[Status], summary: str
    ) -> None:
        for verdict in verdicts:
            make_fix(SessionFactory(owner=session.owner), verdict)
        fix = lifecycle.suggest(session.pk, WORDS, COPILOT, origin=origin)
        assert summary_of(banner_of(browser_client, fix)) == summary

    def test_a_fix_from_a_template_says_so(self, browser_client: Client, session: AISession) -> None:
        template = ScriptTemplate.objects.create(account=session.account, name="Clear", body="cmdkey")
        words = WORDS | {"script_template_id": template.pk}
        fix = lifecycle.suggest(session.pk, words, COPILOT, origin="built-in")
        assert summary_of(banner_of(browser_client, fix)) == "From a script template. Not tried here yet"

    def test_a_guess_has_a_bar_of_its_own(self, browser_client: Client, session: AISession) -> None:
        assert find(banner_of(browser_client, make_fix(session)), ".//meter[@class='guess']").get("value") == "80"

    def test_the_arithmetic_stands_below_it(self, browser_client: Client, session: AISession) -> None:
        for verdict in [*[Status.SUCCESS] * 6, *[Status.PARTIAL] * 2, *[Status.FAILED] * 2]:
            make_fix(SessionFactory(owner=session.owner), verdict)
        banner = banner_of(browser_client, make_fix(session))
        assert text(find(banner, ".//p[@class='sum']")) == "(7 + 0.7 × 4) ÷ (10 + 4) = 70%"
        assert (
            find(banner, ".//svg[@class='interval']").get("aria-label") == "Likely between 49 and 88%, most likely 70%"
        )
        assert len(banner.findall(".//svg[@class='tally']/rect")) == 10

    def test_more_than_twelve_sessions_are_a_bar(self, browser_client: Client, session: AISession) -> None:
        for _ in range(13):
            make_fix(SessionFactory(owner=session.owner), Status.SUCCESS)
        banner = banner_of(browser_client, make_fix(session))
        assert banner.find(".//svg[@class='tally']") is None
        assert find(banner, ".//meter").get("value") == "99"

    def test_it_links_to_the_sessions_and_says_what_failed(self, browser_client: Client, session: AISession) -> None:
        other = SessionFactory(owner=session.owner, ticket_ref="CW-60412", client_name="Wagtail & Thorne")
        lifecycle.record(make_fix(other).pk, Status.FAILED, by(session.owner), notes="<b>Only after a rejoin</b>")
        cases = find(banner_of(browser_client, make_fix(session)), ".//ul[@class='cases']")
        assert "CW-60412 Wagtail & Thorne" in text(cases)
        assert "<b>Only after a rejoin</b>" in text(cases)
        assert find(cases, ".//a").get("href") == f"/sessions/{other.pk}/"

    def test_date_and_notes_read_as_one_sentence_with_and_without_a_client(
        self, browser_client: Client, session: AISession
    ) -> None:
        for ref, client in (("CW-1", "Pemberlow"), ("CW-2", "")):
            other = SessionFactory(owner=session.owner, ticket_ref=ref, client_name=client)
            lifecycle.record(make_fix(other).pk, Status.FAILED, by(session.owner), notes="Came straight back.")
        cases = text(find(banner_of(browser_client, make_fix(session)), ".//ul[@class='cases']"))
        assert re.search(r"CW-1 Pemberlow, \d+ \w+: Came straight back\.", cases)
        assert re.search(r"CW-2, \d+ \w+: Came straight back\.", cases)

    def test_never_counts_another_accounts(self, browser_client: Client, session: AISession) -> None:
        make_fix(status=Status.SUCCESS)
        assert "Worked" not in text(banner_of(browser_client, make_fix(session)))


@pytest.mark.parametrize("mode", ["proposed", "verifying", "nudge", "pending", "ai_confirming", "partial", "success"])
def test_how_to_tell_it_worked_is_said_while_it_asks(browser_client: Client, session: AISession, mode: str) -> None:
    fix = MODES[mode][0](session)
    lifecycle.edit(fix.pk, {"verification_hint": "`klist` shows a ticket"}, by(session.owner))
    banner = banner_of(browser_client, fix)
    assert banner.get("data-mode") == mode
    assert ("How to tell it worked klist shows a ticket" in text(banner)) is (mode not in {"partial", "success"})
