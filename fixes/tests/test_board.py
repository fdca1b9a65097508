"""The board: what it lists, in which order and for whom, and answers in its rows."""

import json
from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import Element

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Device, Role, User
from accounts.tests.clients import let_in
from accounts.tests.factories import UserFactory
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import MINUTE, NOON, assert_nothing_written, by, last_event
from fixes.tests.factories import make_fix
from fixes.tests.pages import HTMX, send, triggers
from fixes.transitions import Status
from sessions.models import AISession
from sessions.tests.factories import SessionFactory
from tests.markup import by_id, find, read, text
from tickets.tests.factories import make_handoff

BOARD = "/pending/"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> time_machine.TimeMachineFixture:
    time_machine.move_to(NOON, tick=False)
    return time_machine


def waiting(
    owner: User, title: str = "Clear cached credentials", due: timedelta | None = None, **words: Any
) -> SuggestedFix:
    """A fix that waits for an hour, or longer than it is overdue; `due` counts from noon, `words` are its session's."""
    fix = make_fix(SessionFactory(owner=owner, **words), applied=True, title=title)
    at = None if due is None else NOON + due
    with time_machine.travel(min(at or NOON, NOON) - HOUR, tick=False):
        return lifecycle.record(fix.pk, Status.PENDING, by(owner), notes=f"{title} needs a reboot.", follow_up_at=at)


def page(client: Client, query: str = "", status: int = 200) -> Element:
    answer = client.get(f"{BOARD}{query}")
    assert answer.status_code == status
    return read(answer)


def at(address: str) -> str:
    """The query of an address on the board."""
    return address.removeprefix(BOARD).partition("#")[0]


def titles(tree: Element) -> list[str]:
    return [text(each) for each in tree.iter("a") if each.get("class") == "row-title"]


def test_what_waits_stands_under_its_time_overdue_first(browser_client: Client, engineer: User) -> None:
    for title, due in [
        *(("Never", None), ("Tomorrow", DAY), ("Tomorrow night", 35 * HOUR), ("In two days", 36 * HOUR)),
        *(("Tonight", 3 * HOUR), ("Late", -HOUR), ("Yesterday", -DAY)),
    ]:
        waiting(engineer, title, due)
    make_fix(SessionFactory(owner=engineer), Status.PARTIAL)
    tree = page(browser_client)
    assert titles(tree) == ["Yesterday", "Late", "Tonight", "Tomorrow", "Tomorrow night", "In two days", "Never"]
    assert [text(each) for each in tree.iter("h2") if each.get("class") == "group"] == [
        "Overdue 2",
        "Today 1",
        "Tomorrow 2",
        "Later 1",
        "No check-by time 1",
    ]
    assert text(find(tree, ".//title")) == "2 overdue · Awaiting verification · ResolutionFlow"


def test_a_row_says_what_it_waits_on_for_whom_since_when_and_leads_to_its_session(
    browser_client: Client, engineer: User
) -> None:
    fix = waiting(engineer, "Reseal", 3 * HOUR, client_name="Nordwind", ticket_ref="CW-1")
    row = text(by_id(page(browser_client), f"row-{fix.pk}"))
    for word in (
        "Reseal needs a reboot.",
        fix.session.title,
        "Nordwind",
        "CW-1",
        "Maya",
        "waiting 1 h",
        "in 3 h",
        "check by 15:00",
    ):
        assert word in row
    link = find(page(browser_client), ".//a[@class='row-title']").get("href")
    assert link == f"/sessions/{fix.session_id}/?fix={fix.pk}#fix-banner"


def test_a_row_shows_markup_that_people_typed_as_text(browser_client: Client, engineer: User) -> None:
    User.objects.filter(pk=engineer.pk).update(display_name="<i>Maya</i>")
    typed = {"client_name": "R&D <s>Ltd</s>", "ticket_ref": "<CW-1>"}
    fix = waiting(engineer, '<b>Reseal</b> & "more"', 3 * HOUR, **typed)
    row = text(by_id(page(browser_client), f"row-{fix.pk}"))
    for word in (
        '<b>Reseal</b> & "more" <b>Reseal</b> & "more" needs a reboot.',
        "<CW-1>",
        "R&D <s>Ltd</s>",
        "<i>Maya</i>",
    ):
        assert word in row


