"""The admin's list of fixes: constant in statements, bounded in rows, and acts on several at once."""

from itertools import cycle
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.admin import tenancy
from accounts.models import ApiToken, User
from accounts.tests.factories import UserFactory
from fixes.lifecycle import bulk
from fixes.models import DraftTemplate, FixEvent, ScriptTemplate, SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import assert_nothing_written, by, everything
from fixes.tests.admin_pages import LIST, admin_of, run_action, session_of, signed_in, superuser
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from sessions.models import AISession, Author, Message
from tests.markup import by_id, read, text

MOST_STATEMENTS = 12
LISTS = {
    "accounts/account": "msp",
    "accounts/user": "person",
    "accounts/apitoken": "tests",
    "ai_sessions/aisession": "outlook nord",
    "fixes/suggestedfix": "cached",
    "fixes/scripttemplate": "reset",
    "fixes/drafttemplate": "clear",
}
"""Model's address → words that find all of its rows."""


@pytest.fixture
def admin(db: None) -> User:
    return admin_of(display_name="Nora")


def grow(user: User, count: int) -> None:
    """So many rows of everything, each with relations of its own."""
    people = [UserFactory.create(account=user.account, display_name=f"Person {number}") for number in range(count)]
    sessions = AISession.objects.bulk_create(
        AISession(account=user.account, owner=owner, title="Outlook asks", client_name="Nordwind", ticket_ref=f"C-{n}")
        for n, owner in enumerate(people)
    )
    fixes = SuggestedFix.objects.bulk_create(
        SuggestedFix(
            **{"session": session, "account_id": session.account_id, "title": f"Clear cached {number}"},
            **{"description": "x", "confidence_pct": 50},
        )
        for number, session in enumerate(sessions)
    )
    for owner in people:
        ApiToken.objects.issue(owner, "tests")
    ScriptTemplate.objects.bulk_create(ScriptTemplate(account=user.account, name=f"Reset {n}") for n in range(count))
    DraftTemplate.objects.bulk_create(
        DraftTemplate(account_id=fix.account_id, fix=fix, name=fix.title, drafted_by=owner)
        for fix, owner in zip(fixes, people, strict=True)
    )


def content(answer: Any) -> str:
    """Of a file that is sent in pieces."""
    return b"".join(answer.streaming_content).decode()


def statements(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200
    assert answer.context["cl"].result_count > 0, address
    return len(queries)


@pytest.mark.parametrize("who", ["admin", "superuser"])
def test_lists_and_searches_take_as_many_statements_at_any_size(admin: User, who: str) -> None:
    client = signed_in(admin if who == "admin" else superuser())
    addresses = [f"/admin/{path}/{query}" for path, words in LISTS.items() for query in ("", f"?q={words}")]
    grow(admin, 10)
    few = {address: statements(client, address) for address in addresses}
    grow(admin, 290)
    many = {address: statements(client, address) for address in addresses}
    assert many == few
    assert max(many.values()) <= MOST_STATEMENTS


def test_pages_take_as_many_statements_at_any_size(admin: User) -> None:
    client, fix = signed_in(admin), make_fix(session_of(admin))
    addresses = [f"{LIST}{fix.pk}/change/", f"/admin/ai_sessions/aisession/{fix.session_id}/change/"]

    def counted() -> list[int]:
        counts = []
        for address in addresses:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
        return counts

    counted()  # content types are looked up once
    few = counted()
    last = FixEvent.objects.get(fix=fix)
    same = {
        field: getattr(last, field) for field in ("fix_id", "session_id", "account_id", "to_status", "source", "at")
    }
    FixEvent.objects.bulk_create(FixEvent(**same, action="edit", state_version=n) for n in range(2, 130))
    authors = cycle([Author.ENGINEER, Author.ASSISTANT])
    Message.objects.bulk_create(
        Message(session_id=fix.session_id, account_id=fix.account_id, sequence=n, author=next(authors), user=admin)
        for n in range(1, 130)
    )
    assert counted() == few
    assert max(few) <= MOST_STATEMENTS


def test_a_list_counts_no_further_than_it_turns_pages(admin: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tenancy, "MOST", 5)
    grow(admin, 8)
    answer = signed_in(admin).get(LIST)
    assert answer.context["cl"].result_count == 5
    assert "The first 5 suggested fixes found." in answer.content.decode()


def test_the_address_cannot_change_the_order(admin: User) -> None:
    grow(admin, 3)
    client = signed_in(admin)
    assert [fix.pk for fix in client.get(f"{LIST}?o=1").context["cl"].result_list] == [
        fix.pk for fix in client.get(LIST).context["cl"].result_list
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("cach", ["Clear cached credentials"]),
        ("CW-4821 nordw", ["Clear cached credentials", "Restart the spooler"]),
        ("spooler restart", ["Restart the spooler"]),
        ("spooler nordwind", []),
        ("bogus", []),
    ],
)
def test_a_search_finds_titles_and_sessions(admin: User, words: str, found: list[str]) -> None:
    session = session_of(admin, ticket_ref="CW-48213")
    fixes = [make_fix(session), make_fix(session, title="Restart the spooler")]
    make_fix(session_of(admin, client_name="Else", ticket_ref="CW-1"), title="Reboot")
    client = signed_in(admin)
    assert sorted(fix.title for fix in client.get(LIST, {"q": words}).context["cl"].result_list) == found
    for fix in fixes:
        assert [each.pk for each in client.get(LIST, {"q": str(fix.pk)}).context["cl"].result_list] == [fix.pk]
    assert client.get(LIST, {"q": str(session.pk)}).context["cl"].result_count == 2


