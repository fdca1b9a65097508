"""Axe's rules on a page as it stands, on desk and phone, light and dark; and nothing wider than any window."""

from typing import Any, Literal

from playwright.sync_api import Page, ViewportSize

from tests.browser.conftest import DESK, PHONE

HEIGHT = "document.documentElement.scrollHeight"
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
WINDOWS: tuple[ViewportSize, ...] = (PHONE, ZOOMED, {"width": 768, "height": 1024}, {"width": 2560, "height": 1440})


def assert_accessible(page: Page, where: str, *, leaving: str = "") -> None:
    """Fail on the first look with violations. `leaving`: a selector of what is not ours."""
    page.add_script_tag(url="/static/axe/axe.min.js")
    for window, theme, rules in LOOKS:
        page.emulate_media(color_scheme=theme)
        _show_all(page, window)
        found = page.evaluate(LOOK, {"leaving": [leaving] if leaving else [], **rules})
        assert found == [], f"{where}, {theme}, {window['width']} wide: {found}"
    for window in WINDOWS:
        page.set_viewport_size(window)
        assert page.evaluate(WIDER) <= 0, f"{where}: wider than a window of {window['width']}"


def _show_all(page: Page, window: ViewportSize) -> None:
    """As wide as the window and as tall as the page: of what bars float above, nothing happens to be half covered."""
    page.set_viewport_size(window)
    if (height := page.evaluate(HEIGHT)) > window["height"]:
        page.set_viewport_size({**window, "height": height})