def test_a_replaced_fix_that_waits_is_there(browser_client: Client, engineer: User) -> None:
    fix = waiting(engineer)
    make_fix(fix.session)
    assert "replaced by a newer fix" in text(by_id(page(browser_client), f"row-{fix.pk}"))


def test_a_row_says_that_its_session_is_resolved_already(browser_client: Client, engineer: User) -> None:
    fix = waiting(engineer)
    assert "provisional" not in text(by_id(page(browser_client), f"row-{fix.pk}"))
    AISession.objects.filter(pk=fix.session_id).update(status="resolved", resolution_kind="provisional")
    assert "session resolved, provisional" in text(by_id(page(browser_client), f"row-{fix.pk}"))


def test_tabs_and_filters_narrow_the_list(browser_client: Client, engineer: User) -> None:
    sam = UserFactory(account=engineer.account, display_name="Sam")
    waiting(engineer, "Mine", -HOUR, client_name="Nordwind Logistik")
    waiting(sam, "Sam’s", client_name="Tallgrass")
    for query, expected in {
        "": ["Mine", "Sam’s"],
        "?show=mine": ["Mine"],
        "?show=overdue": ["Mine"],
        f"?engineer={sam.pk}": ["Sam’s"],
        "?client=logis": ["Mine"],
        f"?show=overdue&engineer={sam.pk}": [],
        "?show=bogus": ["Mine", "Sam’s"],
    }.items():
        assert titles(page(browser_client, query)) == expected, query


def test_who_isnt_there_has_nothing_waiting_and_a_link_leads_back(browser_client: Client, engineer: User) -> None:
    waiting(engineer)
    foreign, sam = UserFactory.create(), UserFactory(account=engineer.account, display_name="Sam")
    for query, words in {
        f"?engineer={foreign.pk}": "No such engineer.",
        "?engineer=bogus": "No such engineer.",
        "?client=Nobody+%26+Sons%00": "Nothing is awaiting verification for a client matching “Nobody & Sons”.",
        f"?engineer={sam.pk}": "Sam has nothing awaiting verification.",
    }.items():
        empty = find(page(browser_client, query), ".//div[@class='empty']")
        assert words in text(empty)
        assert find(empty, "./a").get("href") == BOARD


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "All done."),
        ("?show=mine", "Nothing of yours is awaiting verification."),
        ("?show=overdue", "Nothing is overdue."),
    ],
)
def test_all_answered(browser_client: Client, query: str, words: str) -> None:
    assert words in text(find(page(browser_client, query), ".//div[@class='empty']"))


