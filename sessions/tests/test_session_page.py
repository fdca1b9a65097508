"""The session page: ticket, conversation and composer, and what can be done to the session itself."""

from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree.ElementTree import Element

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from accounts.models import Role, User
from accounts.tests.clients import let_in
from accounts.tests.factories import UserFactory
from fixes.lifecycle import By
from fixes.tests import lifecycle
from fixes.tests.acting import assert_nothing_written
from fixes.tests.factories import make_fix
from fixes.tests.pages import EDGES, HTMX, triggers, value_of
from fixes.transitions import Source, Status
from sessions.models import AISession, Author, Message
from sessions.tests import acts
from sessions.tests.factories import SessionFactory
from tests.markup import by_id, described, find, read, text

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PROMOTES = " What we know: add from this message"
HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(1)">'


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> time_machine.TimeMachineFixture:
    time_machine.move_to(NOON, tick=False)
    return time_machine


def page_of(client: Client, session: AISession, query: str = "") -> Element:
    answer = client.get(f"/sessions/{session.pk}/{query}")
    assert answer.status_code == 200
    return read(answer)


def post(client: Client, session: AISession, edge: str = "htmx", **fields: Any) -> HttpResponse:
    return client.post(f"/sessions/{session.pk}/messages/", fields, headers=HTMX if edge == "htmx" else {})


def set_to(session: AISession, status: str) -> None:
    kind = "verified" if status == "resolved" else None
    AISession.objects.filter(pk=session.pk).update(status=status, resolution_kind=kind)


class TestHead:
    def test_tells_ticket_client_engineer_and_age(self, browser_client: Client, session: AISession) -> None:
        head = by_id(page_of(browser_client, session), "session-head")
        expected = f"{session.title} Active Maya started just now {session.ticket_ref} Nordwind Logistik"
        assert text(head).startswith(expected)

    def test_the_tab_says_the_state_first(self, browser_client: Client, session: AISession) -> None:
        make_fix(session, Status.PENDING)
        title = text(find(page_of(browser_client, session), ".//title"))
        assert title == f"Awaiting verification · {session.title} · {session.ticket_ref} · ResolutionFlow"

    def test_without_a_fix_it_says_the_title(self, browser_client: Client, engineer: User) -> None:
        session = SessionFactory(owner=engineer, title="<b>VPN & co", ticket_ref="")
        assert text(find(page_of(browser_client, session), ".//title")) == "<b>VPN & co · ResolutionFlow"

    def test_a_replaced_fix_that_is_shown_names_the_tab(self, browser_client: Client, session: AISession) -> None:
        waiting = make_fix(session, Status.PENDING)
        make_fix(session)
        page = page_of(browser_client, session, f"?fix={waiting.pk}")
        assert text(find(page, ".//title")).startswith("Awaiting verification · ")


