"""Zero violations of axe's rules on every page, light and dark, and nothing wider than the window it is shown in."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, ViewportSize, expect

from accounts.models import User
from accounts.tests.factories import UserFactory
from fixes import lifecycle
from fixes.lifecycle import By
from fixes.models import SuggestedFix
from fixes.tests.factories import make_fix
from fixes.transitions import Source, Status
from sessions import conversation
from sessions.models import AISession, Author
from sessions.tests.factories import SessionFactory
from tests.browser.conftest import DESK, PHONE, Forgive, PageFor
from tests.browser.session_page import ask, open_fix, open_session, press, stands

WINDOWS = pytest.mark.parametrize("window", [DESK, PHONE], ids=["desk", "phone"])
LOOK = "options => axe.run(options).then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html]))"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def check(page: Page, where: str) -> None:
    """Every rule in light, and in dark those that depend on colours."""
    page.evaluate(AXE_SCRIPT)
    rules: dict[str, Any] = {"resultTypes": ["violations"]}
    found = page.evaluate(LOOK, rules)
    page.emulate_media(color_scheme="dark")
    found += page.evaluate(LOOK, {**rules, "runOnly": ["color-contrast", "link-in-text-block"]})
    page.emulate_media(color_scheme="light")
    assert found == [], where
    assert page.evaluate(WIDER) == 0, f"{where}: wider than the window"


def with_proposal(session: AISession) -> SuggestedFix:
    fix = make_fix(session, applied=True)
    lifecycle.propose(fix.pk, Status.SUCCESS, "The prompts have stopped.", By(None, Source.COPILOT))
    return fix


def nudging(session: AISession) -> SuggestedFix:
    fix = make_fix(session, applied=True)
    for words in ("One.", "Two.", "Three `code`.\n\n```\nGet-Service | Where-Object Status -eq Running\n```"):
        conversation.post(session.pk, Author.ENGINEER, words, user=session.owner)
    return fix


MODES: dict[str, Callable[[AISession], SuggestedFix]] = {
    "proposed": lambda session: make_fix(session, ai_drafted_script="Get-Credential | " * 20),
    "verifying": lambda session: make_fix(session, applied=True),
    "nudge": nudging,
    "ai_confirming": with_proposal,
    "pending": lambda session: make_fix(session, Status.PENDING),
    "partial": lambda session: make_fix(session, Status.PARTIAL),
    "success": lambda session: make_fix(session, Status.SUCCESS),
    "failed": lambda session: make_fix(session, Status.FAILED),
    "dismissed": lambda session: make_fix(session, Status.DISMISSED),
}


@WINDOWS
def test_the_session_page_in_every_mode(page_for: PageFor, engineer: User, window: ViewportSize) -> None:
    page = page_for(engineer, viewport=window)
    for mode, make in MODES.items():
        open_fix(page, make(SessionFactory(owner=engineer)))
        stands(page, mode)
        check(page, mode)


@WINDOWS
def test_forms_and_what_opens_above_the_page(
    page_for: PageFor, engineer: User, session: AISession, window: ViewportSize
) -> None:
    page = page_for(engineer, viewport=window)
    fix = make_fix(session, applied=True)
    open_session(page, SessionFactory(owner=engineer))
    check(page, "no messages yet")
    open_fix(page, fix)
    page.locator("#fix-banner .menu > summary").click()
    check(page, "overflow menu")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    check(page, "keys")
    page.keyboard.press("Escape")
    ask(page, "Waiting to verify…")
    check(page, "open form")
    page.get_by_label("Another time…").check()
    press(page, "Record as waiting")
    expect(page.locator("#fix-banner .error")).not_to_have_count(0)
    check(page, "refused form")
    lifecycle.record(fix.pk, Status.PARTIAL, By(engineer, Source.BANNER), notes="Half of them.")
    page.locator("#fix-banner textarea").fill("The licence sync.")
    page.get_by_label("No reminder").check()
    press(page, "Record as waiting")
    expect(page.locator("#fix-banner .notice")).to_be_visible()
    check(page, "lost race")
    if window is PHONE:
        page.get_by_role("button", name="Attempts").click()
        check(page, "drawer")


@WINDOWS
def test_sign_in_lists_new_session_and_errors(
    page_for: PageFor, engineer: User, session: AISession, forgive: Forgive, window: ViewportSize
) -> None:
    stranger = page_for(viewport=window)
    stranger.goto("/sign-in/")
    check(stranger, "sign-in")
    stranger.get_by_role("button", name="Sign in").click()
    expect(stranger.locator(".error")).to_have_count(2)
    check(stranger, "refused sign-in")

    page = page_for(engineer, viewport=window)
    make_fix(session, Status.PENDING)
    for path in (
        "/sessions/",
        "/sessions/?status=abandoned",
        "/sessions/?q=nothing+like+it",
        "/sessions/new/",
        "/password/",
    ):
        page.goto(path)
        check(page, path)
    page.goto("/nowhere")
    check(page, "404")
    viewer = page_for(UserFactory(account=engineer.account, role="viewer"), viewport=window)
    open_session(viewer, session)
    check(viewer, "a viewer's session page")
    viewer.goto("/sessions/new/")
    check(viewer, "403")
    forgive("status of 404", "status of 403")
