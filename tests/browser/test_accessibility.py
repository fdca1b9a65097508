"""Zero violations of axe's rules on every page, light and dark, and nothing wider than the window it is shown in."""

from collections.abc import Callable, Sequence

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

LOOK = "options => axe.run(options).then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html]))"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LIGHT = {"resultTypes": ["violations"]}
DARK = {**LIGHT, "runOnly": ["color-contrast", "link-in-text-block"]}
"""The other rules don't ask for colours."""
FITS = {**LIGHT, "runOnly": ["color-contrast", "scrollable-region-focusable", "target-size", "meta-viewport"]}
"""Of the others, only these may turn out otherwise in another window: the elements and their names are the same."""


def check(page: Page, where: str, windows: Sequence[ViewportSize] = (PHONE, DESK)) -> None:
    page.evaluate(AXE_SCRIPT)
    for window in windows:
        page.set_viewport_size(window)
        found = page.evaluate(LOOK, LIGHT if window is windows[0] else FITS)
        page.emulate_media(color_scheme="dark")
        found += page.evaluate(LOOK, DARK)
        page.emulate_media(color_scheme="light")
        assert found == [], f"{where}, {window['width']} wide"
        assert page.evaluate(WIDER) == 0, f"{where}: wider than a window of {window['width']}"


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


@pytest.mark.parametrize("mode", MODES)
def test_the_session_page(page: Page, session: AISession, mode: str) -> None:
    open_fix(page, MODES[mode](session))
    stands(page, mode)
    check(page, mode)


def test_forms_and_what_opens_above_the_page(page: Page, engineer: User, session: AISession) -> None:
    fix = make_fix(session, applied=True)
    open_fix(page, fix)
    page.locator("#fix-banner .menu > summary").click()
    check(page, "overflow menu")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    check(page, "keys")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    ask(page, "Waiting to verify…")
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
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="Attempts").click()
    check(page, "drawer", [PHONE])


def test_sign_in(page_for: PageFor) -> None:
    stranger = page_for()
    stranger.goto("/sign-in/")
    check(stranger, "sign-in")
    stranger.get_by_role("button", name="Sign in").click()
    expect(stranger.locator(".error")).to_have_count(2)
    check(stranger, "refused sign-in")


def test_lists_and_forms_of_their_own(page: Page, engineer: User, session: AISession) -> None:
    make_fix(session, Status.PENDING)
    for path in ("/sessions/", "/sessions/?status=abandoned", "/sessions/?q=nothing+like+it", "/sessions/new/"):
        page.goto(path)
        check(page, path)
    page.goto("/password/")
    check(page, "password")
    open_session(page, SessionFactory(owner=engineer))
    check(page, "no messages yet")


def test_what_a_viewer_sees_and_errors(page_for: PageFor, session: AISession, forgive: Forgive) -> None:
    viewer = page_for(UserFactory(account=session.account, role="viewer"))
    open_fix(viewer, make_fix(session, Status.PENDING))
    check(viewer, "a viewer's session page")
    viewer.goto("/sessions/new/")
    check(viewer, "403")
    viewer.goto("/nowhere")
    check(viewer, "404")
    forgive("status of 404", "status of 403")