def test_a_search_stops_at_its_bound_and_the_export_does_not(admin: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fixes.admin.fixes.MOST", 3)
    grow(admin, 8)
    client = signed_in(admin)
    assert client.get(LIST, {"q": "cached"}).context["cl"].result_count == 3
    answer = client.get(f"{LIST}export/", {"q": "cached", "status__exact": "proposed"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert content(answer).count("\r\n") == 9


def test_the_export_follows_the_filters(admin: User) -> None:
    make_fix(session_of(admin), title="One")
    make_fix(session_of(admin), Status.SUCCESS, title="Two")
    file = content(signed_in(admin).get(f"{LIST}export/?status__exact=applied_success"))
    assert ("Two" in file, "One" in file) == (True, False)
    assert signed_in(admin).get(f"{LIST}export/?created_at__gte=bogus")["Location"] == LIST


def test_selected_rows_are_exported(admin: User) -> None:
    one, two = make_fix(session_of(admin), title="One"), make_fix(session_of(admin), title="Two")
    file = content(run_action(signed_in(admin), "export_selected", two))
    assert (str(two.pk) in file, str(one.pk) in file) == (True, False)


@pytest.mark.parametrize(
    ("outcome", "question", "needs_notes"),
    [
        ("applied_success", "How was it verified?", True),
        ("applied_failed", "What happened instead?", False),
        ("applied_partial", "What worked, and what didn’t?", True),
        ("dismissed", "Why dismiss them?", False),
    ],
)
def test_a_page_asks_for_the_notes_of_several_before_anything_is_recorded(
    admin: User, outcome: str, question: str, needs_notes: bool
) -> None:
    fixes = [make_fix(session_of(admin), title=title) for title in ("Restart <it>", "Reboot")]
    client = signed_in(admin)
    with assert_nothing_written():
        page = run_action(client, f"record_{outcome}", *fixes)
        unanswered = run_action(client, f"record_{outcome}", *fixes, notes=" \r\n") if needs_notes else None
    form = by_id(read(page), "bulk-form")
    assert question in text(form)
    assert ("Optional." in text(form)) is not needs_notes
    assert {each.get("value") for each in form.iter("input") if each.get("name") == "version"} == {
        f"{fix.pk}:{fix.version}" for fix in fixes
    }
    assert "Restart &lt;it&gt;" in page.content.decode()
    if unanswered is not None:
        assert unanswered.status_code == 422
        assert "Nothing has been recorded yet." in text(by_id(read(unanswered), "notes_errors"))


def test_an_outcome_on_several(admin: User) -> None:
    fixes = [make_fix(session_of(admin), status) for status in (Status.PROPOSED, Status.PARTIAL, Status.PENDING)]
    answer = run_action(signed_in(admin), "record_applied_success", *fixes, notes=" Seen by the client.\r\n")
    assert "Recorded “Worked” on 3 fixes." in answer.content.decode()
    assert set(SuggestedFix.objects.values_list("status", flat=True)) == {"applied_success"}
    recorded = FixEvent.objects.filter(action="record").exclude(source="banner")
    assert set(recorded.values_list("source", "notes")) == {("admin", "Seen by the client.")}


def test_a_partial_refusal_names_the_rows(admin: User) -> None:
    fine = make_fix(session_of(admin))
    failed = make_fix(session_of(admin, ticket_ref="CW-7"), Status.FAILED, title="Reboot <twice>")
    replaced = make_fix(session_of(admin), title="Older")
    make_fix(replaced.session)
    answer = run_action(signed_in(admin), "record_applied_success", fine, failed, replaced, notes="Seen.")
    shown = answer.content.decode()
    assert "was recorded on 1 of those you selected. Not recorded on:" in shown
    assert "Reboot &lt;twice&gt;</bdi></a>, <bdi>CW-7</bdi>: This fix is already recorded as “Didn’t work”." in shown
    assert "Older</bdi></a>" in shown
    assert "A newer fix has replaced this one" in shown
    failed.refresh_from_db()
    assert failed.status == "applied_failed"


def test_what_changed_after_the_list_was_loaded_is_refused_and_says_who_did_it(admin: User) -> None:
    fix, client = make_fix(session_of(admin)), signed_in(admin)
    assert f'name="version" value="{fix.pk}:{fix.version}"' in client.get(LIST).content.decode()
    lifecycle.record(fix.pk, Status.PARTIAL, by(UserFactory(account=admin.account, display_name="Sam")), notes="Half.")
    with assert_nothing_written():
        answer = run_action(client, "record_applied_success", fix, fresh=False, notes="Seen.")
    assert "Sam recorded “Partly worked” in the meantime." in answer.content.decode()


def test_what_left_the_list_meanwhile_is_refused_by_name(admin: User) -> None:
    fix, client = make_fix(session_of(admin)), signed_in(admin)
    data = {
        "action": "record_applied_success",
        "_selected_action": [str(fix.pk)],
        "version": f"{fix.pk}:{fix.version}",
        "index": "0",
        "notes": "Seen.",
    }
    lifecycle.record(fix.pk, Status.FAILED, by(admin))
    with assert_nothing_written():
        answer = client.post(f"{LIST}?status__exact=proposed", data, follow=True)
    shown = answer.content.decode()
    assert "You recorded “Didn’t work” in the meantime." in shown
    assert "was recorded on 0 of those you selected" in shown


def test_too_many_at_once(admin: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "LIMIT", 2)
    fixes = [make_fix(session_of(admin)) for _ in range(3)]
    with assert_nothing_written():
        answer = run_action(signed_in(admin), "record_dismissed", *fixes, notes="")
    assert "3 selected; the limit is 2. Nothing has been recorded." in answer.content.decode()


def test_what_is_recorded_already_is_written_once(admin: User) -> None:
    fix = lifecycle.record(make_fix(session_of(admin)).pk, Status.SUCCESS, by(admin), notes="Seen.")
    before = everything()
    run_action(signed_in(admin), "record_applied_success", fix, notes="Seen.")
    assert everything() == before


def test_a_selection_that_names_no_rows(admin: User) -> None:
    fix = make_fix(session_of(admin))
    with assert_nothing_written():
        for ids in (["x"], [str(fix.pk), "a\0b"], [str(fix.pk)]):
            data = {"action": "record_dismissed", "_selected_action": ids, "index": "0", "notes": ""}
            assert signed_in(admin).post(LIST, data).status_code == 400
