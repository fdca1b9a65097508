"""The command around it: who, which files, what it says, and that it takes real data and long files."""

import io
import json
import sys
import uuid
from pathlib import Path

import pytest
from django.conf import settings

from accounts.models import User
from accounts.tests.factories import AccountFactory, UserFactory
from fixes.importing import files, lines
from fixes.importing.lines import Line
from fixes.management.commands import import_sessions
from fixes.models import FixEvent, SuggestedFix
from fixes.tests.import_files import NOTHING, rows, run_import, sound, write_lines
from sessions.models import AISession

SAMPLE = settings.BASE_DIR.parent / "shared/data/sessions.jsonl"


def test_sample_sessions_import_fully_and_are_skipped_the_second_time(importer: User) -> None:
    if not SAMPLE.exists():
        pytest.skip(f"there are no sample sessions at {SAMPLE}")
    sessions = [json.loads(line) for line in SAMPLE.read_text().splitlines()]

    first, second = run_import(SAMPLE), run_import(SAMPLE)

    assert first.out == f"{len(sessions)} imported, 0 skipped: already there with the same content\n"
    assert second.out == f"0 imported, {len(sessions)} skipped: already there with the same content\n"
    assert first.errors == second.errors == ""
    fixes = [fix for session in sessions for fix in session["fixes"]]
    acts = sum(len(fix["actions"]) for fix in fixes)
    assert SuggestedFix.objects.count() == len(fixes)
    assert FixEvent.objects.exclude(action__in=["suggest", "supersede"]).count() == acts
    assert set(FixEvent.objects.values_list("source", flat=True)) == {"import"}
    for session in sessions:
        assert AISession.objects.get(pk=session["id"]).status == session["status"]


def test_unknown_account(importer: User, export: Path) -> None:
    said = run_import(write_lines(export, sound()), account="contoso")

    assert said.refusal == "There is no account “contoso”. The accounts: northwind."


def test_no_account_at_all(db: None, export: Path) -> None:
    assert run_import(export, account="contoso").refusal == "There is no account “contoso”. The accounts: none yet."


def test_owner_nobody_knows_and_owner_of_another_account_read_alike(importer: User, export: Path) -> None:
    UserFactory.create(email="else@example.com", account=AccountFactory.create(slug="fabrikam"))

    for email in ("nobody@example.com", "else@example.com"):
        said = run_import(write_lines(export, sound()), owner=email)
        assert said.refusal == f"Nobody in the account “northwind” has the email address “{email}”."
    assert rows() == NOTHING


def test_owner_who_may_only_read_or_not_even_that(importer: User, export: Path) -> None:
    UserFactory.create(email="viewer@example.com", account=importer.account, role="viewer")
    UserFactory.create(email="gone@example.com", account=importer.account, is_active=False)

    viewer = run_import(write_lines(export, sound()), owner="viewer@example.com")
    gone = run_import(export, owner="gone@example.com")

    assert viewer.refusal == (
        "viewer@example.com has read-only access. The owner must be an engineer or admin of “northwind”."
    )
    assert gone.refusal == ("gone@example.com is deactivated. The owner must be an engineer or admin of “northwind”.")


def test_owner_in_any_case_and_an_admin(importer: User, export: Path) -> None:
    admin = UserFactory.create(email="admin@example.com", account=importer.account, role="admin")

    run_import(write_lines(export, sound()), owner="Admin@Example.com")

    assert AISession.objects.get().owner == admin


def test_short_files_show_no_progress(importer: User, export: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run_import(write_lines(export, sound()))

    assert capfd.readouterr() == ("", "")


def test_long_files_show_progress_on_a_terminal(importer: User, export: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(import_sessions, "QUIET_SECONDS", 0)

    run_import(write_lines(export, sound()))

    assert "export.jsonl: 100%" in terminal.getvalue()


def test_stopping_it_changes_nothing(importer: User, export: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(line: Line, owner: User, result: files.FileResult) -> None:
        take(line, owner, result)
        raise KeyboardInterrupt

    take = files._import_line
    monkeypatch.setattr(files, "_import_line", stop)

    assert run_import(write_lines(export, sound())).refusal == f"Stopped. Nothing of {export} was written."
    assert rows() == NOTHING


def test_lines_are_read_one_at_a_time(export: Path) -> None:
    export.write_text("".join(json.dumps(sound(id=str(uuid.uuid4()))) + "\n" for _ in range(1_000)))

    with export.open("rb") as file:
        reading = lines.read(file)
        first = next(reading)
        assert (first.number, first.size) == (1, file.tell())
        assert len(list(reading)) == 999
