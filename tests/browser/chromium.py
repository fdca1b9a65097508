"""A browser for the browser tests: one that is installed, or one that can be (`python -m tests.browser.chromium`)."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
"""The first takes half the time: it is Chromium without windows."""
PACKAGES = ("chromium-headless-shell", "chromium")
"""Debian's; older releases have only the second."""
PLACES = (Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),)
QUIET = ("--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update")
"""Keep Chromium from calling home: the tests need no network, and on many machines there is none."""
THRIFTY = ("--process-per-site", "--renderer-process-limit=1", "--disable-site-isolation-trials")
"""All pages are of one site, and a process for each would cost a tenth of the time."""
HELP = (
    "The browser tests need Chromium or Chrome, and neither is installed nor can be by this user. "
    "Install one (on Debian and Ubuntu: apt-get install chromium), then run make test again."
)


def installed() -> str | None:
    """The path of an installed browser; None: perhaps Playwright has one of its own."""
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in (*found, *map(str, filter(Path.exists, PLACES))) if path), None)


def launch_arguments() -> list[str]:
    return [*QUIET, *THRIFTY, *(["--no-sandbox"] if os.geteuid() == 0 else [])]


def main() -> None:
    if not (installed() or _playwrights_own() or _install_debians() or _install_playwrights()):
        sys.exit(HELP)


def _playwrights_own() -> bool:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).exists()


def _install_debians() -> bool:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print("Installing Debian's chromium for the browser tests, once.", flush=True)
    quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}

    def apt_get(*words: str) -> bool:
        return subprocess.run(["apt-get", *words, "-qq"], env=quietly, stdout=subprocess.DEVNULL).returncode == 0

    return apt_get("update") and any(apt_get("install", "-y", "--no-install-recommends", name) for name in PACKAGES)


def _install_playwrights() -> bool:
    print("Installing Playwright's Chromium for the browser tests, once.", flush=True)
    return subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"]).returncode == 0


if __name__ == "__main__":
    main()
