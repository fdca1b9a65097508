"""Axe's rules on a page as it stands: two windows, light and dark; and nothing wider than any window."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, ViewportSize

from tests.browser.conftest import DESK, PHONE

LOOK = """async ({ leaving, ...options }) => {
  const { violations } = await axe.run({ exclude: leaving }, options);
  return violations.map(({ id, nodes }) => [id, nodes[0].html]);
}"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
EVERYTHING = {"resultTypes": ["violations"], "preload": False}
"""Without reading the style sheets once more, for a rule on turned phones: the policy would complain of that."""
COLOURS = {**EVERYTHING, "runOnly": ["color-contrast", "link-in-text-block"]}
"""The only rules that ask for colours."""
FITS = {**EVERYTHING, "runOnly": ["color-contrast", "scrollable-region-focusable", "target-size", "meta-viewport"]}
"""Only these may turn out otherwise in another window: the elements and their names are the same."""
ZOOMED: ViewportSize = {"width": 320, "height": 256}
"""What is left of a desk's window at 400 %."""
OTHERS: tuple[ViewportSize, ...] = (ZOOMED, {"width": 768, "height": 1024}, {"width": 2560, "height": 1440})


def check(page: Page, where: str, *, leaving: str = "") -> None:
    """Fail on the first window with violations. `leaving`: a selector of what is not ours."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE_SCRIPT)
    out = {"leaving": [leaving] if leaving else []}
    for window, rules in ((PHONE, EVERYTHING), (DESK, FITS)):
        page.set_viewport_size(window)
        found = page.evaluate(LOOK, out | rules)
        page.emulate_media(color_scheme="dark")
        found += page.evaluate(LOOK, out | COLOURS)
        page.emulate_media(color_scheme="light")
        assert found == [], f"{where}, {window['width']} wide: {found}"
        fits(page, where)
    for window in OTHERS:
        page.set_viewport_size(window)
        fits(page, where)
    page.set_viewport_size(DESK)


def fits(page: Page, where: str) -> None:
    assert page.evaluate(WIDER) <= 0, f"{where}: wider than its window ({page.viewport_size})"