class TestConversation:
    def test_is_messages_and_acts_in_the_order_they_happened(self, browser_client: Client, session: AISession) -> None:
        owner = session.owner

        def write(author: Author, content: str, minute: int) -> None:
            acts.post(session.pk, author, content, user=owner, at=NOON + minute * MINUTE)

        write(Author.ENGINEER, "It asks every ten minutes.", 1)
        write(Author.ASSISTANT, "Two questions first.", 2)
        words = {"title": "Clear credentials", "description": "…", "confidence_pct": 80}
        fix = lifecycle.suggest(session.pk, words, By(None, Source.COPILOT, NOON + 3 * MINUTE))
        write(Author.ENGINEER, "Trying that.", 4)
        lifecycle.record(
            fix.pk, Status.PENDING, By(owner, Source.BANNER, NOON + 5 * MINUTE), notes="A **reboot**", follow_up_at=None
        )
        write(Author.SYSTEM, "Paused for the night.", 6)
        thread = by_id(page_of(browser_client, session), "thread")
        assert [text(entry).replace(PROMOTES, "") for entry in thread] == [
            "M Maya 12:01 It asks every ten minutes.",
            "FlowPilot 12:02 Two questions first.",
            "FlowPilot suggested Clear credentials, 80% confident 12:03",
            "M Maya 12:04 Trying that.",
            "Maya marked it as awaiting verification: A **reboot** 12:05",
            "System 12:06 Paused for the night.",
        ]

    def test_tells_of_every_kind_of_act(self, browser_client: Client, session: AISession) -> None:
        by = By(session.owner, Source.BANNER)
        fix = make_fix(session, ai_drafted_script="cmdkey /list")
        lifecycle.decide(fix.pk, "build_template", by)
        lifecycle.decide(fix.pk, "one_off", by)
        lifecycle.record(fix.pk, Status.FAILED, by)
        lifecycle.reopen(fix.pk, by)
        lifecycle.record(fix.pk, Status.PENDING, by, notes="Lunch.", follow_up_at=NOON + 60 * MINUTE)
        lifecycle.record(fix.pk, Status.SUCCESS, by)
        lifecycle.reopen(fix.pk, by, reason="Wrong one.")
        thread = by_id(page_of(browser_client, session), "thread")
        assert [text(entry) for entry in thread][1:] == [
            "Maya chose to build a template 12:00",
            "Maya ran the script 12:00",
            "Maya recorded that it didn’t work 12:00",
            "Maya undid that 12:00",
            "Maya marked it as awaiting verification: Lunch. check by 13:00 12:00",
            "Maya recorded that it worked 12:00",
            "Maya undid that: Wrong one. 12:00",
        ]

    def test_times_are_the_readers_own(self, client: Client, session: AISession) -> None:
        acts.post(session.pk, Author.ENGINEER, "Hello.", user=session.owner)
        let_in(client, UserFactory(account=session.account, time_zone="Asia/Tokyo"))
        time = find(by_id(page_of(client, session), "message-1"), ".//time")
        assert (text(time), time.get("datetime")) == ("21:00", "2026-11-23T21:00:00+09:00")
        assert time.get("title") == "Monday 23 November 2026, 21:00 JST"

    def test_a_new_one_says_that_it_is_empty(self, browser_client: Client, session: AISession) -> None:
        thread = by_id(page_of(browser_client, session), "thread")
        assert text(thread) == "No messages yet. Write what you’ve found or tried."

    @pytest.mark.parametrize("author", list(Author))
    def test_hostile_messages_are_inert(self, browser_client: Client, session: AISession, author: Author) -> None:
        content = f"{HOSTILE}\n\n[here](javascript:alert(1)) ![x](https://evil.example/p.png)"
        acts.post(session.pk, author, content, user=session.owner)
        body = find(by_id(page_of(browser_client, session), "message-1"), "./div")
        assert {element.tag for element in body.iter()} <= {"div", "p", "a"}
        assert not any(link.get("href", "").startswith("javascript") for link in body.iter("a"))
        assert "<script>alert(1)</script>" in text(body)

    def test_hostile_words_anywhere_else_are_inert(self, browser_client: Client, engineer: User) -> None:
        owner = UserFactory(account=engineer.account, display_name="<script>owner</script>")
        words = dict.fromkeys(("title", "problem_summary", "client_name"), HOSTILE)
        session = SessionFactory(owner=owner, ticket_ref="<script>CW-1</script>", **words)
        fix = make_fix(session, title=HOSTILE, description=HOSTILE)
        by = By(owner, Source.BANNER)
        lifecycle.record(fix.pk, Status.PENDING, by, notes=HOSTILE)
        lifecycle.propose(fix.pk, Status.SUCCESS, HOSTILE, By(None, Source.COPILOT))
        page = page_of(browser_client, session)
        assert page.findall(".//img") == []
        assert all(script.get("src") for script in page.iter("script"))
        assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]

    def test_the_lane_has_the_ticket_and_says_what_will_stand_there(
        self, browser_client: Client, session: AISession
    ) -> None:
        lane = by_id(page_of(browser_client, session), "lane")
        assert "Suggested fixes and their outcomes appear here." in text(lane)
        ticket = {text(name): text(value) for name, value in zip(lane.iter("dt"), lane.iter("dd"), strict=True)}
        assert ticket == {
            "Reference": session.ticket_ref,
            "Client": "Nordwind Logistik",
            "Engineer": "Maya",
            "Details": session.problem_summary,
        }


