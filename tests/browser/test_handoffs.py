"""Escalations in a real browser: two claim at once, a handoff by keyboard, and one without JavaScript."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from accounts.tests.factories import UserFactory
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from sessions.models import AISession
from tests.browser.conftest import PageFor
from tests.browser.session_page import say
from tests.browser.test_day_by_keyboard import Keyboard
from tests.concurrency import await_lock_waiters
from tickets.models import Handoff
from tickets.tests.factories import act, make_handoff


@pytest.fixture
def jonas(engineer: User) -> User:
    return UserFactory.create(account=engineer.account, display_name="Jonas Brandt")


@pytest.fixture
def handoff(session: AISession) -> Handoff:
    """Escalated by Maya 15 minutes ago, with a fix that waits."""
    make_fix(session, Status.PENDING)
    return make_handoff(session, at=timezone.now() - timedelta(minutes=15))


def test_of_two_browsers_that_claim_at_once_one_goes_on_and_the_other_says_who_was_first(
    page_for: PageFor, handoff: Handoff, jonas: User
) -> None:
    tomasz = UserFactory.create(account=jonas.account, display_name="Tomasz Wilk")
    pages = {person: page_for(person) for person in (jonas, tomasz)}
    for page in pages.values():
        page.goto("/escalations/")
    with transaction.atomic():
        AISession.objects.select_for_update().get(pk=handoff.session_id)
        for page in pages.values():
            page.get_by_role("button", name="Claim").click(no_wait_after=True)
        await_lock_waiters(2)
    (first, *_) = [person for person, page in pages.items() if _went_on(page)]
    (second,) = pages.keys() - {first}
    expect(pages[second].get_by_role("alert")).to_contain_text(f"{first} claimed this a moment before you.")
    expect(pages[second].locator(f"#handoff-{handoff.pk}")).to_contain_text(f"claimed by {first}")
    expect(pages[second].get_by_role("link", name="Open it")).to_be_focused()
    handoff.refresh_from_db()
    assert handoff.claimed_by == first


def _went_on(page: Page) -> bool:
    """Whether this browser came to the package; the other one stays where it is, with a notice."""
    expect(page.locator("#package, [role=alert]").first).to_be_visible()
    return page.locator("#package").count() == 1


def test_a_handoff_by_keyboard(page_for: PageFor, handoff: Handoff, session: AISession, jonas: User) -> None:
    page = page_for(jonas)
    page.goto("/sessions/")
    keyboard = Keyboard(page)
    keyboard.take("Escalations 1")
    expect(page).to_have_title("1 unclaimed · Escalations · ResolutionFlow")
    keyboard.take(r"Claim\b")
    expect(page).to_have_url(f"/sessions/{session.pk}/#package")
    expect(page.locator("#fix-banner > details")).not_to_have_attribute("open", "")
    keyboard.take("Ask Maya…")
    keyboard.to("What do you want to ask")
    keyboard.type("Which firewall?")
    keyboard.take("Ask$")
    expect(page.locator("#thread")).to_contain_text("Jonas Brandt asked Maya: Which firewall?")
    keyboard.take("Continue where Maya left off")
    expect(page.locator("#left-off")).to_be_focused()
    expect(page.locator("#fix-banner > details")).to_have_attribute("open", "")
    act("rate", handoff, jonas, was_enough=True)
    assert [each.action for each in handoff.events.all()] == ["escalate", "claim", "ask", "rate"]


def test_the_originator_is_told_answers_and_gets_it_back(
    page_for: PageFor, handoff: Handoff, session: AISession, jonas: User
) -> None:
    act("claim", handoff, jonas)
    act("ask", handoff, jonas, "Which firewall?")
    maya, his = page_for(handoff.from_user), page_for(jonas)
    maya.goto("/sessions/")
    maya.locator("#bell > summary").click()
    expect(maya.locator("#bell")).to_contain_text("Jonas Brandt asks about")
    expect(maya.locator("#bell")).to_contain_text("Which firewall?")
    maya.goto(f"/sessions/{session.pk}/")
    say(maya, "The one in Aldermoor.")
    his.goto(f"/sessions/{session.pk}/")
    expect(his.locator("#thread")).to_contain_text("The one in Aldermoor.")
    his.get_by_text("Return…").click()
    his.get_by_label("Why are you returning it").fill("Needs someone on site.")
    his.get_by_role("button", name="Return to Maya").click()
    expect(his.get_by_role("status").filter(has_text="Returned to Maya.")).to_be_visible()
    maya.reload()
    expect(maya.locator("#thread")).to_contain_text("Jonas Brandt returned it to Maya: Needs someone on site.")
    assert AISession.objects.get(pk=session.pk).owner == handoff.from_user


def test_what_was_typed_survives_a_reload(page_for: PageFor, handoff: Handoff, session: AISession, jonas: User) -> None:
    act("claim", handoff, jonas)
    page = page_for(jonas)
    page.goto(f"/sessions/{session.pk}/#package")
    page.get_by_text("Ask Maya…").click()
    page.get_by_label("What do you want to ask?").fill("Which firewall?")
    page.reload()
    page.get_by_text("Ask Maya…").click()
    expect(page.get_by_label("What do you want to ask?")).to_have_value("Which firewall?")


def test_a_handoff_without_javascript(page_for: PageFor, handoff: Handoff, session: AISession, jonas: User) -> None:
    page = page_for(jonas, java_script_enabled=False)
    page.goto("/escalations/")
    page.get_by_role("button", name="Claim").click()
    expect(page).to_have_url(f"/sessions/{session.pk}/#package")
    page.get_by_text("Ask Maya…").click()
    page.get_by_label("What do you want to ask?").fill("Which firewall?")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("#thread")).to_contain_text("Jonas Brandt asked Maya: Which firewall?")
    page.get_by_text("No…").click()
    page.get_by_label("Access").check()
    page.get_by_role("button", name="Send to Maya").click()
    expect(page.get_by_role("status").filter(has_text="Maya sees your rating.")).to_be_visible()
    page.get_by_text("Return…").click()
    page.get_by_label("Why are you returning it").fill("Needs someone on site.")
    page.get_by_role("button", name="Return to Maya").click()
    expect(page.locator("#thread")).to_contain_text("Jonas Brandt returned it to Maya")
    assert [each.action for each in handoff.events.all()] == ["escalate", "claim", "ask", "rate", "return"]


def test_the_queue_follows_within_a_minute(page_for: PageFor, handoff: Handoff, jonas: User) -> None:
    page = page_for(jonas, timezone_id="Europe/Lisbon")  # a context of its own: its clock stays a stopped one
    page.clock.install()
    page.goto("/escalations/")
    expect(page.get_by_role("button", name="Claim")).to_have_count(1)
    tomasz = UserFactory.create(account=jonas.account, display_name="Tomasz Wilk")
    act("claim", handoff, tomasz)
    page.clock.run_for(61_000)
    expect(page.locator("#queue")).to_contain_text("claimed by Tomasz Wilk")
    expect(page).to_have_title("Escalations · ResolutionFlow")
