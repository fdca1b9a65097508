"""Screens of escalations: the queue, and the session page of a handoff."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from accounts.tests.factories import UserFactory
from fixes.lifecycle import By
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.factories import make_fix
from fixes.transitions import Source, Status
from sessions.models import AISession
from sessions.tests.factories import SessionFactory
from tests.browser.sample_company import A_LOT, RIGHT_TO_LEFT, UNBROKEN, SampleCompany
from tests.browser.session_page import open_session
from tickets.models import Handoff
from tickets.tests.factories import act, make_handoff

HOUR = timedelta(hours=1)


def colleague(company: SampleCompany) -> User:
    return UserFactory.create(account=company.engineer.account, display_name="Jonas " + "x" * 60)


def overdue(session: AISession) -> SuggestedFix:
    began = timezone.now() - 3 * HOUR
    fix, by = make_fix(session, applied=True), By(session.owner, Source.BANNER, began)
    return lifecycle.record(fix.pk, Status.PENDING, by, notes="The scrub.", follow_up_at=began + HOUR)


def queue(page: Page, company: SampleCompany) -> Handoff:
    """A row of every kind, with words as hard on a page as words can be."""
    now, jonas = timezone.now(), colleague(company)
    hard = SessionFactory.create(owner=jonas, title=UNBROKEN, client_name=UNBROKEN, ticket_ref="T" * 50)
    overdue(hard)
    first = make_handoff(hard, at=now - 90 * HOUR, question=A_LOT)
    make_handoff(SessionFactory.create(owner=jonas, title=RIGHT_TO_LEFT), target=company.engineer)
    make_handoff(SessionFactory.create(owner=jonas), target=company.admin, question=RIGHT_TO_LEFT)
    make_handoff(company.session(), at=now - HOUR)
    act("claim", make_handoff(company.session(), at=now - HOUR), jonas)
    returned = act("claim", make_handoff(SessionFactory.create(owner=jonas), at=now - HOUR), company.engineer)
    act("give_back", returned, company.engineer, A_LOT)
    page.goto("/escalations/")
    expect(page.get_by_role("heading", name="Returned")).to_be_visible()
    return first


def claimed_by_another(page: Page, company: SampleCompany) -> None:
    handoff = queue(page, company)
    act("claim", handoff, company.admin)
    page.locator(f"#claim-{handoff.pk}").click()
    expect(page.get_by_text("Nora claimed this")).to_be_visible()


def escalated(page: Page, company: SampleCompany) -> None:
    session = company.session()
    make_handoff(session, target=colleague(company))
    open_session(page, session)
    expect(page.get_by_text("the session is still yours")).to_be_visible()


def to_be_claimed(page: Page, company: SampleCompany) -> None:
    session = SessionFactory.create(owner=colleague(company))
    make_handoff(session, target=company.engineer)
    open_session(page, session)
    expect(page.get_by_role("button", name="Claim")).to_be_visible()


def picked_up(page: Page, company: SampleCompany) -> Handoff:
    session = SessionFactory.create(owner=colleague(company))
    make_fix(session, Status.PENDING)
    handoff = act("claim", make_handoff(session, question=f"{A_LOT} {UNBROKEN}"), company.engineer)
    open_session(page, session)
    page.locator(".package-fold > summary").click()
    expect(page.get_by_role("heading", name="What we’ve tried")).to_be_visible()
    return handoff


def asking(page: Page, company: SampleCompany) -> None:
    handoff = picked_up(page, company)
    act("ask", handoff, company.engineer, UNBROKEN)
    page.get_by_text("Ask Jonas…").click()
    expect(page.get_by_label("What do you want to ask?")).to_be_visible()


def refused_return(page: Page, company: SampleCompany) -> None:
    picked_up(page, company)
    page.get_by_text("Return…").click()
    page.get_by_label("Why are you returning it").fill("\u200b")
    page.get_by_role("button", name="Return to Jonas").click()
    expect(page.locator("#return-error")).to_be_visible()


def rating(page: Page, company: SampleCompany) -> None:
    handoff = picked_up(page, company)
    act("rate", handoff, company.engineer, was_enough=False, missing=["access"], notes=UNBROKEN)
    page.reload()
    page.locator(".rating summary").click()
    expect(page.get_by_label("Access")).to_be_checked()
