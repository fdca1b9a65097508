"""“What we know” on the session page: with scripts the lane's section is swapped, without them pages follow."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4
from xml.etree.ElementTree import Element

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from time_machine import TimeMachineFixture

from accounts.models import Role, User
from accounts.tests.clients import let_in
from accounts.tests.factories import UserFactory
from fixes.tests.acting import assert_nothing_written
from fixes.tests.factories import make_fix
from fixes.tests.pages import EDGES, HTMX, labels, triggers, value_of
from sessions import facts
from sessions.models import AISession, Author, Fact
from sessions.tests import acts
from sessions.tests.factories import SessionFactory
from tests.markup import by_id, described, find, read, text

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ALL = AISession.objects.all()


@pytest.fixture(autouse=True)
def clock(time_machine: TimeMachineFixture) -> TimeMachineFixture:
    time_machine.move_to(NOON, tick=False)
    return time_machine


@pytest.fixture
def sam(engineer: User) -> User:
    return UserFactory.create(account=engineer.account, display_name="Sam")


@pytest.fixture
def fact(session: AISession, engineer: User) -> Fact:
    acts.post(session.pk, Author.ENGINEER, "owa fine", user=engineer)
    return facts.add(session.pk, "Webmail works.", "question", user=engineer, source=1, sessions=ALL)


def page(client: Client, session: AISession, query: str = "") -> Element:
    answer = client.get(f"/sessions/{session.pk}/{query}")
    assert answer.status_code == 200
    return read(answer)


def section(client: Client, session: AISession, query: str = "") -> Element:
    answer = client.get(f"/sessions/{session.pk}/facts/{query}", headers=HTMX)
    assert answer.status_code == 200
    return read(answer)


def send(client: Client, session: AISession, act: str, *, edge: str = "htmx", **fields: Any) -> HttpResponse:
    return client.post(f"/sessions/{session.pk}/facts/{act}/", fields, headers=HTMX if edge == "htmx" else {})


def rows(tree: Element) -> list[str]:
    return [text(row) for row in find(by_id(tree, "known"), "./ul")]


def form_of(tree: Element) -> Element:
    return find(by_id(tree, "known"), ".//form[@class='stack lane-form']")


class TestTheSection:
    def test_comes_first_in_the_lane_and_counts(self, browser_client: Client, fact: Fact) -> None:
        lane = by_id(page(browser_client, fact.session), "lane")
        assert lane[0].get("id") == "known"
        assert text(find(lane[0], ".//h2")) == "What we know 1"

    def test_says_how_it_is_known_and_leads_to_the_message(self, browser_client: Client, fact: Fact) -> None:
        tree = page(browser_client, fact.session)
        assert rows(tree)[0].startswith("Webmail works. Asked Maya, 12:00")
        link = find(by_id(tree, f"fact-{fact.pk}"), ".//div[@class='meta']/a")
        assert link.get("href") == f"/sessions/{fact.session_id}/?message=1#message-1"

    def test_names_who_added_it_where_no_message_is_its_source(
        self, browser_client: Client, session: AISession, sam: User
    ) -> None:
        facts.add(session.pk, "It hums.", "engineer_note", user=sam, sessions=ALL)
        facts.add(session.pk, "It rattles.", "diagnostic_check", user=None, sessions=ALL)
        noted, checked = rows(page(browser_client, session))
        assert noted.startswith("It hums. Noted Sam, 12:00")
        assert checked.startswith("It rattles. Checked FlowPilot, 12:00")

    def test_names_who_edited_someone_elses(self, browser_client: Client, fact: Fact, sam: User) -> None:
        facts.change(fact.session_id, fact.pk, {"text": "Webmail asks."}, user=sam, sessions=ALL)
        assert "Maya, 12:00 edited by Sam" in rows(page(browser_client, fact.session))[0]

    def test_without_facts_says_what_will_be_here(self, browser_client: Client, session: AISession) -> None:
        known = by_id(page(browser_client, session), "known")
        assert text(known).endswith("Facts appear here with their sources. Add one, or select text in a message.")

    def test_a_viewer_and_a_closed_session_have_nothing_to_press(
        self, browser_client: Client, client: Client, fact: Fact
    ) -> None:
        let_in(client, UserFactory(account=fact.account, role=Role.VIEWER))
        assert labels(by_id(page(client, fact.session, "?fact=new"), "known")) == ["Close", "Maya, 12:00"]
        AISession.objects.update(status="abandoned")
        tree = page(browser_client, fact.session, f"?fact={fact.pk}")
        assert labels(by_id(tree, "known")) == ["Close", "Maya, 12:00"]
        assert labels(by_id(tree, "message-1")) == []

    @pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "[x](javascript:alert(1))", "**bold**"])
    def test_shows_a_text_as_it_was_typed(self, browser_client: Client, session: AISession, hostile: str) -> None:
        facts.add(session.pk, hostile, "question", user=None, sessions=ALL)
        tree = page(browser_client, session)
        assert text(find(by_id(tree, "known"), ".//li/p")) == hostile


class TestAdding:
    def test_from_a_message_opens_the_form_with_its_source(self, browser_client: Client, fact: Fact) -> None:
        link = find(by_id(page(browser_client, fact.session), "message-1"), ".//a")
        assert link.get("href") == f"/sessions/{fact.session_id}/?fact=new&message=1#new-fact"
        for tree in (
            section(browser_client, fact.session, "?fact=new&message=1"),
            page(browser_client, fact.session, "?fact=new&message=1"),
        ):
            form = form_of(tree)
            assert find(form, ".//input[@name='message']").get("value") == "1"
            assert text(find(form, "./p")) == "From your message, 12:00"

    @pytest.mark.parametrize("message", ["", "2", "x", "-1", "9" * 20])
    def test_from_a_message_that_is_not_there_has_no_source(
        self, browser_client: Client, fact: Fact, message: str
    ) -> None:
        form = form_of(section(browser_client, fact.session, f"?fact=new&message={message}"))
        assert form.find(".//input[@name='message']") is None

    def test_brings_the_section_with_the_new_fact_in_focus(self, browser_client: Client, fact: Fact) -> None:
        answer = send(browser_client, fact.session, "add", text=" Phone\r\nworks ", kind="question", message="1")
        added = Fact.objects.latest("created_at")
        assert (added.text, added.kind, added.source_message, added.user) == (
            "Phone\nworks",
            "question",
            fact.source_message,
            fact.user,
        )
        tree = read(answer)
        assert [row.get("id") for row in tree.iter("li") if row.get("autofocus") is not None] == [f"fact-{added.pk}"]
        assert triggers(answer) == {
            "announce": "Fact added.",
            "draft:clear": f"{fact.user_id}:{fact.session_id}:fact:1",
        }
        assert find(tree, "./ol").get("data-shown") == "3-0"

    def test_without_scripts_leads_back_to_the_page(self, browser_client: Client, session: AISession) -> None:
        answer = send(browser_client, session, "add", edge="plain form", text="It hums.", kind="engineer_note")
        added = Fact.objects.get()
        assert (answer.status_code, answer["Location"]) == (303, f"/sessions/{session.pk}/#fact-{added.pk}")
        assert "Fact added." in text(find(page(browser_client, session), ".//div[@class='messages']"))

    @pytest.mark.parametrize("edge", EDGES)
    @pytest.mark.parametrize(("typed", "said"), [(" ", "Write what you know."), ("x" * 2_001, "Too long: 2,001")])
    def test_a_refused_text_comes_back(
        self, browser_client: Client, fact: Fact, edge: str, typed: str, said: str
    ) -> None:
        with assert_nothing_written():
            answer = send(
                browser_client, fact.session, "add", edge=edge, text=typed, kind="diagnostic_check", message="1"
            )
        assert answer.status_code == 422
        tree = read(answer)
        assert (tree.find("html") is None) == (edge == "htmx")
        form = form_of(tree)
        field = find(form, ".//textarea")
        assert (value_of(field), field.get("aria-invalid")) == (typed, "true")
        assert described(tree, field).startswith(said)
        assert find(form, ".//input[@checked]").get("value") == "diagnostic_check"
        assert find(form, ".//input[@name='message']").get("value") == "1"

    def test_twice_adds_one_and_another_text_is_kept(self, browser_client: Client, session: AISession) -> None:
        key = str(uuid4())
        for _ in range(2):
            assert (
                send(browser_client, session, "add", text="It hums.", kind="question", form_key=key).status_code == 200
            )
        answer = send(browser_client, session, "add", text="It rattles.", kind="question", form_key=key)
        assert answer.status_code == 409
        form = form_of(read(answer))
        assert value_of(find(form, ".//textarea")) == "It rattles."
        assert "This was already added as “It hums.”" in text(form)
        fresh = by_id(form, "fact-key").get("value", "")
        send(browser_client, session, "add", text="It rattles.", kind="question", form_key=fresh)
        assert Fact.objects.count() == 2


class TestEditing:
    def test_opens_in_the_facts_place(self, browser_client: Client, fact: Fact) -> None:
        form = form_of(section(browser_client, fact.session, f"?fact={fact.pk}"))
        assert value_of(find(form, ".//textarea")) == "Webmail works."
        assert find(form, ".//input[@checked]").get("value") == "question"

    @pytest.mark.parametrize("edge", EDGES)
    def test_saves(self, browser_client: Client, fact: Fact, edge: str) -> None:
        answer = send(
            browser_client, fact.session, f"{fact.pk}/edit", edge=edge, version=1, text="Webmail asks.", kind="question"
        )
        assert answer.status_code == (200 if edge == "htmx" else 303)
        fact.refresh_from_db()
        assert (fact.text, fact.version) == ("Webmail asks.", 2)

    @pytest.mark.parametrize("edge", EDGES)
    def test_of_what_someone_changed_meanwhile_shows_theirs_above_mine(
        self, browser_client: Client, fact: Fact, sam: User, edge: str
    ) -> None:
        facts.change(fact.session_id, fact.pk, {"text": "Sam’s"}, user=sam, sessions=ALL)
        sent = {"version": 1, "text": "Mine", "kind": "question"}
        with assert_nothing_written():
            answer = send(browser_client, fact.session, f"{fact.pk}/edit", edge=edge, **sent)
        assert answer.status_code == 409
        form = form_of(read(answer))
        assert "Sam changed this fact while you were editing, to “Sam’s”. Nothing has been saved." in text(form)
        assert value_of(find(form, ".//textarea")) == "Mine"
        assert labels(form)[:2] == ["Save mine anyway", "Keep theirs"]
        version = find(form, ".//input[@name='version']").get("value")
        send(browser_client, fact.session, f"{fact.pk}/edit", edge=edge, **sent | {"version": version})
        fact.refresh_from_db()
        assert fact.text == "Mine"

    @pytest.mark.parametrize("edge", EDGES)
    def test_of_what_someone_removed_meanwhile_is_offered_as_a_new_fact(
        self, browser_client: Client, fact: Fact, sam: User, edge: str
    ) -> None:
        facts.change(fact.session_id, fact.pk, {"removed": True}, user=sam, sessions=ALL)
        with assert_nothing_written():
            answer = send(
                browser_client, fact.session, f"{fact.pk}/edit", edge=edge, version=1, text="Mine", kind="question"
            )
        assert answer.status_code == 409
        form = form_of(read(answer))
        assert form.get("action") == f"/sessions/{fact.session_id}/facts/add/"
        assert "Sam removed this fact while you were editing." in text(form)
        assert value_of(find(form, ".//textarea")) == "Mine"
        assert find(form, ".//input[@name='message']").get("value") == "1"


class TestRemoving:
    def test_leaves_undo_in_its_place(self, browser_client: Client, fact: Fact) -> None:
        facts.add(fact.session_id, "Another", "question", user=fact.user, sessions=ALL)
        answer = send(browser_client, fact.session, f"{fact.pk}/remove", version=1)
        first, second = rows(read(answer))
        assert first == "Removed: “Webmail works.” Undo removing Webmail works."
        assert second.startswith("Another")
        assert text(find(by_id(read(answer), "known"), ".//h2")) == "What we know 1"
        assert triggers(answer)["announce"] == "Fact removed. You can undo this."

    def test_undo_restores_it(self, browser_client: Client, fact: Fact) -> None:
        for act in ("remove", "restore"):
            answer = send(browser_client, fact.session, f"{fact.pk}/{act}", version=1)
        assert rows(read(answer))[0].startswith("Webmail works. Asked")
        fact.refresh_from_db()
        assert not fact.is_removed

    def test_undo_stays_for_ten_minutes_for_the_person_who_removed_it(
        self, browser_client: Client, fact: Fact, sam: User, clock: TimeMachineFixture
    ) -> None:
        send(browser_client, fact.session, f"{fact.pk}/remove", version=1)
        colleague = Client()
        let_in(colleague, sam)
        place = f".//*[@id='fact-{fact.pk}']"
        assert page(browser_client, fact.session).find(place) is not None
        assert page(colleague, fact.session).find(place) is None
        clock.move_to(NOON + timedelta(minutes=10), tick=False)
        assert page(browser_client, fact.session).find(place) is None

    def test_without_scripts_undo_is_on_the_page_that_follows(self, browser_client: Client, fact: Fact) -> None:
        answer = send(browser_client, fact.session, f"{fact.pk}/remove", edge="plain form", version=1)
        assert (answer.status_code, answer["Location"]) == (303, f"/sessions/{fact.session_id}/?fact={fact.pk}#known")
        tree = page(browser_client, fact.session, f"?fact={fact.pk}")
        undo = find(by_id(tree, f"fact-{fact.pk}"), "./form")
        assert undo.get("action") == f"/sessions/{fact.session_id}/facts/{fact.pk}/restore/"
        answer = send(browser_client, fact.session, f"{fact.pk}/restore", edge="plain form")
        assert answer["Location"] == f"/sessions/{fact.session_id}/#fact-{fact.pk}"

    @pytest.mark.parametrize("edge", EDGES)
    def test_what_someone_changed_is_shown_first(
        self, browser_client: Client, fact: Fact, sam: User, edge: str
    ) -> None:
        facts.change(fact.session_id, fact.pk, {"text": "Sam’s"}, user=sam, sessions=ALL)
        with assert_nothing_written():
            answer = send(browser_client, fact.session, f"{fact.pk}/remove", edge=edge, version=1)
        assert answer.status_code == 409
        row = by_id(read(answer), f"fact-{fact.pk}")
        assert text(find(row, "./p")) == "Sam’s"
        assert "Sam has changed this fact, so it wasn’t removed." in text(find(row, "./div[@role='alert']"))


@pytest.mark.parametrize("edge", EDGES)
def test_a_closed_session_refuses_and_keeps_what_was_typed(browser_client: Client, fact: Fact, edge: str) -> None:
    AISession.objects.update(status="abandoned")
    sent = {"text": "Mine", "kind": "question", "version": 1}
    with assert_nothing_written():
        for act in ("add", f"{fact.pk}/edit", f"{fact.pk}/remove"):
            answer = send(browser_client, fact.session, act, edge=edge, **sent)
            assert answer.status_code == 409
            known = by_id(read(answer), "known")
            assert "This session is abandoned. Reopen it to change what we know." in text(known)
            assert ("Mine" in text(known)) == (act != f"{fact.pk}/remove")


def test_a_fact_of_another_session_is_not_found(browser_client: Client, fact: Fact) -> None:
    other = SessionFactory(owner=fact.session.owner)
    for act in ("edit", "remove", "restore"):
        assert send(browser_client, other, f"{fact.pk}/{act}", text="x", kind="question").status_code == 404


class TestUpdates:
    def test_an_act_brings_what_others_did_meanwhile(self, browser_client: Client, fact: Fact, sam: User) -> None:
        shown = by_id(page(browser_client, fact.session), "thread").get("data-shown")
        acts.post(fact.session_id, Author.ENGINEER, "I am at the site.", user=sam)
        make_fix(fact.session, title="Rebuild the profile")
        tree = read(send(browser_client, fact.session, "add", text="It hums.", kind="question", shown=shown))
        assert "I am at the site." in text(find(tree, "./ol"))
        assert "Rebuild the profile" in text(by_id(tree, "attempts"))
        assert by_id(tree, "fix-banner").get("hx-swap-oob") == "true"
        assert len(rows(tree)) == 2

    def test_a_message_brings_the_facts_that_others_added(self, browser_client: Client, fact: Fact, sam: User) -> None:
        shown = by_id(page(browser_client, fact.session), "thread").get("data-shown")
        facts.add(fact.session_id, "It hums.", "question", user=sam, sessions=ALL)
        fields = {"content": "Still here.", "shown": shown}
        tree = read(browser_client.post(f"/sessions/{fact.session_id}/messages/", fields, headers=HTMX))
        assert by_id(tree, "known").get("hx-swap-oob") == "true"
        assert rows(tree)[1].startswith("It hums.")

    def test_many_facts_cost_one_statement(self, browser_client: Client, fact: Fact) -> None:
        costs = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as queries:
                page(browser_client, fact.session)
            costs.append(len(queries))
            for each in range(20):
                facts.add(fact.session_id, f"{each}", "question", user=fact.user, source=1, sessions=ALL)
        assert costs[0] == costs[1]