class TestComposer:
    def test_a_message_is_stored_and_comes_back_as_shown(self, browser_client: Client, session: AISession) -> None:
        answer = post(browser_client, session, content="  It `works` on C:\\_x_\r\nnow.  ")
        message = Message.objects.get()
        assert (message.content, message.author, message.user) == (
            "It `works` on C:\\_x_\nnow.",
            "engineer",
            session.owner,
        )
        tree = read(answer)
        assert text(find(tree, "./ol/li/div")) == r"It works on C:\_x_ now."
        assert tree.find(".//form") is None
        on_page = by_id(page_of(browser_client, session), "message-1")
        assert text(on_page) == text(find(tree, "./ol/li"))

    def test_the_draft_it_clears_is_the_composers(self, browser_client: Client, session: AISession) -> None:
        composer = by_id(page_of(browser_client, session), "composer")
        told = triggers(post(browser_client, session, content="Hello."))
        assert told["draft:clear"] == composer.get("data-draft") == f"{session.owner_id}:{session.pk}:message"
        assert told["announce"] == "Message sent."

    def test_without_scripts_the_page_follows_at_the_composer(self, browser_client: Client, session: AISession) -> None:
        answer = post(browser_client, session, "plain form", content="Hello.")
        assert (answer.status_code, answer["Location"]) == (303, f"/sessions/{session.pk}/#composer")

    @pytest.mark.parametrize("edge", EDGES)
    @pytest.mark.parametrize(
        ("content", "said"),
        [
            ("", "Write something first."),
            (" \r\n\t", "Write something first."),
            ("x" * 50_001, "Too long: 50,001 characters (limit 50,000)."),
            ("a\0b", "This text has an invalid character (U+0000, line 1). Remove it."),
        ],
    )
    def test_what_wont_do_comes_back_with_the_reason(
        self, browser_client: Client, session: AISession, edge: str, content: str, said: str
    ) -> None:
        with assert_nothing_written():
            answer = post(browser_client, session, edge, content=content)
        assert answer.status_code == 422
        tree = read(answer)
        field = find(by_id(tree, "composer"), ".//textarea")
        assert (value_of(field), field.get("aria-invalid")) == (content, "true")
        assert described(tree, field) == said
        assert (answer.get("HX-Retarget"), tree.find("html") is None) == {
            "htmx": ("#composer", True),
            "plain form": (None, False),
        }[edge]

    def test_once_mended_the_composer_is_empty_again(self, browser_client: Client, session: AISession) -> None:
        composer = by_id(read(post(browser_client, session, content=" ")), "composer")
        sent = {each.get("name", ""): each.get("value", "") for each in composer.iter("input")}
        fresh = by_id(read(post(browser_client, session, **sent | {"content": "Hello."})), "composer")
        field = find(fresh, ".//textarea")
        assert (fresh.get("hx-swap-oob"), value_of(field), field.get("aria-invalid")) == ("true", "", None)
        assert fresh.find(".//*[@class='error']") is None

    @pytest.mark.parametrize("edge", EDGES)
    @pytest.mark.parametrize("status", ["resolved", "abandoned"])
    def test_a_session_closed_meanwhile_keeps_the_text(
        self, browser_client: Client, session: AISession, edge: str, status: str
    ) -> None:
        set_to(session, status)
        with assert_nothing_written():
            answer = post(browser_client, session, edge, content="Half an hour of writing.")
        assert answer.status_code == 409
        composer = by_id(read(answer), "composer")
        assert value_of(find(composer, ".//textarea")) == "Half an hour of writing."
        assert f"This session is {status}. Reopen it to write in it." in text(composer)

    @pytest.mark.parametrize("status", ["paused", "escalated"])
    def test_a_paused_or_escalated_one_takes_messages(
        self, browser_client: Client, session: AISession, status: str
    ) -> None:
        set_to(session, status)
        assert post(browser_client, session, content="Still here.").status_code == 200

    @pytest.mark.parametrize("status", ["resolved", "abandoned"])
    def test_a_closed_one_says_so_instead(self, browser_client: Client, session: AISession, status: str) -> None:
        set_to(session, status)
        composer = by_id(page_of(browser_client, session), "composer")
        assert composer.find(".//textarea") is None
        assert text(composer) == f"This session is {status}. Reopen it to write in it."

    def test_a_viewer_has_none(self, client: Client, session: AISession) -> None:
        let_in(client, UserFactory(account=session.account, role=Role.VIEWER))
        page = page_of(client, session)
        assert page.findall(".//textarea") == []
        assert {form.get("action") for form in page.iter("form") if form.get("method") == "post"} == {"/sign-out/"}

    def test_nobody_writes_in_another_accounts_session(self, browser_client: Client) -> None:
        foreign = SessionFactory()
        with assert_nothing_written():
            assert post(browser_client, foreign, content="Hello.").status_code == 404
            assert post(browser_client, foreign, content="").status_code == 404
