"""The pages that close a session, as people speak of them."""

from playwright.sync_api import Locator, Page, expect

from sessions.models import AISession


def open_closing(page: Page, session: AISession, act: str = "resolve", query: str = "") -> Locator:
    """Open the page and return its text."""
    page.goto(f"/sessions/{session.pk}/{act}/{query}")
    expect(page.locator("#closing")).to_be_visible()
    return page.locator("#text")


def redrawn(page: Page, words: str) -> None:
    """Wait until the text says this."""
    expect(page.locator("#text")).to_contain_text(words)


def post(page: Page) -> None:
    page.locator(".foot .button-primary").click()
    expect(page.locator("#closing")).to_have_count(0)
