"""Retrieval finds what worked, for the account that it worked for, and for whoever may use the library."""

import time
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection

from accounts.tests.factories import AccountFactory
from fixes.lifecycle import By
from fixes.models import ScriptTemplate
from fixes.tests import lifecycle
from fixes.tests.factories import make_fix
from fixes.transitions import Source, Status
from flowpilot import retrieval
from flowpilot.models import Case, CaseKind
from flowpilot.tests.factories import make_playbook
from sessions.models import AISession, Author
from sessions.tests import acts
from sessions.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db


def found(session: AISession, said: str) -> list:
    return [hit.id for hit in retrieval.find(session.account_id, said)]


def test_a_fix_that_worked_is_found_by_its_session() -> None:
    session = SessionFactory.create(title="Outlook asks for the password", problem_summary="Error 0x80090016 on HP-22")
    acts.post(session.pk, Author.ENGINEER, "the tpm was replaced yesterday", user=session.owner)
    fix = make_fix(session, Status.SUCCESS)
    for said in ("outlook wants passwords", "0x80090016", "hp-22", "TPM replaced"):
        assert found(session, said) == [fix.pk]


def test_what_was_said_after_the_suggestion_does_not_find_it() -> None:
    session = SessionFactory.create(title="Outlook asks for the password")
    fix = make_fix(session, applied=True)
    acts.post(session.pk, Author.ENGINEER, "by the way, the scanner is broken", user=session.owner)
    lifecycle.record(fix.pk, Status.SUCCESS, By(session.owner, Source.BANNER))
    assert found(session, "scanner broken") == []


@pytest.mark.parametrize("status", [Status.PROPOSED, Status.FAILED, Status.PENDING, Status.DISMISSED])
def test_a_fix_that_did_not_work_is_not_found(status: Status) -> None:
    session = SessionFactory.create(title="Outlook asks for the password")
    make_fix(session, status)
    assert found(session, "outlook password") == []


def test_a_reopened_verdict_is_not_found_any_longer() -> None:
    session = SessionFactory.create(title="Outlook asks for the password")
    fix = make_fix(session, Status.SUCCESS)
    lifecycle.reopen(fix.pk, By(session.owner, Source.BANNER))
    assert found(session, "outlook password") == []
    assert not Case.objects.exists()


def test_a_corrected_problem_is_found_by_its_new_words() -> None:
    session = SessionFactory.create(title="Outlook asks")
    fix = make_fix(session, Status.SUCCESS)
    AISession.objects.filter(pk=session.pk).update(title="Thunderbird asks")
    assert found(session, "thunderbird") == [fix.pk]
    assert found(session, "outlook") == []


def test_another_account_finds_nothing_of_it() -> None:
    session = SessionFactory.create(title="Outlook asks for the password")
    make_fix(session, Status.SUCCESS)
    ScriptTemplate.objects.create(account=session.account, name="Outlook password", body="x")
    make_playbook("own", "Outlook asks", "Password", account=session.account)
    other = SessionFactory.create(account__slug="other")
    assert found(other, "outlook password") == []
    assert len(found(session, "outlook password")) == 3


def test_accounts_whose_ids_begin_alike_stay_apart() -> None:
    session = SessionFactory.create(title="Outlook asks for the password")
    make_fix(session, Status.SUCCESS)
    alike = AccountFactory.create(pk=str(session.account_id)[:8] + str(uuid4())[8:])
    shelf = "f" + str(alike.pk)[:4] + ":"
    assert retrieval.find(alike.pk, "outlook") == []
    assert _searched("few", "outlook", alike.pk, shelf) == _searched("many", "outlook", alike.pk, shelf) == []


def test_shared_playbooks_and_templates_are_found_by_all_until_they_are_retired() -> None:
    session = SessionFactory.create()
    playbook = make_playbook("spooler", "Printer stays offline", "Restart the spooler", "Drucker ist offline")
    template = ScriptTemplate.objects.create(name="Restart spooler", description="For printers", body="x")
    assert set(found(session, "der Drucker ist offline")) == {playbook.pk}
    assert set(found(session, "printers")) == {playbook.pk, template.pk}
    playbook.retired = template.retired = True
    playbook.save()
    template.save()
    assert found(session, "printers") == []


def test_the_case_with_the_rarer_words_comes_first() -> None:
    session = SessionFactory.create()
    make_playbook("a", "Outlook is slow", "Compact the OST", "Outlook hangs when it starts")
    right = make_playbook("b", "Outlook is slow with add-ins", "Disable the add-in", "Outlook hangs, iManage add-in")
    make_playbook("c", "Outlook asks for the password", "Clear credentials")
    hits = retrieval.find(session.account_id, "outlook hangs, imanage")
    assert hits[0].id == right.pk
    assert hits[0].weight > hits[1].weight


