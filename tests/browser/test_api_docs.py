"""The API's docs page draws itself under its policy, the one that is looser than the others'."""

from tests.browser.conftest import PageFor


def test_the_schema_is_drawn_and_nothing_is_blocked(page_for: PageFor) -> None:
    page = page_for()
    page.goto("/api/v1/docs")
    page.get_by_text("/api/v1/pending-fixes").first.wait_for()
    assert page.title() == "API · ResolutionFlow"
    page.locator(".opblock-summary-control").first.click()
    page.get_by_role("button", name="Try it out").first.wait_for()
