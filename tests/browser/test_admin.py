"""An admin corrects a typo and records an outcome; no page of the admin asks for more than our policy allows."""

import re
from urllib.parse import urljoin

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from accounts.models import ApiToken, Role, User
from accounts.tests.factories import UserFactory
from fixes.models import SuggestedFix
from fixes.tests.factories import make_fix
from sessions.tests.factories import SessionFactory
from tests.browser.conftest import PageFor, sign_in


@pytest.fixture
def admin(engineer: User) -> User:
    return UserFactory(account=engineer.account, display_name="Nora", role=Role.ADMIN, is_staff=True)


@pytest.fixture
def fix(engineer: User) -> SuggestedFix:
    return make_fix(SessionFactory(owner=engineer), title="Clear cahced credentials")


def test_an_admin_corrects_a_typo_and_records_an_outcome(page_for: PageFor, admin: User, fix: SuggestedFix) -> None:
    page = page_for(admin)
    page.goto("/sessions/")
    page.locator("details.menu:not(#bell) > summary").click()
    page.get_by_role("link", name="Admin").click()
    page.locator("th a", has_text="Suggested fixes").click()
    page.get_by_role("link", name="Clear cahced credentials").click()
    page.get_by_label("Title").fill("Clear cached credentials")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_role("heading", name="Clear cached credentials")).to_be_visible()

    page.get_by_label("Outcome").select_option("applied_pending")
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_text("Say what you’re waiting on.")).to_be_visible()
    page.get_by_label("Notes").fill("The power cycle at lunch.")
    page.get_by_label("Check by").select_option("1h")
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_text("Recorded: “Awaiting verification”.")).to_be_visible()
    fix.refresh_from_db()
    assert (fix.title, fix.pending_reason) == ("Clear cached credentials", "The power cycle at lunch.")


def test_words_outlive_an_expired_sign_in(page_for: PageFor, admin: User, fix: SuggestedFix) -> None:
    page = page_for(admin)
    page.goto(f"/admin/fixes/suggestedfix/{fix.pk}/change/")
    page.get_by_label("Notes").fill("The power cycle at lunch.")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page).to_have_url(re.compile("/sign-in/"))
    sign_in(page.context, admin, urljoin(page.url, "/"))
    page.goto(f"/admin/fixes/suggestedfix/{fix.pk}/change/")
    expect(page.get_by_label("Notes")).to_have_value("The power cycle at lunch.")
    page.get_by_label("Outcome").select_option("applied_pending")
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_text("Recorded: “Awaiting verification”.")).to_be_visible()
    expect(page.get_by_label("Notes")).to_have_value("")


def test_several_are_selected(page_for: PageFor, admin: User, fix: SuggestedFix) -> None:
    page = page_for(admin)
    page.goto("/admin/fixes/suggestedfix/")
    page.locator("#action-toggle").check()
    expect(page.get_by_text("1 of 1 selected")).to_be_visible()
    page.get_by_label("Action:").select_option("record_applied_success")
    page.get_by_role("button", name="Go").click()
    page.get_by_label("How was it verified?").fill("Seen by the client.")
    page.get_by_role("button", name="Record “Worked”").click()
    expect(page.get_by_text("Recorded “Worked” on 1 fix.")).to_be_visible()


def test_every_page_obeys_the_policy(page_for: PageFor, admin: User, fix: SuggestedFix) -> None:
    token, _ = ApiToken.objects.issue(admin, "nightly")
    page = page_for(admin)
    for path in (
        *("", "accounts/", f"accounts/account/{admin.account_id}/change/", "accounts/user/?q=nora"),
        *(f"accounts/user/{admin.pk}/change/", "accounts/apitoken/", f"accounts/apitoken/{token.pk}/change/"),
        *("ai_sessions/aisession/", f"ai_sessions/aisession/{fix.session_id}/change/", "fixes/scripttemplate/add/"),
        *("flowpilot/playbook/", "flowpilot/playbook/add/"),
        *("fixes/drafttemplate/", f"accounts/user/{admin.pk}/history/", "fixes/suggestedfix/bogus/change/"),
    ):
        shown(page, path)


def shown(page: Page, path: str) -> None:
    answer = page.goto(f"/admin/{path}")
    assert answer
    assert answer.status == 200
    expect(page.locator("#header")).to_be_visible()
