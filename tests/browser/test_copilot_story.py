"""The story of the copilot in a real browser: a problem, one question, a proposal with its evidence, a wait, a verdict.

With JavaScript and without: new session → problem → FlowPilot asks → proposal → applied → "have to wait for the
reboot" → confirmed with a check-by time → board → worked.
"""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from fixes.lifecycle import By
from fixes.models import FixEvent, SuggestedFix
from fixes.tests import lifecycle
from fixes.transitions import Source, Status
from flowpilot.models import Playbook
from sessions.models import AISession
from sessions.tests.factories import SessionFactory
from tests.browser.conftest import PageFor
from tests.browser.session_page import press, stands

PROBLEM = "Ines at Pemberlow, outlook wants her password every 30 sec since this morning. owa fine, phone fine"
BEFORE = "Outlook wants the password again and again, the white sign-in window flashes up. AzureAdPrt : NO"
OUTCOMES = [Status.SUCCESS] * 7 + [Status.FAILED]
WAIT = timedelta(minutes=40)


@pytest.fixture
def experience(engineer: User) -> Playbook:
    """The shipped playbooks, and eight sessions of the team in which one of them was tried after a reboot."""
    call_command("import_playbooks", verbosity=0)
    playbook = Playbook.objects.get(slug="outlook-broker-no-prt", account=None)
    for number, outcome in enumerate(OUTCOMES):
        _tried(engineer, playbook, outcome, timezone.now() - timedelta(days=10 + number))
    return playbook


def _tried(engineer: User, playbook: Playbook, outcome: Status, at: object) -> None:
    session = SessionFactory.create(owner=engineer, title=playbook.title, problem_summary=BEFORE)
    suggestion = {"title": playbook.fix_title, "description": playbook.description, "confidence_pct": 60}
    assert isinstance(at, type(timezone.now()))
    fix = lifecycle.suggest(session.pk, suggestion, By(None, Source.COPILOT, at), origin="built-in")
    person = By(engineer, Source.BANNER, at)
    lifecycle.record(fix.pk, Status.PENDING, person, notes="She restarts later.")
    lifecycle.record(fix.pk, outcome, By(engineer, Source.BANNER, at + WAIT))


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_from_the_problem_to_the_verdict(
    page_for: PageFor, engineer: User, experience: Playbook, scripts: bool
) -> None:
    page = page_for(engineer, java_script_enabled=scripts)
    session = start(page)
    say(page, PROBLEM)
    expect(page.locator("#thread .message").last).to_contain_text("AzureAdPrt")  # the question that decides
    expect(page.locator("#fix-banner")).to_have_attribute("data-mode", "none")

    say(page, "AzureAdPrt : NO")
    banner = stands(page, "proposed")
    expect(banner).to_contain_text(experience.fix_title)
    expect(banner).to_contain_text("Worked in 7 of 8 sessions")
    expect(banner).to_contain_text("How to tell it worked")
    banner.get_by_text("Worked in 7 of 8 sessions").click()  # what it is based on, in one click
    expect(banner.get_by_role("list", name="The sessions behind it").get_by_role("link").first).to_be_visible()

    press(page, "Mark as applied")
    stands(page, "verifying")
    say(page, "have to wait for the reboot, she restarts at 9am tomorrow")
    banner = stands(page, "ai_confirming")
    expect(banner).to_contain_text("have to wait for the reboot")
    expect(banner).to_contain_text("Usually known after 40 min")
    press(page, "Confirm")
    expect(stands(page, "pending")).to_contain_text("tomorrow 09:00")

    page.get_by_role("link", name="Waiting").first.click()
    row = page.locator(".rows > li", has_text=experience.fix_title)
    expect(row).to_contain_text("have to wait for the reboot")
    row.locator(".row-title").click()
    say(page, "she rebooted, that did it")
    expect(stands(page, "ai_confirming")).to_contain_text("that did it")
    press(page, "Confirm")
    stands(page, "success")
    assert told(session) == [
        ("suggest", "copilot", None),
        ("apply", "banner", "proposed"),
        ("propose", "copilot", "proposed"),
        ("confirm", "banner", "applied_pending"),
        ("propose", "copilot", "applied_pending"),
        ("confirm", "banner", "applied_success"),
    ]


def start(page: Page) -> AISession:
    page.goto("/sessions/")
    page.get_by_role("link", name="New session").click()
    page.get_by_label("Title").fill("Outlook asks for the password again and again")
    page.get_by_role("button", name="Start session").click()
    expect(page.locator("#composer")).to_be_visible()
    return AISession.objects.latest("created_at")


def say(page: Page, words: str) -> None:
    """Write a message that asks, and wait until FlowPilot has answered it."""
    page.get_by_role("textbox", name="Message").fill(words)  # waits for the session page, the count doesn't
    before = page.locator("#thread .message").count()
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#thread .message")).to_have_count(before + 2)


def told(session: AISession) -> list[tuple[str, str, str | None]]:
    events = FixEvent.objects.filter(fix=SuggestedFix.objects.get(session=session)).order_by("state_version")
    return [(each.action, each.source, None if each.action == "suggest" else each.to_status) for each in events]
