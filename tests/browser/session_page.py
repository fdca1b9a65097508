"""The session page as people speak of it: open it, look at the banner, choose, answer."""

from playwright.sync_api import Locator, Page, expect

from fixes.models import FixEvent, SuggestedFix
from sessions.models import AISession


def open_session(page: Page, session: AISession, query: str = "") -> Locator:
    """The page's banner."""
    page.goto(f"/sessions/{session.pk}/{query}")
    return page.locator("#fix-banner")


def open_fix(page: Page, fix: SuggestedFix, query: str = "") -> Locator:
    return open_session(page, fix.session, query)


def stands(page: Page, mode: str) -> Locator:
    """The banner, once it is in this mode and shows no form."""
    banner = page.locator("#fix-banner")
    expect(banner).to_have_attribute("data-mode", mode)
    expect(banner.locator(".stack")).to_have_count(0)
    return banner


def press(page: Page, label: str) -> None:
    """One of the banner's controls, in its row or in the overflow menu, by mouse."""
    control = page.locator("#fix-banner .actions .button", has_text=label)
    expect(control).not_to_have_count(0)
    if not control.locator("visible=true").count():
        page.locator("#fix-banner .menu > summary").click()
    control.locator("visible=true").click()


def ask(page: Page, label: str) -> Locator:
    """The field of the form that this control opens."""
    press(page, label)
    field = page.locator("#fix-banner .stack textarea")
    expect(field).to_be_visible()
    return field


def answer(page: Page, label: str, words: str, button: str) -> None:
    """Open a form, fill it, send it."""
    ask(page, label).fill(words)
    press(page, button)


def say(page: Page, words: str) -> None:
    """Write a message in the conversation."""
    composer = page.get_by_role("textbox", name="Message")
    composer.fill(words)
    page.get_by_role("button", name="Note only").click()
    expect(composer).to_have_value("")
    expect(page.locator("#thread .message").last).to_contain_text(words)


def standing(fix: SuggestedFix) -> SuggestedFix:
    """The row as the database has it now."""
    return SuggestedFix.objects.get(pk=fix.pk)


def history(fix: SuggestedFix) -> list[tuple[str, str | None, str | None]]:
    """Action, status after it and notes of the fix's events after it was suggested, oldest first."""
    events = FixEvent.objects.filter(fix=fix).exclude(action="suggest").order_by("state_version")
    return list(events.values_list("action", "to_status", "notes"))
