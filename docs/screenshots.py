"""Takes the pictures of README and docs/ from the demo: `make screenshots`.

Each SHOT is one picture, docs/pictures/<name>.png. Times in them are as old as the demo's stories say, so that two
runs give the same pictures but for the clock.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from bench.report import say
from bench.running_server import ADMIN, ENGINEER, PASSWORD, SENIOR, RunningServer, running_server
from tests.browser.chromium import installed, launch_arguments

PICTURES = Path(__file__).parent / "pictures"
DESK = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 390, "height": 780}, "device_scale_factor": 2, "has_touch": True, "is_mobile": True}
DARK = {"color_scheme": "dark"}

SESSIONS = {
    "proposed": "Outlook asks for the password again and again",
    "verifying": "Print spooler on WGT-PRN02 stops every few minutes",
    "nudge": "Spreadsheets on the share take a minute to open",
    "ai-confirming": "Boardroom: remote people hear an echo",
    "pending": "New starters at the Aldermoor branch can't sign in",
    "partial": "Booking page is blank",
    "success": "Sign-ins fail since the power cut: clocks differ",
    "failed": "Mailbox keeps sending phishing after the password was changed",
    "dismissed": "Meeting room display flickers in the afternoon",
}
"""Mode → the demo's session whose banner is in it."""


def session(mode: str) -> Callable[[Page], None]:
    def open_it(page: Page) -> None:
        page.goto("/sessions/?status=all")
        while not (link := page.get_by_role("link", name=SESSIONS[mode])).count():
            page.get_by_role("link", name="Older").click()
        link.first.click()
        page.locator(f"#fix-banner[data-mode='{mode.replace('-', '_')}']").wait_for()

    return open_it


PROBLEM = "Ines at Pemberlow, outlook wants her password every 30 sec since this morning. owa fine, phone fine"


def asked(page: Page, *messages: str) -> None:
    """Start the README's session, and write to FlowPilot."""
    page.goto("/sessions/new/")
    page.get_by_label("Title").fill("Outlook asks for the password again and again")
    page.get_by_label("Client").fill("Pemberlow Architects")
    page.get_by_role("button", name="Start session").click()
    for number, message in enumerate(messages, 1):
        page.get_by_role("textbox", name="Message").fill(message)
        page.get_by_role("button", name="Send").click()
        page.locator(f"#message-{2 * number}").wait_for()


def copilot_question(page: Page) -> None:
    asked(page, PROBLEM)


def copilot_proposal(page: Page) -> None:
    asked(page, PROBLEM, "AzureAdPrt : NO")
    page.locator("#fix-banner .why-head").click()


def copilot_confirming(page: Page) -> None:
    asked(page, PROBLEM, "AzureAdPrt : NO")
    page.get_by_role("button", name="Mark as applied").click()
    page.locator("#fix-banner[data-mode=verifying]").wait_for()
    page.get_by_role("textbox", name="Message").fill("have to wait for the reboot, she restarts at 9am tomorrow")
    page.get_by_role("button", name="Send").click()
    page.locator("#fix-banner[data-mode=ai_confirming]").wait_for()


def resolve(page: Page) -> None:
    copilot_confirming(page)
    page.get_by_role("button", name="Confirm").click()
    page.locator("#fix-banner[data-mode=pending]").wait_for()
    page.get_by_role("link", name="Resolve…").first.click()
    page.get_by_label("What was the cause?").fill("The sign-in broker was not registered in her Windows profile.")
    page.locator("#text", has_text="not registered in her Windows profile").wait_for()


def addendum(page: Page) -> None:
    resolve(page)
    page.get_by_role("button", name="Post and resolve").click()
    page.locator("#fix-banner").get_by_role("button", name="It worked").click()
    page.get_by_role("button", name="Post addendum").wait_for()


def escalate(page: Page) -> None:
    session("pending")(page)
    page.get_by_role("link", name="Escalate…").first.click()
    page.get_by_role("button", name="Post and escalate").wait_for()


def escalations(page: Page) -> None:
    page.goto("/escalations/")


def pickup(page: Page) -> None:
    """Claim an escalation, or open it where an earlier picture has claimed it."""
    escalations(page)
    row = page.locator(".row-queue", has_text="Restores from KFT-NAS02")
    row.locator(".row-does").locator("a, button").click()
    page.get_by_role("link", name="Continue where Tomasz left off").wait_for()


def bell(page: Page) -> None:
    page.locator(".bell > summary").click()
    page.locator(".notices-list").first.wait_for()


def calibration(page: Page) -> None:
    page.goto("/insights/calibration/")


def board(page: Page) -> None:
    page.goto("/pending/")


def board_answering(page: Page) -> None:
    board(page)
    page.get_by_role("link", name="Record outcome").first.click()
    page.locator(".banner").first.wait_for()


def asking(page: Page) -> None:
    session("verifying")(page)
    page.locator("#fix-banner .menu > summary").click()
    page.get_by_role("link", name="Waiting to verify…").click()
    page.get_by_label("What are you waiting on?").fill("The client restarts the print server at lunch")


def people(page: Page) -> None:
    page.goto("/people/")


def admin_fix(page: Page) -> None:
    page.goto("/admin/fixes/suggestedfix/?q=licence")
    page.locator("#result_list th a").first.click()


@dataclass(frozen=True)
class Shot:
    name: str
    show: Callable[[Page], None]
    window: dict[str, Any] = field(default_factory=lambda: DESK)
    who: str = ENGINEER


SHOTS = (
    *(Shot(f"session-{mode}", session(mode)) for mode in SESSIONS),
    Shot("session-asking", asking),
    Shot("session-dark", session("pending"), DESK | DARK),
    Shot("session-phone", session("pending"), PHONE),
    Shot("session-phone-dark", session("pending"), PHONE | DARK),
    Shot("copilot-question", copilot_question),
    Shot("copilot-proposal", copilot_proposal),
    Shot("copilot-proposal-dark", copilot_proposal, DESK | DARK),
    Shot("copilot-proposal-phone", copilot_proposal, PHONE),
    Shot("copilot-confirming", copilot_confirming),
    Shot("resolve", resolve),
    Shot("resolve-dark", resolve, DESK | DARK),
    Shot("resolve-phone", resolve, PHONE),
    Shot("addendum", addendum),
    Shot("escalate", escalate),
    Shot("bell", bell),
    Shot("escalations", escalations, who=SENIOR),
    Shot("escalations-phone", escalations, PHONE, SENIOR),
    Shot("pickup", pickup, who=SENIOR),
    Shot("pickup-dark", pickup, DESK | DARK, SENIOR),
    Shot("calibration", calibration),
    Shot("board", board),
    Shot("board-dark", board, DESK | DARK),
    Shot("board-answering", board_answering),
    Shot("board-phone", board, PHONE),
    Shot("people", people, who=ADMIN),
    Shot("admin", admin_fix, who=ADMIN),
    Shot("admin-dark", admin_fix, DESK | DARK, ADMIN),
)


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    with running_server() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=launch_arguments())
        for shot in SHOTS:
            take(browser, server, shot)
        browser.close()


def take(browser: Browser, server: RunningServer, shot: Shot) -> None:
    page = browser.new_page(base_url=server.url, reduced_motion="reduce", locale="en-GB", **shot.window)
    page.goto("/sign-in/")
    page.get_by_label("Email").fill(shot.who)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/sessions/")
    shot.show(page)
    file = PICTURES / f"{shot.name}.png"
    page.screenshot(path=file)
    page.context.close()
    Image.open(file).convert("RGB").save(file, optimize=True)  # fewer colours would lose the palest greys
    say(f"{file.name}  {file.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
