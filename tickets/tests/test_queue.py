"""The queue of escalations: who sees which rows in which order, and *Claim* and *Take back* in them."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Role, User
from accounts.page_owner import FIELD, HEADER
from accounts.tests.clients import let_in
from accounts.tests.factories import UserFactory
from fixes.tests import lifecycle
from fixes.tests.acting import by
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from sessions.models import AISession
from sessions.tests.factories import SessionFactory
from tests.markup import find, read, text
from tickets.models import Handoff
from tickets.tests.factories import act, claimed_handoff, make_handoff

NOW = datetime(2026, 11, 26, 14, 20, tzinfo=UTC)


@pytest.fixture
def maya(engineer: User) -> User:
    return engineer


@pytest.fixture
def jonas(maya: User) -> User:
    return UserFactory.create(account=maya.account, display_name="Jonas Brandt")


@pytest.fixture
def tomasz(maya: User) -> User:
    return UserFactory.create(account=maya.account, display_name="Tomasz Wilk")


def browser_of(user: User) -> Client:
    client = Client()
    let_in(client, user)
    return client


def session_of(owner: User, title: str) -> AISession:
    return SessionFactory.create(owner=owner, title=title)


def ago(**length: int) -> datetime:
    return timezone.now() - timedelta(**length)


def rows(user: User, query: str = "") -> list[str]:
    page = read(browser_of(user).get(f"/escalations/{query}"))
    return [text(each) for each in page.iter("li") if (each.get("id") or "").startswith("handoff-")]


def titles(user: User, query: str = "") -> list[str]:
    page = read(browser_of(user).get(f"/escalations/{query}"))
    return [text(each) for each in page.iter("a") if each.get("class") == "row-title"]


def does(user: User) -> str:
    return text(find(read(browser_of(user).get("/escalations/")), ".//div[@class='row-does']")).strip()


def tabs(user: User) -> list[str]:
    nav = find(read(browser_of(user).get("/escalations/")), ".//nav[@class='tabs']")
    return [" ".join(text(each).split()) for each in nav.iter("a")]


# What it shows


def test_what_waits_longest_is_first_then_the_latest_claimed_and_returned(
    maya: User, jonas: User, tomasz: User
) -> None:
    make_handoff(session_of(maya, "Waits short"), at=ago(minutes=4))
    make_handoff(session_of(maya, "Waits long"), at=ago(hours=2))
    for minutes, title in ((50, "Claimed before"), (10, "Claimed lately")):
        handoff = make_handoff(session_of(maya, title), at=ago(hours=3))
        act("claim", handoff, jonas, at=ago(minutes=minutes))
    returned = claimed_handoff(session_of(maya, "Returned"), by=tomasz)
    act("give_back", returned, tomasz, "Needs someone on site.")
    act("take_back", make_handoff(session_of(maya, "Taken back")), maya)
    assert titles(jonas) == ["Waits long", "Waits short", "Claimed lately", "Claimed before", "Returned"]


def test_a_row_says_how_long_it_waits_who_asks_what_and_for_whom(maya: User, jonas: User) -> None:
    make_handoff(session_of(maya, "No sign-in"), at=ago(hours=2, minutes=10), question="Is it safe?")
    (row,) = rows(jonas)
    for part in ("waiting 2 h 10 min", "No sign-in", "Is it safe?", "from Maya", "for anyone", "Nordwind Logistik"):
        assert part in row


def test_a_claimed_row_says_when_by_whom_and_after_how_long(maya: User, jonas: User, tomasz: User) -> None:
    handoff = make_handoff(session_of(maya, "Card reader"), at=ago(minutes=40))
    act("claim", handoff, tomasz, at=ago(minutes=18))
    assert "after 22 min" in rows(jonas)[0]
    assert "claimed by Tomasz Wilk" in rows(jonas)[0]
    assert "claimed by you" in rows(tomasz)[0]
    assert "from you" in rows(maya)[0]


def test_a_returned_row_says_why(maya: User, jonas: User) -> None:
    handoff = claimed_handoff(session_of(maya, "Door entry"), by=jonas)
    act("give_back", handoff, jonas, "Needs someone on site.")
    (row,) = rows(maya)
    assert "Needs someone on site." in row
    assert "returned by Jonas Brandt" in row


def test_one_for_the_reader_is_marked(maya: User, jonas: User, tomasz: User) -> None:
    make_handoff(session_of(maya, "No sign-in"), target=jonas)
    assert "for you" in rows(jonas)[0]
    assert "for Jonas Brandt" in rows(tomasz)[0]


def test_a_waiting_fix_is_named_and_an_overdue_one_stands_out(maya: User, jonas: User) -> None:
    session = session_of(maya, "No sign-in")
    make_fix(session, Status.PENDING)
    make_handoff(session)
    assert "fix awaiting verification" in rows(jonas)[0]
    late = session_of(maya, "Restores stop")
    fix = make_fix(late, applied=True)
    began = ago(hours=3)
    lifecycle.record(fix.pk, Status.PENDING, by(maya, began), notes="Scrub.", follow_up_at=began + timedelta(hours=2))
    make_handoff(late)
    page = read(browser_of(jonas).get("/escalations/"))
    assert [text(each) for each in page.iter("span") if each.get("class") == "late"][-1:] == ["fix overdue 1 h"]


def test_what_became_of_a_claimed_session_is_said(maya: User, jonas: User) -> None:
    handoff = claimed_handoff(session_of(maya, "Card reader"), by=jonas)
    AISession.objects.filter(pk=handoff.session_id).update(status="resolved", resolution_kind="verified")
    assert "session resolved" in rows(maya)[0]


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("jonas", "Claim"),
        ("maya", "Take back"),
        ("tomasz", "Jonas Brandt or an admin only"),
        ("viewer", "Jonas Brandt or an admin only"),
        ("admin", "Claim"),
    ],
)
def test_the_row_offers_what_the_reader_may_do_or_says_who_may(maya: User, jonas: User, who: str, words: str) -> None:
    make_handoff(session_of(maya, "No sign-in"), target=jonas)
    roles = {"viewer": Role.VIEWER, "admin": Role.ADMIN}
    people = {"maya": maya, "jonas": jonas}
    person = people.get(who) or UserFactory.create(account=maya.account, role=roles.get(who, Role.ENGINEER))
    assert does(person).startswith(words)


def test_a_viewer_is_told_that_engineers_claim(maya: User) -> None:
    make_handoff(session_of(maya, "No sign-in"))
    assert does(UserFactory.create(account=maya.account, role=Role.VIEWER)) == "Engineers only"


def test_one_for_somebody_who_left_says_so_and_is_anyones(maya: User, jonas: User, tomasz: User) -> None:
    make_handoff(session_of(maya, "No sign-in"), target=jonas)
    User.objects.filter(pk=jonas.pk).update(is_active=False)
    assert "for Jonas Brandt, who has left" in rows(tomasz)[0]
    assert does(tomasz).startswith("Claim")


def test_another_accounts_escalations_are_not_there(maya: User) -> None:
    make_handoff()
    assert rows(maya) == []


# Tabs


def test_the_tabs_count_what_is_to_be_done(maya: User, jonas: User) -> None:
    make_handoff(session_of(maya, "For Jonas"), target=jonas)
    make_handoff(session_of(maya, "For anyone"))
    make_handoff(session_of(jonas, "From Jonas"))
    done = claimed_handoff(session_of(maya, "Resolved since"), by=jonas)
    AISession.objects.filter(pk=done.session_id).update(status="resolved", resolution_kind="verified")
    claimed_handoff(session_of(maya, "Claimed"), by=jonas)
    assert tabs(jonas) == ["Everyone 3", "For me 1", "Claimed by me 1", "From me 1"]


def test_each_tab_has_its_rows(maya: User, jonas: User, tomasz: User) -> None:
    make_handoff(session_of(maya, "For Jonas"), target=jonas)
    make_handoff(session_of(jonas, "From Jonas"))
    claimed_handoff(session_of(maya, "Claimed by Jonas"), by=jonas)
    claimed_handoff(session_of(maya, "Claimed by Tomasz"), by=tomasz)
    returned = claimed_handoff(session_of(jonas, "Returned to Jonas"), by=tomasz)
    act("give_back", returned, tomasz, "No access.")
    assert titles(jonas, "?show=for-me") == ["For Jonas"]
    assert titles(jonas, "?show=claimed") == ["Claimed by Jonas"]
    assert titles(jonas, "?show=from-me") == ["From Jonas", "Returned to Jonas"]
    assert len(titles(jonas, "?show=nonsense")) == 5


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "No escalations waiting."),
        ("?show=for-me", "Nothing is waiting for you."),
        ("?show=claimed", "You haven’t claimed an escalation yet."),
        ("?show=from-me", "You haven’t escalated a session yet."),
        ("?state=returned", "Nothing left in this list."),
    ],
)
def test_an_empty_list_says_what_will_be_there(browser_client: Client, query: str, words: str) -> None:
    assert words in text(read(browser_client.get(f"/escalations/{query}")))


def test_the_tab_of_the_browser_says_how_many_are_unclaimed(maya: User, jonas: User) -> None:
    title = find(read(browser_of(jonas).get("/escalations/")), ".//title")
    assert text(title) == "Escalations · ResolutionFlow"
    make_handoff(session_of(maya, "No sign-in"))
    title = find(read(browser_of(jonas).get("/escalations/")), ".//title")
    assert text(title) == "1 unclaimed · Escalations · ResolutionFlow"


# Pages


def many(owner: User, count: int) -> None:
    for number in range(count):
        make_handoff(session_of(owner, f"Session {number:02}"), at=ago(minutes=90 - number))


def test_a_long_group_goes_on_on_the_next_page_and_back(maya: User, jonas: User) -> None:
    many(maya, 27)
    browser = browser_of(jonas)
    first = read(browser.get("/escalations/"))
    more = find(first, ".//a[@id='more-waiting']").get("href")
    second = read(browser.get(more))
    assert [text(each) for each in second.iter("a") if each.get("class") == "row-title"] == ["Session 25", "Session 26"]
    back = find(second, ".//a[@rel='prev']").get("href")
    assert "Session 00" in text(read(browser.get(back)))


def test_of_the_claimed_ones_the_latest_ten_are_shown_and_the_others_are_a_page_away(maya: User, jonas: User) -> None:
    for number in range(12):
        handoff = make_handoff(session_of(maya, f"Session {number:02}"), at=ago(minutes=90))
        act("claim", handoff, jonas, at=ago(minutes=60 - number))
    browser = browser_of(jonas)
    page = read(browser.get("/escalations/?show=claimed"))
    assert len([each for each in page.iter("a") if each.get("class") == "row-title"]) == 10
    rest = read(browser.get(find(page, ".//a[@id='more-claimed']").get("href")))
    assert [text(each) for each in rest.iter("a") if each.get("class") == "row-title"] == ["Session 01", "Session 00"]


def test_a_cursor_of_another_list_leads_to_the_first_page(browser_client: Client, maya: User) -> None:
    make_handoff(session_of(maya, "No sign-in"))
    page = text(read(browser_client.get("/escalations/?state=waiting&cursor=bogus")))
    assert "That page no longer exists. Showing the first." in page
    assert "No sign-in" in page


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_takes_six_statements_however_many_there_are(maya: User, jonas: User, count: int) -> None:
    many(maya, count)
    for number in range(count):
        claimed_handoff(session_of(maya, f"Claimed {number}"), by=jonas)
    browser = browser_of(jonas)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get("/escalations/").status_code == 200
    assert len(captured) <= 6, [each["sql"][:200] for each in captured]


def test_the_page_asks_for_its_changes_and_gets_the_tab_title_with_them(maya: User, jonas: User) -> None:
    make_handoff(session_of(maya, "No sign-in"))
    headers = {"HX-Request": "true", HEADER: str(jonas.pk)}
    answer = browser_of(jonas).get("/escalations/queue?show=from-me", headers=headers)
    assert (
        answer["HX-Trigger"].encode().decode("unicode_escape")
        == '{"title": {"value": "1 unclaimed · Escalations · ResolutionFlow"}}'
    )
    assert "<html" not in answer.content.decode()
    assert Client().get("/escalations/queue").status_code == 286


# Claim and take back


def test_claim_leads_to_the_session(maya: User, jonas: User) -> None:
    handoff = make_handoff(session_of(maya, "No sign-in"))
    answer = browser_of(jonas).post(f"/escalations/{handoff.pk}/claim")
    handoff.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (303, f"/sessions/{handoff.session_id}/#package")
    assert (handoff.state, handoff.claimed_by) == ("claimed", jonas)


def test_claim_by_htmx_leads_to_the_session_too(maya: User, jonas: User) -> None:
    handoff = make_handoff(session_of(maya, "No sign-in"))
    headers = {"HX-Request": "true", HEADER: str(jonas.pk)}
    answer = browser_of(jonas).post(f"/escalations/{handoff.pk}/claim", headers=headers)
    assert answer["HX-Redirect"] == f"/sessions/{handoff.session_id}/#package"


@pytest.mark.parametrize("by_htmx", [True, False])
def test_who_comes_second_sees_who_was_first_and_the_row_as_it_is_now(
    maya: User, jonas: User, tomasz: User, by_htmx: bool
) -> None:
    handoff = make_handoff(session_of(maya, "No sign-in"), at=ago(hours=1))
    act("claim", handoff, tomasz, at=ago(seconds=40))
    headers = {"HX-Request": "true", HEADER: str(jonas.pk)} if by_htmx else {}
    answer = browser_of(jonas).post(f"/escalations/{handoff.pk}/claim", {"back": "show=for-me"}, headers=headers)
    said = text(read(answer))
    assert answer.status_code == 409
    assert "Tomasz Wilk claimed this 40 seconds before you." in said or "41 seconds" in said
    assert ("<html" in answer.content.decode()) is not by_htmx
    handoff.refresh_from_db()
    assert handoff.claimed_by == tomasz


def test_take_back_leads_to_the_session(maya: User) -> None:
    handoff = make_handoff(session_of(maya, "No sign-in"))
    answer = browser_of(maya).post(f"/escalations/{handoff.pk}/take-back")
    handoff.refresh_from_db()
    assert (answer.status_code, handoff.state) == (303, "taken_back")
    assert Handoff.objects.get().session.status == "active"


def test_take_back_after_a_claim_says_who_has_it(maya: User, jonas: User) -> None:
    handoff = claimed_handoff(session_of(maya, "No sign-in"), by=jonas)
    answer = browser_of(maya).post(f"/escalations/{handoff.pk}/take-back")
    assert answer.status_code == 409
    assert "Jonas Brandt claimed this" in text(read(answer))


@pytest.mark.parametrize("act_name", ["claim", "take-back"])
def test_an_unknown_one_is_not_found(browser_client: Client, act_name: str) -> None:
    assert browser_client.post(f"/escalations/{uuid4()}/{act_name}").status_code == 404


def test_a_form_of_somebody_elses_page_claims_nothing(maya: User, jonas: User) -> None:
    handoff = make_handoff(session_of(maya, "No sign-in"))
    answer = browser_of(jonas).post(f"/escalations/{handoff.pk}/claim", {FIELD: str(maya.pk)})
    handoff.refresh_from_db()
    assert (answer.status_code, handoff.state) == (403, "waiting")
