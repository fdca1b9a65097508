"""Axe's rules on a page as it stands, on desk and phone, light and dark; and nothing wider than any window."""

from typing import Any, Literal

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
LOOKS: tuple[tuple[ViewportSize, Literal["light", "dark"], dict[str, Any]], ...] = (
    (DESK, "light", EVERYTHING),
    (DESK, "dark", COLOURS),
    (PHONE, "dark", FITS),
)
ZOOMED: ViewportSize = {"width": 320, "height": 256}
"""What is left of a desk's window at 400 %."""
WINDOWS: tuple[ViewportSize, ...] = (ZOOMED, PHONE, {"width": 768, "height": 1024}, {"width": 2560, "height": 1440})


def check(page: Page, where: str, *, leaving: str = "") -> None:
    """Fail on the first look with violations. `leaving`: a selector of what is not ours."""
    page.evaluate(AXE_SCRIPT)
    for window, theme, rules in LOOKS:
        page.set_viewport_size(window)
        page.emulate_media(color_scheme=theme)
        found = page.evaluate(LOOK, {"leaving": [leaving] if leaving else [], **rules})
        assert found == [], f"{where}, {theme}, {window['width']} wide: {found}"
    for window in WINDOWS:
        page.set_viewport_size(window)
        assert page.evaluate(WIDER) <= 0, f"{where}: wider than a window of {window['width']}"
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="light")
