"""Playbooks in the admin: an account's own ones, the shared ones, and errors beside the field."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.tests.factories import AccountFactory
from fixes.tests.admin_pages import admin_of, signed_in, superuser
from flowpilot.models import Playbook
from flowpilot.tests.playbook_folders import run_import, write

LIST = "/admin/flowpilot/playbook/"
QUESTIONS = """- id: webmail-works
  ask: Does webmail work?
  options:
    yes: [webmail works]
    no: [webmail fails]
  fits: yes
"""
WORDS = {
    "title": "Outlook keeps asking",
    "area": "Microsoft 365",
    "symptoms": "Outlook asks again\r\n\r\nOutlook fragt ständig\r\n",
    "questions": QUESTIONS.replace("\n", "\r\n"),
    "fix_title": "Clear the saved credentials",
    "description": "1. Close Outlook.",
    "verification_hint": "It opens without asking",
    "typical_wait": "10 min",
    "script_language": "powershell",
    "script": "cmdkey.exe /list",
}


@pytest.fixture
def admin(db: None) -> User:
    return admin_of(display_name="Nora")


@pytest.fixture
def browser(admin: User) -> Client:
    return signed_in(admin)


def errors(answer: Any) -> dict[str, list[str]]:
    assert answer.status_code == 200
    return dict(answer.context["adminform"].errors)


def page(playbook: Playbook) -> str:
    return f"{LIST}{playbook.pk}/change/"


def test_an_admin_adds_a_playbook_for_their_account(admin: User, browser: Client) -> None:
    assert browser.post(f"{LIST}add/", WORDS).status_code == 302

    playbook = Playbook.objects.get()
    assert playbook.account == admin.account
    assert playbook.slug == "outlook-keeps-asking"
    assert playbook.symptoms == ["Outlook asks again", "Outlook fragt ständig"]
    assert playbook.questions == [
        {
            "id": "webmail-works",
            "ask": "Does webmail work?",
            "options": {"yes": ["webmail works"], "no": ["webmail fails"]},
            "fits": "yes",
        }
    ]
    assert playbook.typical_wait == timedelta(minutes=10)
    assert (playbook.script_language, playbook.script) == ("powershell", "cmdkey.exe /list")
    assert playbook.edited_at is None


def test_two_of_one_title_have_names_of_their_own(browser: Client) -> None:
    browser.post(f"{LIST}add/", WORDS)
    browser.post(f"{LIST}add/", WORDS)
    assert set(Playbook.objects.values_list("slug", flat=True)) == {"outlook-keeps-asking", "outlook-keeps-asking-2"}


def test_the_form_shows_what_it_takes(browser: Client) -> None:
    browser.post(f"{LIST}add/", WORDS)
    playbook = Playbook.objects.get()
    form = browser.get(page(playbook)).context["adminform"].form

    shown = {name: form[name].value() for name in WORDS}

    assert shown["symptoms"] == "Outlook asks again\nOutlook fragt ständig"
    assert shown["typical_wait"] == "10 min"
    assert shown["questions"].startswith("- id: webmail-works\n  ask: Does webmail work?\n  options:\n")
    assert "    yes: [webmail works]\n" in shown["questions"]
    assert browser.post(page(playbook), shown).status_code == 302
    again = Playbook.objects.get()
    assert (again.symptoms, again.questions) == (playbook.symptoms, playbook.questions)
    assert again.typical_wait == playbook.typical_wait


def test_an_admin_edits_and_retires_their_own(browser: Client) -> None:
    browser.post(f"{LIST}add/", WORDS)
    playbook = Playbook.objects.get()

    assert browser.post(page(playbook), {**WORDS, "area": "Outlook", "retired": "on"}).status_code == 302

    playbook.refresh_from_db()
    assert (playbook.area, playbook.retired) == ("Outlook", True)
    assert list(Playbook.objects.usable_by(playbook.account_id)) == []


def test_shared_ones_are_read_by_admins_and_edited_by_superusers(browser: Client, tmp_path: Path) -> None:
    run_import(write(tmp_path))
    playbook = Playbook.objects.get()

    assert "Outlook keeps asking for the password" in browser.get(LIST).content.decode()
    read = browser.get(page(playbook)).content.decode()
    for shown in (
        "Clear the saved credentials",
        "Outlook asks again and again<br>",
        "this playbook fits yes",
        "10 min",
    ):
        assert shown in read
    assert browser.post(page(playbook), WORDS).status_code == 403
    assert signed_in(superuser()).post(page(playbook), {**WORDS, "typical_wait": "1 day"}).status_code == 302

    playbook.refresh_from_db()
    assert (playbook.typical_wait, playbook.account) == (timedelta(days=1), None)


def test_an_edit_of_an_imported_one_is_remembered_and_retiring_alone_is_none(db: None, tmp_path: Path) -> None:
    run_import(write(tmp_path))
    playbook, root = Playbook.objects.get(), signed_in(superuser())
    form = root.get(page(playbook)).context["adminform"].form
    shown = {name: form[name].value() for name in WORDS}

    root.post(page(playbook), {**shown, "retired": "on"})
    playbook.refresh_from_db()
    assert (playbook.retired, playbook.edited_at) == (True, None)

    root.post(page(playbook), {**shown, "title": "Ours"})
    playbook.refresh_from_db()
    assert playbook.edited_at is not None
    run_import(tmp_path)
    assert Playbook.objects.get().title == "Ours"


FLAWS = {
    "symptoms": {
        "": ["0 symptoms. Write 1 to 20."],
        f"fine\n\n{'x' * 201}": ["Line 3: Too long: 201 characters (limit 200)."],
        "asks\nother\nASKS": ['Line 3: "ASKS" is in this list twice. Remove one of the two.'],
    },
    "questions": {
        "- id: [": ["Line 1: This is not YAML (expected the node content, but found '<stream end>'). Put text in "
                    "quotes where it has a colon with a blank behind it, or begins with a sign such as @, *, & or %."],
        "webmail works?": ['Line 1: "webmail works?" is not a list: […].'],
        QUESTIONS.replace("  ask: Does webmail work?\n", ""): ["Line 1: [0].ask: Missing. Add it."],
        QUESTIONS.replace("fits: yes", "fits: ja"): ['Line 6: [0].fits: "ja" is not one of the options yes, no.'],
        QUESTIONS.replace("  ask", "\t ask"): ["Line 2: A tab. Indent with blanks."],
    },
    "verification_hint": {"x" * 501: ["Too long: 501 characters (limit 500)."]},
    "typical_wait": {"soon": ['"soon" is not a waiting time. Write it like 10 min, 2 h or 1 day.']},
    "script": {"": ["Write the script, or choose no language."]},
    "script_language": {"": ["Choose the language of the script."]},
    "title": {"": ["This field is required."]},
}  # fmt: skip


@pytest.mark.parametrize(("field", "value"), [(field, value) for field, values in FLAWS.items() for value in values])
def test_a_flaw_is_told_beside_its_field_and_nothing_is_written(browser: Client, field: str, value: str) -> None:
    answer = browser.post(f"{LIST}add/", {**WORDS, field: value})

    assert errors(answer) == {field: FLAWS[field][value]}
    assert answer.context["adminform"].form[field].value() == value
    assert not Playbook.objects.exists()


def test_a_question_that_means_another_one_elsewhere(browser: Client, admin: User) -> None:
    browser.post(f"{LIST}add/", WORDS)
    other = QUESTIONS.replace("Does webmail work?", "Does it?")

    refused = errors(browser.post(f"{LIST}add/", {**WORDS, "title": "Other", "questions": other}))
    assert refused == {
        "questions": [
            "“webmail-works” has another ask or other options in the playbook “Outlook keeps asking”. "
            "Make them the same, or use another id."
        ]
    }
    retired = {**WORDS, "title": "Other", "questions": other, "retired": "on"}
    assert browser.post(f"{LIST}add/", retired).status_code == 302
    brought_back = Playbook.objects.get(title="Other")
    assert "questions" in errors(browser.post(page(brought_back), {**retired, "retired": ""}))


def test_another_accounts_question_is_no_matter(browser: Client) -> None:
    browser.post(f"{LIST}add/", WORDS)
    Playbook.objects.update(account=AccountFactory.create())
    other = QUESTIONS.replace("Does webmail work?", "Does it?")
    assert browser.post(f"{LIST}add/", {**WORDS, "questions": other}).status_code == 302


def test_superusers_choose_whose_it_is(db: None) -> None:
    account, root = AccountFactory.create(), signed_in(superuser())
    root.post(f"{LIST}add/", {**WORDS, "account": account.pk})
    root.post(f"{LIST}add/", {**WORDS, "account": ""})
    assert {playbook.account for playbook in Playbook.objects.all()} == {account, None}
