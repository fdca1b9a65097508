"""Two people at one browser, and one who goes back: no page acts for somebody else, none shows what is no longer so."""

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import ApiToken, User
from fixes.models import SuggestedFix
from fixes.tests.factories import make_fix
from sessions.models import AISession
from tests.browser.conftest import Forgive, sign_in
from tests.browser.session_page import history, open_fix, open_session, say


@pytest.fixture
def fix(session: AISession) -> SuggestedFix:
    return make_fix(session, applied=True)


def change_person(page: Page, user: User, site: LiveServer) -> None:
    """Somebody else signs in, in another tab of the same browser."""
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    sign_in(page.context, user, site.url)


def test_an_answer_of_somebody_elses_page_is_refused_and_its_text_stays(
    page: Page, fix: SuggestedFix, senior: User, site: LiveServer, forgive: Forgive
) -> None:
    banner = open_fix(page, fix)
    banner.locator("[data-draft-opens$=':applied_partial']").first.click()
    banner.locator("textarea").fill("Half of them work.")
    change_person(page, senior, site)
    banner.locator(".stack button.button-primary, .stack button[type=submit]").first.click()
    expect(banner.locator("[data-failure]")).to_contain_text(f"You’re signed in as {senior}")
    expect(banner.locator("textarea")).to_have_value("Half of them work.")
    assert history(fix) == [("apply", "proposed", None)]
    forgive("status of 403", "Error Code 403")


def test_a_form_of_somebody_elses_page_opens_nothing(
    page: Page, fix: SuggestedFix, senior: User, site: LiveServer, forgive: Forgive
) -> None:
    banner = open_fix(page, fix)
    change_person(page, senior, site)
    banner.locator("[data-draft-opens$=':applied_partial']").first.click()
    expect(banner.locator("[data-failure]")).to_contain_text("Someone else is signed in now")
    expect(banner.locator("textarea")).to_have_count(0)
    forgive("status of 403", "Error Code 403")


def test_a_plain_form_of_somebody_elses_page_shows_its_text_to_copy(
    page: Page, senior: User, site: LiveServer, forgive: Forgive
) -> None:
    page.goto("/tokens/")
    page.locator("#id_name").fill("Nightly sync")
    change_person(page, senior, site)
    page.locator("main form .button-primary").click()
    expect(page.get_by_role("heading")).to_have_text("Someone else is signed in now")
    expect(page.get_by_label("Name")).to_have_value("Nightly sync")
    assert not ApiToken.objects.filter(user=senior).exists()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    forgive("status of 403")


def sign_out(page: Page) -> None:
    page.locator(".topbar .menu:not(.bell) > summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_back_after_signing_out_leads_to_sign_in(page: Page, session: AISession) -> None:
    open_session(page, session)
    sign_out(page)
    page.go_back()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(page.get_by_text(session.title)).to_have_count(0)


def test_back_shows_what_has_happened_since_the_page_was_opened(page: Page, session: AISession) -> None:
    open_session(page, session)
    say(page, "Restarted the router.")
    page.get_by_role("link", name="Sessions").click()
    page.go_back()
    expect(page.locator("#thread")).to_contain_text("Restarted the router.")


def test_a_page_that_the_browser_kept_alive_is_hidden_and_loaded_again(page: Page, session: AISession) -> None:
    """Chromium keeps no page alive while Playwright drives it, so the event that would restore one is sent by hand."""
    open_session(page, session)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    is_hidden = page.evaluate(
        "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })) && document.documentElement.hidden"
    )
    assert is_hidden
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
