"""Screens of the admin that close a session, and that show posted texts and handoffs."""

from playwright.sync_api import Page, expect

from tests.browser.sample_company import SampleCompany
from tickets.models import Handoff
from tickets.tests.factories import make_handoff


def refused_resolve(page: Page, company: SampleCompany) -> None:
    page.goto(f"/admin/ai_sessions/aisession/{company.session().pk}/resolve/")
    page.get_by_label("Edited text").fill("Done.")
    page.get_by_role("button", name="Post and resolve").click()
    expect(page.locator(".errorlist").first).to_be_visible()


def escalate(page: Page, company: SampleCompany) -> None:
    page.goto(f"/admin/ai_sessions/aisession/{company.fix.session_id}/escalate/")
    expect(page.get_by_role("button", name="Post and escalate")).to_be_visible()


def _handoff(company: SampleCompany) -> Handoff:
    return make_handoff(company.session())


def posted_text(page: Page, company: SampleCompany) -> None:
    page.goto(f"/admin/tickets/postedtext/{_handoff(company).text_id}/change/")


def handoff(page: Page, company: SampleCompany) -> None:
    page.goto(f"/admin/tickets/handoff/{_handoff(company).pk}/change/")


def posted_texts(page: Page, company: SampleCompany) -> None:
    _handoff(company)
    page.goto("/admin/tickets/postedtext/")


def handoffs(page: Page, company: SampleCompany) -> None:
    _handoff(company)
    page.goto("/admin/tickets/handoff/")
