"""A folder of playbooks: what the command imports, says and refuses, and what a second import changes."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from accounts.tests.factories import AccountFactory
from flowpilot.models import Playbook
from flowpilot.playbook_files import shipped
from flowpilot.tests.playbook_folders import SOUND, damaged, run_import, write

pytestmark = pytest.mark.django_db

OTHER = damaged("title: Outlook keeps asking for the password", "title: Another one")


def rows() -> list[dict[str, Any]]:
    return list(Playbook.objects.order_by("slug").values())


def test_the_shared_playbooks(tmp_path: Path) -> None:
    said = run_import(write(tmp_path))

    assert said.out == "1 new, 0 changed, 0 unchanged\n"
    assert (said.errors, said.refusal) == ([], "")
    playbook = Playbook.objects.get()
    assert playbook.account is None
    assert (playbook.slug, playbook.title) == ("outlook", "Outlook keeps asking for the password")
    assert playbook.fix_title == "Clear the saved credentials"
    assert playbook.typical_wait == timedelta(minutes=10)
    assert playbook.questions[0]["fits"] == "yes"
    assert playbook.script == "cmdkey.exe /list\n"
    assert not playbook.retired


def test_those_of_an_account(tmp_path: Path) -> None:
    account = AccountFactory.create(slug="northwind")

    assert run_import(write(tmp_path), "--account", "northwind").out == "1 new, 0 changed, 0 unchanged\n"
    assert run_import(tmp_path).out == "1 new, 0 changed, 0 unchanged\n"
    assert {row["account_id"] for row in rows()} == {account.pk, None}


def test_a_second_import_changes_nothing(tmp_path: Path) -> None:
    write(write(tmp_path), "other.md", OTHER)
    run_import(tmp_path)
    before = rows()

    assert run_import(tmp_path).out == "0 new, 0 changed, 2 unchanged\n"
    assert rows() == before


def test_a_changed_file_changes_its_playbook_and_no_other(tmp_path: Path) -> None:
    write(write(tmp_path), "other.md", OTHER)
    run_import(tmp_path)
    before = {row["slug"]: row for row in rows()}

    write(tmp_path, "mail/outlook.md", damaged("10 min", "2 h"))

    assert run_import(tmp_path).out == "0 new, 1 changed, 1 unchanged\n"
    after = {row["slug"]: row for row in rows()}
    assert after["other"] == before["other"]
    assert after["outlook"]["id"] == before["outlook"]["id"]
    assert after["outlook"]["typical_wait"] == timedelta(hours=2)
    assert after["outlook"]["updated_at"] > before["outlook"]["updated_at"]


def test_a_file_that_moved_to_another_folder_is_the_same_playbook(tmp_path: Path) -> None:
    run_import(write(tmp_path))
    (tmp_path / "mail/outlook.md").rename(tmp_path / "outlook.md")
    assert run_import(tmp_path).out == "0 new, 0 changed, 1 unchanged\n"


def test_a_retired_playbook_stays_retired(tmp_path: Path) -> None:
    run_import(write(tmp_path))
    Playbook.objects.update(retired=True)

    assert run_import(tmp_path).out == "0 new, 0 changed, 1 unchanged\n"
    run_import(write(tmp_path, text=damaged("10 min", "1 day")))

    playbook = Playbook.objects.get()
    assert (playbook.retired, playbook.typical_wait) == (True, timedelta(days=1))


def test_what_was_edited_in_the_admin_is_kept(tmp_path: Path) -> None:
    run_import(write(tmp_path))
    Playbook.objects.update(title="Ours", edited_at=timezone.now())

    said = run_import(tmp_path)

    assert said.out == (
        "0 new, 0 changed, 0 unchanged\nKept as it was edited in the admin: Ours (--replace-edited takes the file)\n"
    )
    assert Playbook.objects.get().title == "Ours"
    assert run_import(tmp_path, "--replace-edited").out == "0 new, 1 changed, 0 unchanged\n"
    playbook = Playbook.objects.get()
    assert (playbook.title, playbook.edited_at) == ("Outlook keeps asking for the password", None)


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    run_import(write(write(tmp_path), "other.md", OTHER))
    (tmp_path / "other.md").unlink()

    assert run_import(tmp_path).out == (
        "0 new, 0 changed, 1 unchanged\n"
        "Not in the folder any more, still in use: Another one (retire it in the admin)\n"
    )


def test_one_flaw_in_one_file_and_nothing_is_imported(tmp_path: Path) -> None:
    write(tmp_path)
    write(tmp_path, "b.md", damaged("10 min", "soon"))
    write(tmp_path, "c/picture.md", b"\x89PNG\r\n\x1a\n\x00")

    said = run_import(tmp_path)

    assert said.errors == [
        'b.md:16: typical_wait: "soon" is not a waiting time. Write it like 10 min, 2 h or 1 day.',
        "c/picture.md:1: This is not text in UTF-8. Save the file as UTF-8, or remove it from the folder.",
    ]
    assert said.refusal == "2 problems. Nothing was imported."
    assert rows() == []


def test_a_question_that_is_another_one_in_another_file(tmp_path: Path) -> None:
    write(write(tmp_path, "a.md"), "b.md", damaged("ask: Does webmail work?", "ask: Does it work in webmail?"))

    said = run_import(tmp_path)

    assert said.errors == [
        "b.md:8: questions[0]: “webmail-works” has another ask or other options in a.md:8. "
        "Make them the same, or use another id."
    ]
    assert said.refusal == "1 problem. Nothing was imported."


def test_other_phrases_make_another_question_but_not_their_order(tmp_path: Path) -> None:
    write(write(tmp_path, "a.md"), "b.md", damaged("[webmail works, owa is fine]", "[owa is fine, webmail works]"))
    assert run_import(tmp_path).errors == []
    write(tmp_path, "c.md", damaged("[webmail fails]", "[webmail fails, broken]"))
    assert len(run_import(tmp_path).errors) == 1


def test_a_question_that_a_shared_playbook_asks_otherwise(tmp_path: Path) -> None:
    AccountFactory.create(slug="northwind")
    run_import(write(tmp_path / "shared"))
    own = write(tmp_path / "own", "mine.md", damaged("ask: Does webmail work?", "ask: OWA?"))

    assert run_import(own, "--account", "northwind").errors == [
        "mine.md:8: questions[0]: “webmail-works” has another ask or other options in the playbook "
        "“Outlook keeps asking for the password”. Make them the same, or use another id."
    ]
    Playbook.objects.update(retired=True)
    assert run_import(own, "--account", "northwind").out == "1 new, 0 changed, 0 unchanged\n"


def test_a_question_may_change_in_all_files_at_once(tmp_path: Path) -> None:
    run_import(write(write(tmp_path, "a.md"), "b.md"))
    changed = damaged("ask: Does webmail work?", "ask: OWA?")
    write(write(tmp_path, "a.md", changed), "b.md", changed)
    assert run_import(tmp_path).out == "0 new, 2 changed, 0 unchanged\n"


def test_names_of_files(tmp_path: Path) -> None:
    write(write(write(tmp_path), "old/outlook.md"), "Zwei Wörter.md")
    write(write(write(tmp_path, "README.md", "# About"), ".hidden.md", "x"), "notes.txt", "x")

    assert run_import(tmp_path).errors == [
        "Zwei Wörter.md: This name can't be used. Name the file with a–z, 0–9 and hyphens, at most 100.",
        "old/outlook.md: mail/outlook.md has the same name. Rename one of the two, also in another folder.",
    ]


def test_folders_that_have_no_playbooks(tmp_path: Path) -> None:
    assert run_import(tmp_path).errors == [f"{tmp_path}: No playbooks here. They are files whose names end in .md."]
    assert run_import(tmp_path / "none").errors == [
        f"{tmp_path}/none: There is no such folder. Name the folder that has the playbooks."
    ]
    file = write(tmp_path) / "mail/outlook.md"
    assert run_import(file).errors == [f"{file}: This is not a folder. Name the folder that has the playbooks."]


def test_accounts_that_are_not_there(tmp_path: Path) -> None:
    AccountFactory.create(slug="northwind")
    assert run_import(write(tmp_path), "--account", "contoso").refusal == (
        "There is no account “contoso”. The accounts: northwind."
    )
    assert run_import("--account", "northwind").refusal == "Name the folder with the playbooks of the account."


def test_the_check_at_the_start_sees_a_new_and_a_changed_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(shipped, "SHIPPED", write(tmp_path))
    assert shipped.has_changed()
    run_import(tmp_path)
    with django_assert_num_queries(1):
        assert not shipped.has_changed()
    write(tmp_path, text=SOUND + "\n")
    assert shipped.has_changed()
    assert run_import(tmp_path).out == "0 new, 0 changed, 1 unchanged\n"
    assert not shipped.has_changed()
