"""The page about the lifecycle is made from its tables, and says so when it isn't any more."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from fixes.lifecycle import docs
from fixes.management.commands import lifecycle_docs as command

HERE = Path(settings.BASE_DIR)
PACKAGES = ("accounts", "sessions", "fixes", "resolutionflow", "tests")


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A page that may be written."""
    page = tmp_path / "lifecycle.md"
    monkeypatch.setattr(command, "PAGE", page)
    return page


def test_the_committed_page_is_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("lifecycle_docs", check=True)
    assert capsys.readouterr().out == "docs/lifecycle.md is up to date.\n"


@pytest.mark.parametrize("text", [None, "", "An older page.\n"])
def test_a_stale_page_fails_the_check_and_stays(copy: Path, text: str | None) -> None:
    if text is not None:
        copy.write_text(text)
    with pytest.raises(CommandError, match=r"Run: \.venv/bin/python manage\.py lifecycle_docs"):
        call_command("lifecycle_docs", check=True)
    assert (copy.read_text() if copy.exists() else None) == text


def test_it_is_written_and_then_up_to_date(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("lifecycle_docs")
    assert copy.read_text() == docs.PAGE.read_text()
    call_command("lifecycle_docs", check=True)
    assert capsys.readouterr().out == "docs/lifecycle.md written.\ndocs/lifecycle.md is up to date.\n"


def test_the_page_shows_all_thirty_pairs() -> None:
    cells = re.findall(r"^\| \*\*.*?\| (.*) \|$", docs.table(), re.MULTILINE)
    answers = [row.split(" | ") for row in cells]
    assert [len(row) for row in answers] == [5] * 6
    assert answers == [
        ["yes", "yes", "with notes", "with notes", "yes"],
        ["yes", "yes", "with notes, replaces", "with notes", "yes"],
        ["yes", "yes", "with notes", "with notes, replaces", "yes"],
        *[["reopen first"] * 5] * 3,
    ]


def test_the_page_shows_what_a_verdict_does_to_a_session() -> None:
    page = docs.page()
    for row in (
        "| Resolved, provisional | *Worked* recorded | Resolved, verified |",
        "| Resolved, provisional | *Didn’t work* recorded | Active |",
        "| Resolved, provisional | *Partly worked* recorded | Active |",
        "| Resolved, provisional | *Dismissed* recorded | Active |",
        "| Resolved, verified | its success undone or reopened, to *Awaiting verification* | Resolved, provisional |",
        "| Resolved, verified | its success undone or reopened, to *Suggested* | Active |",
    ):
        assert row in page


def test_every_section_that_code_cites_exists() -> None:
    cited = set()
    for package in PACKAGES:
        for file in (HERE / package).rglob("*.py"):
            found = re.findall(r"docs/(\w+)\.md(?: (§\d+(?:, §\d+)*))?", file.read_text(encoding="utf-8"))
            cited |= {(page, number) for page, numbers in found if page == "domain" for number in numbers.split(", ")}
    headings = re.findall(r"^## (\d+)\.", (HERE / "docs/domain.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert {number.removeprefix("§") for _, number in cited if number} <= set(headings)
    assert headings == [str(number) for number in range(1, 11)]