@pytest.mark.parametrize(
    "code", ["0x80090016", r"\\srv-file01\share$\x", r"C:\Temp\a.txt", "SRV-EXCH-01", "AADSTS50126", "kb5034441"]
)
def test_codes_hosts_and_paths_are_words_of_their_own(code: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT lexemes FROM flowpilot_terms(%s)", [f"it says ({code}): see “{code}”."])
        assert any(code.lower() in lexemes for (lexemes,) in cursor)


@pytest.mark.parametrize(
    ("stored", "asked"),
    [
        ("printers", "printer"),
        ("Der Drucker druckt nicht", "drucken"),
        ("Benutzer können sich nicht anmelden", "anmeldung benutzern"),
        ("für drückende Fälle", "drueckende faelle"),
        ("Straße", "strasse"),
        ("error 0x80090016", "80090016"),
        ("error 80090016", "0x80090016"),
        ("ＡＤＦＳ", "adfs"),
    ],
)
def test_words_are_found_in_other_forms(stored: str, asked: str) -> None:
    session = SessionFactory.create()
    make_playbook("a", stored, "x")
    assert len(found(session, asked)) == 1


@pytest.mark.parametrize(
    "said",
    [
        "",
        "the and of der die das und nicht",
        "😀🔥👍🏽",
        "'); DROP TABLE flowpilot_cases; --",
        "a & b | !c <-> 'd' \\ \\\\ '''",
        "[SUGGEST_FIX]{}[/SUGGEST_FIX]",
        "ﷺ" * 3000,
        "\\" * 3000,
        "'" * 3000,
        "a-b." * 5000,
        "ก" * 20000,
        "𝔘" * 20000,
    ],
)
@pytest.mark.parametrize("search", ["few", "many"])
def test_hostile_texts_find_nothing_and_break_nothing(said: str, search: str) -> None:
    make_playbook("spooler", "Printer stays offline", "Restart the spooler")
    assert _searched(search, said) == []


@pytest.mark.parametrize("text", ["word " * 200_000, " ".join(f"w{n}" for n in range(20_000)), "x" * 1_000_000])
def test_huge_texts_are_searched_in_less_than_two_seconds(text: str) -> None:
    session = SessionFactory.create()
    make_playbook("spooler", "Printer stays offline", "Restart the spooler")
    began = time.perf_counter()
    assert found(session, "printer " + text)
    assert time.perf_counter() - began < 2


def test_a_problem_of_the_greatest_length_can_be_stored_and_found() -> None:
    session = SessionFactory.create(title="printer")
    for letters in ("𐐷", "ก ข ", "ab-cd.ef "):
        acts.post(session.pk, Author.ENGINEER, (letters * 50_000)[:49_000], user=session.owner)
    fix = make_fix(session, Status.SUCCESS)
    assert found(session, "printer") == [fix.pk]


def test_many_and_few_are_searched_alike() -> None:
    for number in range(40):
        make_playbook(f"p{number}", f"Printer number{number} offline", f"Fix {number % 7}", f"error 0x{number:08x}")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE flowpilot_cases")
    few, many = (_searched(search, "printer number17 shows error 0x00000011") for search in ("few", "many"))
    assert few[0] == many[0]


def _searched(search: str, said: str, account_id: UUID | None = None, shelf: str = "l:") -> list[UUID]:
    """Return what one of the two ways to search finds on one shelf."""
    shelves: str | list[str] = [shelf] if search == "few" else shelf
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM flowpilot_find_among_{search}(%s, %s, %s)", [account_id, shelves, said])
        return [id_ for (id_,) in cursor]


def test_the_first_fix_of_an_account_is_found() -> None:
    session = SessionFactory.create(title="Zebra label printer prints blank labels", problem_summary="")
    make_fix(session, Status.SUCCESS)
    (hit,) = retrieval.find(session.account_id, "the zebra prints blank labels")
    assert hit.weight > 1.5


def test_the_kind_of_a_case_is_told() -> None:
    session = SessionFactory.create(title="Outlook asks for the password")
    make_fix(session, Status.PARTIAL)
    assert [hit.kind for hit in retrieval.find(session.account_id, "outlook")] == [CaseKind.FIX]


def test_the_application_may_search_and_feed(as_application: psycopg.Connection) -> None:
    with as_application.cursor() as cursor:
        cursor.execute(
            "INSERT INTO script_templates (id, name, description, language, body, parameters_schema, provenance,"
            " times_used, retired, created_at)"
            " VALUES (gen_random_uuid(), 'Restart spooler', '', '', 'x', '{}', '{}', 0, false, now())"
        )
        cursor.execute("SELECT kind FROM flowpilot_find(gen_random_uuid(), 'spooler')")
        assert cursor.fetchall() == [("template",)]