def test_pages_follow_each_other_and_a_bad_cursor_leads_to_the_first(
    browser_client: Client, engineer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fixes.board.listing.PAGE_SIZE", 2)
    for number in range(3):
        waiting(engineer, f"Fix {number}", (number + 1) * HOUR)
    first = page(browser_client, "?show=mine")
    assert titles(first) == ["Fix 0", "Fix 1"]
    onward = find(first, ".//a[@rel='next']").get("href", "")
    second = page(browser_client, at(onward))
    assert titles(second) == ["Fix 2"]
    assert titles(page(browser_client, at(find(second, ".//a[@rel='prev']").get("href", "")))) == [
        "Fix 0",
        "Fix 1",
    ]
    strange = page(browser_client, "?cursor=bogus")
    assert "That page no longer exists." in text(strange)
    assert titles(strange) == ["Fix 0", "Fix 1"]


def test_another_accounts_fixes_are_not_there(browser_client: Client) -> None:
    foreign = waiting(UserFactory.create())
    tree = page(browser_client, f"?answer={foreign.pk}")
    assert titles(tree) == []
    assert find(tree, ".//span[@id='awaiting-count']").get("hx-get", "").endswith("shown=0-0-0-0-0")


def test_a_viewer_sees_the_board_without_controls(engineer: User) -> None:
    fix = waiting(engineer)
    viewer = Client()
    person = UserFactory(account=engineer.account, role=Role.VIEWER)
    let_in(viewer, person)
    tree = page(viewer, f"?answer={fix.pk}&form=applied_failed")
    assert titles(tree) == ["Clear cached credentials"]
    assert not [each for each in tree.iter("input") if each.get("name") == "selected"]
    assert {each.get("action") for each in tree.iter("form") if each.get("method") == "post"} <= {"/sign-out/", None}


def test_answer_opens_the_banner_in_its_row_and_a_form_in_it(browser_client: Client, engineer: User) -> None:
    fix = waiting(engineer)
    opened = by_id(page(browser_client, f"?show=mine&answer={fix.pk}"), f"open-{fix.pk}")
    banner = find(opened, "./section")
    assert banner.get("id") == f"fix-banner-{fix.pk}"
    failed = next(each for each in banner.iter("a") if text(each) == "Didn’t work…")
    assert failed.get("href") == f"/pending/?show=mine&answer={fix.pk}&form=applied_failed#fix-banner-{fix.pk}"
    tree = page(browser_client, at(failed.get("href", "")))
    form = find(by_id(tree, f"fix-banner-{fix.pk}"), ".//form[@class='stack']")
    assert find(form, "./input[@name='back']").get("value") == "show=mine"


def test_without_javascript_an_answer_leads_back_to_the_same_page_of_the_board(
    browser_client: Client, engineer: User
) -> None:
    fix = waiting(engineer)
    fields = {"outcome": "applied_success", "place": "board", "back": "show=mine&next=//evil"}
    answer = send(browser_client, fix, "record", edge="plain form", **fields)
    assert answer.status_code == 303
    assert answer["Location"] == f"/pending/?show=mine&answer={fix.pk}#fix-banner-{fix.pk}"
    tree = page(browser_client, at(answer["Location"]))
    assert by_id(tree, f"fix-banner-{fix.pk}").get("data-mode") == "success"
    assert "Undo" in text(by_id(tree, f"fix-banner-{fix.pk}"))
    assert last_event(fix).source == "board"


def test_without_javascript_a_refusal_is_the_board_with_the_form_open_and_filled(
    browser_client: Client, engineer: User
) -> None:
    fix, other = waiting(engineer), waiting(engineer, "Another")
    fields = {"outcome": "applied_partial", "form": "applied_partial", "place": "board", "back": "show=mine"}
    with assert_nothing_written():
        answer = send(browser_client, fix, "record", edge="plain form", notes=" ", **fields)
    assert answer.status_code == 422
    tree = read(answer)
    assert set(titles(tree)) == {"Clear cached credentials", "Another"}
    assert "Say what worked" in text(by_id(tree, f"fix-banner-{fix.pk}"))
    assert text(by_id(tree, f"open-{other.pk}")) == ""
    lifecycle.record(fix.pk, Status.SUCCESS, by(engineer))
    with assert_nothing_written():
        answer = send(browser_client, fix, "record", edge="plain form", notes="Half.", **fields)
    assert answer.status_code == 409
    banner = by_id(read(answer), f"fix-banner-{fix.pk}")
    assert "Maya recorded an outcome while you were writing: worked." in text(banner)
    assert "Half." in text(banner)


def test_by_htmx_the_row_stays_with_its_verdict_and_undo(browser_client: Client, engineer: User) -> None:
    fix = waiting(engineer, due=3 * HOUR)
    answer = send(browser_client, fix, "record", outcome="applied_success", place="board")
    tree = read(answer)
    assert find(tree, "./section").get("id") == f"fix-banner-{fix.pk}"
    row = find(tree, f"./div[@id='row-{fix.pk}']")
    assert row.get("hx-swap-oob") == "true"
    assert "Worked" in text(row)
    assert "announce" in triggers(answer)
    assert "title" not in triggers(answer)
    assert "fix:changed" in answer["HX-Trigger-After-Settle"]  # the counts come after the answer, not beside it
    fix.refresh_from_db()
    undone = read(send(browser_client, fix, "reopen", place="board"))
    assert "in 3 h" in text(find(undone, f"./div[@id='row-{fix.pk}']"))
    fix.refresh_from_db()
    assert (fix.status, fix.follow_up_at) == (Status.PENDING, NOON + 3 * HOUR)


def test_an_expired_sign_in_leads_back_to_the_board(engineer: User) -> None:
    fix = waiting(engineer)
    here = "http://testserver/pending/?show=mine"
    sent = Client().post(f"/sessions/{fix.session_id}/fixes/{fix.pk}/record", {"version": 1}, headers={"Referer": here})
    assert sent["Location"] == "/sign-in/?next=%2Fpending%2F%3Fshow%3Dmine&signed_out=1"
    fragment = Client().get(
        f"/sessions/{fix.session_id}/fixes/{fix.pk}/banner", headers={**HTMX, "HX-Current-URL": here}
    )
    assert fragment["HX-Redirect"] == sent["Location"]


def counts(client: Client, shown: str, where: str = "http://testserver/sessions/") -> Any:
    return client.get(f"/pending/counts?shown={shown}", headers={**HTMX, "HX-Current-URL": where})


def test_the_navigation_counts_what_waits_and_what_is_overdue(browser_client: Client, engineer: User) -> None:
    waiting(engineer)
    waiting(engineer, due=-HOUR)
    count = by_id(read(browser_client.get("/sessions/")), "awaiting-count")
    assert text(count) == "2 · 1 overdue"
    assert counts(browser_client, "2-1-0-0-1").status_code == 204
    news = counts(browser_client, "1-0-0-0-0")
    assert text(by_id(read(news), "awaiting-count")) == "2 · 1 overdue"
    assert triggers(news) == {"announce": "2 waiting, 1 overdue."}
    assert "HX-Trigger" not in counts(browser_client, "9-1-0-0-1")
    on_the_board = counts(browser_client, "9-1-0-0-1", "http://testserver/pending/")
    assert triggers(on_the_board)["title"] == "1 overdue · Awaiting verification · ResolutionFlow"
    for bad in ("", "x", "1-x", "1-99999999"):
        assert counts(browser_client, bad).status_code == 200


def counts_by_place(tree: Element) -> dict[str, str]:
    return {each.get("data-count", ""): text(each) for each in tree.iter("span") if each.get("data-count")}


def test_tabs_and_groups_say_how_many_they_have(browser_client: Client, engineer: User) -> None:
    sam = UserFactory(account=engineer.account, display_name="Sam")
    for owner, due in ((engineer, -HOUR), (engineer, HOUR), (sam, HOUR), (sam, DAY), (sam, None)):
        waiting(owner, due=due, client_name="Nordwind" if owner == sam else "Tallgrass")
    tabs = {"tab-": "5", "tab-mine": "2", "tab-overdue": "1"}
    groups = {"group-overdue": "1", "group-today": "2", "group-tomorrow": "1", "group-none": "1"}
    assert counts_by_place(page(browser_client)) == tabs | groups
    mine = {"group-overdue": "1", "group-today": "1"}
    assert counts_by_place(page(browser_client, "?show=mine")) == tabs | mine
    of_nordwind = {"tab-": "3", "tab-mine": "", "tab-overdue": ""}
    sams = {"group-today": "1", "group-tomorrow": "1", "group-none": "1"}
    assert counts_by_place(page(browser_client, "?client=nordwind")) == of_nordwind | sams
    assert counts_by_place(page(browser_client, f"?engineer={sam.pk}")) == of_nordwind | {"tab-mine": "2"} | sams


def test_after_an_answer_in_a_row_the_boards_counts_follow(browser_client: Client, engineer: User) -> None:
    late, today = waiting(engineer, "Late", -HOUR), waiting(engineer, "Today", HOUR)
    page(browser_client)
    send(browser_client, late, "record", outcome="applied_success", place="board")
    news = counts(browser_client, "2-1-0-0-1", "http://testserver/pending/?show=mine")
    assert json.loads(news["HX-Trigger"])["counts"] == {
        **{"tab-": "1", "tab-mine": "1", "tab-overdue": ""},
        **{"group-overdue": "", "group-today": "1", "group-tomorrow": "", "group-later": "", "group-none": ""},
    }
    later = {"outcome": "applied_pending", "notes": "Tomorrow.", "check_by": "tomorrow", "place": "board"}
    send(browser_client, today, "record", **later)
    same = counts(browser_client, "1-0-0-0-0", "http://testserver/pending/")
    assert same.status_code == 204
    assert json.loads(same["HX-Trigger"])["counts"]["group-tomorrow"] == "1"
    assert "HX-Trigger" not in counts(browser_client, "1-0-0-0-0")


def test_with_more_than_are_counted_the_numbers_are_the_least(
    browser_client: Client, engineer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fixes.board.counts.SCANNED", 2)
    for _ in range(3):
        waiting(engineer)
    assert counts_by_place(page(browser_client)) == {
        **{"tab-": "2+", "tab-mine": "2+", "tab-overdue": "", "group-none": "2+"}
    }


def test_a_replaced_fix_that_was_answered_keeps_banner_and_undo_in_its_row(
    browser_client: Client, engineer: User
) -> None:
    fix = waiting(engineer)
    make_fix(fix.session)
    fix.refresh_from_db()
    before = SuggestedFix.objects.values().get(pk=fix.pk)
    answered = read(send(browser_client, fix, "record", outcome="applied_success", place="board"))
    banner = by_id(answered, f"fix-banner-{fix.pk}")
    assert banner.get("data-mode") == "success"
    assert "Undo" in text(banner)
    shown = by_id(page(browser_client, f"?answer={fix.pk}"), f"fix-banner-{fix.pk}")
    assert "Undo" in text(shown)
    fix.refresh_from_db()
    undone = read(send(browser_client, fix, "undo", place="board"))
    assert by_id(undone, f"fix-banner-{fix.pk}").get("data-mode") == "pending"
    after = SuggestedFix.objects.values().get(pk=fix.pk)
    assert {**after, "version": 0} == {**before, "version": 0}


def test_beyond_99_it_is_99_and_more(browser_client: Client, engineer: User) -> None:
    for _ in range(101):
        waiting(engineer)
    assert text(by_id(read(browser_client.get("/pending/")), "awaiting-count")) == "99+"


def test_list_and_counts_read_the_boards_index_from_its_beginning(browser_client: Client, engineer: User) -> None:
    waiting(engineer)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        for path in ("/pending/", "/pending/?show=overdue", "/pending/counts"):
            with CaptureQueriesContext(connection) as queries:
                browser_client.get(path)
            ours = [query["sql"] for query in queries if "applied_pending" in query["sql"]]
            for sql in ours:
                cursor.execute(f"EXPLAIN {sql}")
                plan = "\n".join(line for (line,) in cursor.fetchall())
                assert "fixes_board" in plan, plan
                assert "Limit" in plan, plan
                assert "Sort Key: (COALESCE" not in plan, plan
            assert ours


def test_counting_ends_quietly_when_signed_out_and_prolongs_no_sign_in(
    browser_client: Client, engineer: User, clock: time_machine.TimeMachineFixture
) -> None:
    ended = counts(Client(), "1-0")
    assert (ended.status_code, ended["HX-Reswap"], ended.content) == (286, "none", b"")
    assert not {"HX-Redirect", "Location"} & set(ended.headers)
    device = Device.objects.values("expire_date", "last_seen_at").filter(user=engineer)
    before = list(device)
    clock.shift(10 * MINUTE)
    assert "sessionid" not in counts(browser_client, "0-0-0-0-0").cookies
    assert list(device.all()) == before
    browser_client.get("/sessions/")
    assert list(device.all()) != before  # what a person opens is noted, so the comparison can fail


def test_the_navigation_counts_unclaimed_escalations(browser_client: Client, engineer: User) -> None:
    make_handoff(SessionFactory.create(owner=engineer))
    make_handoff()
    tree = read(browser_client.get("/sessions/"))
    for place in ("in-nav", "in-menu"):
        assert text(find(tree, f".//span[@id='unclaimed-{place}']")) == "1 unclaimed"
    answer = counts(browser_client, "0-0-0-0-0")
    assert 'id="unclaimed-in-nav" hx-swap-oob="true">1<' in answer.content.decode()
    assert counts(browser_client, "0-0-0-1-0").status_code == 204
