"""Measure in a real browser: the first load of a session page, and the time from a press to the painted answer.

python -m bench.browser
"""

import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

from playwright.sync_api import Page, sync_playwright

from bench.report import Measured, report, say
from bench.running_server import ENGINEER, PASSWORD, RunningServer, running_server
from tests.browser.chromium import installed, launch_arguments

FIRST_LOAD_KB = 100
REPAINT_MS = 100
PRESSES = 16
"""In each session. More presses would measure a history longer than any real one."""
STORIES = (
    "New colleague has a licence",
    "New starters at the Aldermoor branch",
    "Password resets reach the harbour office",
    "Backup NAS degraded",
)
"""Demo sessions whose fix is awaiting verification."""

WATCH = """
() => {
  window.repaints = [];
  let pressed = 0;
  document.addEventListener("click", (event) => { pressed = event.timeStamp; }, true);
  document.addEventListener("htmx:afterSwap", ({ target }) => {
    if (target.id !== "fix-banner" || !pressed) return;
    const since = pressed;
    pressed = 0;
    const painted = () => repaints.push(performance.now() - since);
    requestAnimationFrame(() => setTimeout(painted));
  });
}
"""


def main() -> int:
    with running_server() as server, _browser(server) as page:
        first_load = _first_load(page, _address(page, STORIES[0]))
        times = [milliseconds for story in STORIES for milliseconds in _repaints(page, _address(page, story))]
    p95 = statistics.quantiles(times, n=20)[-1]
    say(f"{len(times)} answers: median {statistics.median(times):.0f} ms, slowest {max(times):.0f} ms")
    return report(
        "At the browser",
        [
            Measured("first load of a session page", first_load, FIRST_LOAD_KB, "kB"),
            Measured("button to repaint, 95th percentile", round(p95), REPAINT_MS, "ms"),
        ],
    )


@contextmanager
def _browser(server: RunningServer) -> Iterator[Page]:
    """Yield a page on which the engineer is signed in, at the session list."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=launch_arguments())
        page = browser.new_page(base_url=server.url)
        page.goto("/sign-in/")
        page.get_by_label("Email").fill(ENGINEER)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/sessions/")
        yield page
        browser.close()


def _address(page: Page, story: str) -> str:
    page.goto(f"/sessions/?{urlencode({'status': 'all', 'q': story})}")
    return f"{page.get_by_role('link', name=story).get_attribute('href')}"


def _first_load(page: Page, address: str) -> float:
    """Return the kilobytes that a browser with an empty cache receives."""
    network = page.context.new_cdp_session(page)
    sizes: list[int] = []
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.goto(address, wait_until="networkidle")
    network.detach()
    return round(sum(sizes) / 1000, 1)


def _repaints(page: Page, address: str) -> list[float]:
    """Return the milliseconds from each press to the frame that shows its answer."""
    page.goto(address)
    page.evaluate(WATCH)
    for done in range(PRESSES):
        worked = done % 2 == 0
        page.locator("#fix-banner").get_by_role("button", name="It worked" if worked else "Undo").first.click()
        page.locator(f"#fix-banner[data-mode='{'success' if worked else 'pending'}']").wait_for()
    return list(page.evaluate("repaints"))


if __name__ == "__main__":
    sys.exit(main())
