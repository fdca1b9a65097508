"""Every command that a page of the documentation tells somebody to type works as it stands there."""

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from docs.screenshots import SHOTS
from tests.processes.checkout import ORIGINAL, PATIENCE, Checkout

PAGES = sorted([ORIGINAL / "README.md", ORIGINAL / "bench" / "README.md", *(ORIGINAL / "docs").rglob("*.md")])
FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.DOTALL | re.MULTILINE)
LANGUAGES = {"sh", "console", "sql", "ini", "nginx", "json", "http", "mermaid", "python", "text"}
INDENTED = re.compile(r"^ {4,}(\$ |make |curl |python3? |\.venv/)", re.MULTILINE)
ELSEWHERE = ("example.com", "/etc/", "systemctl", "journalctl", "pg_restore")
"""Machines, places and programs that a test doesn't have. Only what names one may stand in a `console` block."""

MAKE = 'make() { command make --dry-run PYTHON=true IN_VENV=true "$@"; }\n'
"""What make's targets do is tested elsewhere; here, that there are such targets."""


def blocks(doc: Path, language: str) -> list[str]:
    return [body for _, found, body in FENCE.findall(doc.read_text()) if found == language]


def name_of(doc: Path) -> str:
    return doc.relative_to(ORIGINAL).as_posix()


@pytest.fixture(scope="module")
def served(prepared: Checkout) -> Iterator[Checkout]:
    """A server for all pages."""
    with prepared.started() as server:
        yield server.checkout


def run(checkout: Checkout, doc: Path) -> str:
    """All that the page's commands print, run one after the other in one shell."""
    script = MAKE + "\n".join(blocks(doc, "sh")).replace(":8000", f":{checkout.port}")
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=checkout.folder,
        env=checkout.environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr + done.stdout[-1000:]
    return done.stdout


def documents(said: str) -> list[Any]:
    """The JSON documents in it, one after the other."""
    decoder, found, position = json.JSONDecoder(), [], said.find("{")
    while position >= 0:
        document, position = decoder.raw_decode(said, position)
        found.append(document)
        position = said.find("{", position)
    return found


def _readme(said: str) -> None:
    waiting, pending, worked = documents(said[said.index('{"id"') :])
    assert (waiting["status"], waiting["pending_reason"]) == ("applied_pending", "The power cycle at lunch")
    assert waiting["id"] in [fix["id"] for fix in pending["results"]]
    assert (worked["id"], worked["status"]) == (waiting["id"], "applied_success")


def _api(said: str) -> None:
    assert "The power cycle at lunch" in said
    assert said.count('"content":"The user called again."') == 2
    assert "applied_success\n" in said
    assert '"status": "ok"' in said


SAID: dict[str, Callable[[str], None]] = {"README.md": _readme, "docs/api.md": _api}
"""Page → what its commands print, where that shows something."""


@pytest.mark.parametrize("doc", [doc for doc in PAGES if blocks(doc, "sh")], ids=name_of)
def test_the_commands_of_a_page_work_one_after_the_other(served: Checkout, doc: Path) -> None:
    said = run(served, doc)
    SAID.get(name_of(doc), bool)(said)


@pytest.mark.parametrize("doc", PAGES, ids=name_of)
def test_every_block_says_what_it_is(doc: Path) -> None:
    text = doc.read_text()
    assert {language for _, language, _ in FENCE.findall(text)} <= LANGUAGES
    assert text.count("```") == 2 * len(FENCE.findall(text))
    assert INDENTED.findall(FENCE.sub("", text)) == []


@pytest.mark.parametrize("doc", [doc for doc in PAGES if blocks(doc, "console")], ids=name_of)
def test_only_what_cannot_run_here_is_not_run(doc: Path) -> None:
    runnable = [body for body in blocks(doc, "console") if not any(word in body for word in ELSEWHERE)]
    assert runnable == []


@pytest.mark.parametrize("doc", PAGES, ids=name_of)
def test_every_link_leads_somewhere(doc: Path) -> None:
    for target, section in re.findall(r"\]\(([\w./-]*)(?:#([\w-]+))?\)", doc.read_text()):
        there = (doc.parent / target).resolve() if target else doc
        assert there.exists(), target
        if section:
            assert section in anchors(there), f"{target}#{section}"


@pytest.mark.parametrize("doc", PAGES, ids=name_of)
def test_every_picture_is_one_that_make_screenshots_takes(doc: Path) -> None:
    shown = re.findall(r'(?:src|srcset)="([^"]+)"', doc.read_text())
    taken = {(ORIGINAL / "docs" / "pictures" / f"{shot.name}.png") for shot in SHOTS}
    assert {(doc.parent / each).resolve() for each in shown} <= taken


def anchors(doc: Path) -> set[str]:
    """The addresses of its headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", FENCE.sub("", doc.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
