"""What the pages owe to people who asked for something: calm, own colours, contrast, paper, larger text."""

from typing import Any

from playwright.sync_api import Page, expect

from accounts.models import Role, User
from accounts.tests.factories import UserFactory
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from sessions.models import AISession, Author
from sessions.tests import acts
from tests.browser.axe import ZOOMED
from tests.browser.conftest import PageFor
from tests.browser.sample_company import A_LOT, HOUR, waiting
from tests.browser.session_page import open_fix

MOVING = """() => [...document.querySelectorAll("*")].filter((element) => ["", "::before", "::after"].some((part) => {
  const { animationName, transitionDuration } = getComputedStyle(element, part || null);
  return animationName !== "none" || transitionDuration.split(", ").some((each) => parseFloat(each) > 0);
})).map((element) => element.outerHTML.slice(0, 120))"""
COLOURS = (
    """element => [getComputedStyle(element, "::before").backgroundColor, getComputedStyle(element).backgroundColor]"""
)
SHOWN = "selector => [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility()).length"
CONTROLS = ".topbar, .composer, .actions, .bulk, .toolbar, .tabs, .pick, .row-answers, button, textarea, select"


def test_nothing_moves_for_whoever_asked_for_calm(page_for: PageFor, session: AISession) -> None:
    page = page_for(UserFactory(account=session.account, role=Role.ADMIN, is_staff=True))
    open_fix(page, make_fix(session, applied=True))
    page.locator(".button-primary").first.evaluate("button => button.ariaBusy = 'true'")
    assert page.evaluate(MOVING) == []
    for path in ("/pending/", "/admin/fixes/suggestedfix/"):
        page.goto(path)
        assert page.evaluate(MOVING) == []


def test_with_the_systems_own_colours_a_banner_keeps_its_edge_and_the_overdue_their_frame(
    page: Page, engineer: User
) -> None:
    fix = waiting(engineer, "Reset the profile", -HOUR)
    page.emulate_media(forced_colors="active")
    edge, surface = open_fix(page, fix).evaluate(COLOURS)
    assert edge != surface
    page.goto("/pending/")
    expect(page.locator(".pill-loud").first).to_have_css("border-top-style", "solid")
    expect(page.locator(".pill-loud").first).to_have_css("border-top-width", "1px")


def test_more_contrast_leaves_no_muted_text(page: Page, session: AISession) -> None:
    open_fix(page, make_fix(session, Status.PENDING))
    muted, normal = page.locator(".session-head .meta"), page.locator("body")
    assert colour(muted) != colour(normal)
    page.emulate_media(contrast="more")
    assert colour(muted) == colour(normal)


def colour(found: Any) -> str:
    return str(found.evaluate("element => getComputedStyle(element).color"))


def test_on_paper_a_session_is_light_and_whole_and_has_no_controls(page: Page, engineer: User) -> None:
    fix = waiting(engineer, "Reset the profile", -HOUR, reason=A_LOT)
    acts.post(fix.session_id, Author.ENGINEER, "The last word.", user=engineer)
    open_fix(page, fix)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(SHOWN, CONTROLS) == 0
    expect(page.locator("body")).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    for part, words in {"#thread": "The last word.", "#lane": "Attempts", "#fix-banner": "Reason"}.items():
        expect(page.locator(part).get_by_text(words).locator("visible=true").first).to_be_visible()
    hidden = page.locator(".bounded").evaluate_all("found => found.map(each => each.scrollHeight - each.clientHeight)")
    assert max(hidden) <= 0


DOTS = """() => [...document.querySelectorAll(".event")].map((event) => {
  const text = event.querySelector("p").getBoundingClientRect();
  return [...event.querySelectorAll(".at")].map((each) => {
    const { left } = each.getBoundingClientRect(), dot = getComputedStyle(each, "::before");
    const middle = left + parseFloat(dot.left) + parseFloat(dot.width) / 2;
    return { starts: left - text.left < 1, shown: middle > text.left - 4 };
  });
}).flat()"""


def test_no_line_of_an_event_begins_with_a_dot(page: Page, engineer: User) -> None:
    fix = waiting(engineer, "Reset the profile", -HOUR, reason="The reboot. " * 4)
    seen = []
    for width in range(320, 480, 8):
        page.set_viewport_size({"width": width, "height": 700})
        open_fix(page, fix)
        expect(page.locator(".event .at").first).to_be_attached()
        seen += page.evaluate(DOTS)
    assert {each["starts"] for each in seen} == {True, False}
    assert [each for each in seen if each["starts"] == each["shown"]] == []


def test_on_paper_the_board_is_a_list(page: Page, engineer: User) -> None:
    waiting(engineer, "Reset the profile", -HOUR)
    page.goto("/pending/")
    page.emulate_media(media="print")
    assert page.evaluate(SHOWN, CONTROLS) == 0
    expect(page.get_by_text("Reset the profile").first).to_be_visible()


def test_at_400_percent_nothing_stands_in_front_of_what_is_read(page: Page, session: AISession) -> None:
    page.set_viewport_size(ZOOMED)
    open_fix(page, make_fix(session, Status.PENDING))
    for part in (".topbar", ".session-head", ".dock"):
        expect(page.locator(part)).to_have_css("position", "static")
    page.goto("/pending/")
    page.locator(".pick[type=checkbox]").first.check()
    expect(page.locator(".bulk")).to_have_css("position", "static")


def test_an_answer_on_the_board_is_announced(page: Page, engineer: User) -> None:
    waiting(engineer, "Reset the profile", -HOUR)
    page.goto("/pending/")
    page.get_by_role("link", name="Record outcome").click()
    page.get_by_role("button", name="It worked").click()
    expect(page.locator("#announcer")).to_have_text("Recorded: worked.")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#announcer")).to_have_text("Undone.")
    expect(page.locator("#announcer")).to_have_text("1 waiting, 1 overdue.")
