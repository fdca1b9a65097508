"""The banner's acts as htmx and as plain forms send them: what is written, and what comes back."""

import pytest
import time_machine
from django.test import Client

from accounts.models import Role, User
from accounts.tests.clients import let_in
from accounts.tests.factories import UserFactory
from fixes.models import FixEvent, SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import COPILOT, MINUTE, NOON, assert_nothing_written, by, last_event
from fixes.tests.factories import NOTES, make_fix
from fixes.tests.pages import EDGES, act_url, banner_of, page_url, record, send, triggers
from fixes.transitions import Status
from sessions.models import AISession
from tests.markup import by_id, find, read, text

SCRIPT = {"ai_drafted_script": "cmdkey /list"}


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> time_machine.TimeMachineFixture:
    time_machine.move_to(NOON, tick=False)
    return time_machine


@pytest.fixture
def fix(session: AISession) -> SuggestedFix:
    return make_fix(session, **SCRIPT)


@pytest.fixture
def proposal(fix: SuggestedFix) -> SuggestedFix:
    return lifecycle.propose(fix.pk, Status.SUCCESS, "The client says so.", COPILOT)


@pytest.fixture
def waiting(session: AISession) -> SuggestedFix:
    """Replaced by a newer fix, and waiting still."""
    old = make_fix(session, Status.PENDING, title="The first idea")
    make_fix(session, title="A newer idea")
    return SuggestedFix.objects.get(pk=old.pk)


ACTS = [
    ("proposed", "apply", {}, "verifying", "Marked as applied. Did it work?"),
    ("proposed", "decide", {"decision": "one_off"}, "verifying", "Recorded as run. Did it work?"),
    ("proposed", "record", {"outcome": "applied_success"}, "success", "Recorded: worked."),
    ("proposed", "record", {"outcome": "applied_failed"}, "failed", "Recorded: didn’t work."),
    ("proposed", "record", {"outcome": "applied_partial", "notes": "Half."}, "partial", "Recorded: partly worked."),
    (
        "proposed",
        "record",
        {"outcome": "applied_pending", "notes": "Lunch."},
        "pending",
        "Recorded: awaiting verification.",
    ),
    ("proposed", "record", {"outcome": "dismissed"}, "dismissed", "Recorded: dismissed."),
    ("proposal", "confirm", {}, "success", "Recorded: worked."),
    ("proposal", "reject", {}, "proposed", "FlowPilot’s guess was dismissed."),
    ("worked", "reopen", {}, "verifying", "Reopened."),
]


def prepared(fix: SuggestedFix, state: str) -> SuggestedFix:
    if state == "proposal":
        return lifecycle.propose(fix.pk, Status.SUCCESS, "The client says so.", COPILOT)
    if state == "worked":
        return lifecycle.record(fix.pk, Status.SUCCESS, by(fix.session.owner))
    return fix


class TestEveryAct:
    @pytest.mark.parametrize(("state", "act", "fields", "mode", "said"), ACTS)
    def test_by_htmx_the_fragment_comes_back_and_says_so(
        self,
        browser_client: Client,
        fix: SuggestedFix,
        state: str,
        act: str,
        fields: dict[str, str],
        mode: str,
        said: str,
    ) -> None:
        answer = send(browser_client, prepared(fix, state), act, **fields)
        assert answer.status_code == 200
        assert by_id(read(answer), "fix-banner").get("data-mode") == mode
        assert triggers(answer)["announce"] == said

    @pytest.mark.parametrize(("state", "act", "fields", "mode", "said"), ACTS)
    def test_by_a_plain_form_the_page_follows_at_the_banner_and_says_so(
        self,
        browser_client: Client,
        fix: SuggestedFix,
        state: str,
        act: str,
        fields: dict[str, str],
        mode: str,
        said: str,
    ) -> None:
        answer = send(browser_client, prepared(fix, state), act, edge="plain form", **fields)
        assert (answer.status_code, answer["Location"]) == (303, f"{page_url(fix)}#fix-banner")
        page = read(browser_client.get(answer["Location"]))
        assert by_id(page, "fix-banner").get("data-mode") == mode
        assert text(find(page, ".//div[@class='messages']")) == said

    @pytest.mark.parametrize("edge", EDGES)
    @pytest.mark.parametrize(("state", "act", "fields", "mode", "said"), ACTS)
    def test_one_event_tells_of_it(
        self,
        browser_client: Client,
        fix: SuggestedFix,
        state: str,
        act: str,
        fields: dict[str, str],
        mode: str,
        said: str,
        edge: str,
    ) -> None:
        fix = prepared(fix, state)
        before = fix.events.count()
        send(browser_client, fix, act, edge=edge, **fields)
        event = last_event(fix)
        assert (fix.events.count(), event.action, event.source) == (before + 1, act, "banner")
        assert event.actor == fix.session.owner

    def test_from_the_board_its_source_and_its_ids_are_the_boards(
        self, browser_client: Client, fix: SuggestedFix
    ) -> None:
        answer = send(browser_client, fix, "apply", place="board")
        assert by_id(read(answer), f"fix-banner-{fix.pk}").get("data-mode") == "verifying"
        assert last_event(fix).source == "board"


class TestWhatComesWithTheFragment:
    def test_the_attempts_tell_what_came_of_it(self, browser_client: Client, fix: SuggestedFix) -> None:
        attempts = by_id(read(send(browser_client, fix, "record", outcome="applied_success")), "attempts")
        assert attempts.get("hx-swap-oob") == "true"
        assert f"{fix.title} Worked" in text(attempts)

    def test_the_heads_of_page_and_tab_follow(self, browser_client: Client, fix: SuggestedFix) -> None:
        answer = send(browser_client, fix, "record", outcome="applied_success")
        head = by_id(read(answer), "session-head")
        assert (head.get("hx-swap-oob"), text(find(head, ".//h1"))) == ("true", fix.session.title)
        assert triggers(answer)["title"] == text(find(read(browser_client.get(page_url(fix))), ".//title"))

    def test_the_conversation_gets_the_event_once(self, browser_client: Client, fix: SuggestedFix) -> None:
        answer = record(browser_client, fix, "applied_pending", notes="Lunch.")
        added = find(read(answer), ".//ol[@hx-swap-oob='beforeend:#thread']")
        assert len(added) == 1
        assert "Maya marked it as awaiting verification" in text(added)

    def test_repeating_what_stands_adds_nothing_to_it(self, browser_client: Client, session: AISession) -> None:
        fix = make_fix(session, Status.PENDING)
        as_shown = {"notes": NOTES[Status.PENDING], "check_by": "none", "shown": f"{fix.session.state_version}-0"}
        with assert_nothing_written():
            answer = record(browser_client, fix, "applied_pending", **as_shown)
        assert answer.status_code == 200
        assert text(find(read(answer), ".//ol[@hx-swap-oob='beforeend:#thread']")) == ""

    @pytest.mark.parametrize("form", ["applied_failed", "applied_partial", "applied_pending"])
    def test_the_draft_it_clears_is_the_forms_own(self, browser_client: Client, fix: SuggestedFix, form: str) -> None:
        drawn = find(banner_of(browser_client, fix, f"?form={form}"), ".//form[@data-draft]")
        answer = record(browser_client, fix, form, notes="Words.")
        assert triggers(answer)["draft:clear"] == drawn.get("data-draft") == f"{fix.session.owner_id}:{fix.pk}:{form}"

    def test_the_button_that_opens_a_form_knows_its_draft(self, browser_client: Client, fix: SuggestedFix) -> None:
        opens = {link.get("data-draft-opens") for link in banner_of(browser_client, fix).iter("a")}
        drawn = find(banner_of(browser_client, fix, "?form=applied_failed"), ".//form[@data-draft]")
        assert drawn.get("data-draft") in opens

    def test_the_page_after_a_plain_form_clears_the_draft_too(self, browser_client: Client, fix: SuggestedFix) -> None:
        answer = record(browser_client, fix, "applied_failed", notes="Words.", edge="plain form")
        notice = find(read(browser_client.get(answer["Location"])), ".//*[@data-draft-clear]")
        assert notice.get("data-draft-clear") == f"{fix.session.owner_id}:{fix.pk}:applied_failed"


class TestWords:
    def test_are_stored_with_plain_line_ends_and_shown_as_text(
        self, browser_client: Client, session: AISession
    ) -> None:
        fix = make_fix(session, title="</h2><script>alert(1)</script>")
        answer = record(
            browser_client, fix, "applied_pending", notes="  <b>One</b>\r\n<img src=x onerror=alert(1)>\r\n"
        )
        fix.refresh_from_db()
        assert fix.pending_reason == "<b>One</b>\n<img src=x onerror=alert(1)>"
        tree = read(answer)
        assert {element.tag for element in tree.iter()}.isdisjoint({"script", "img"})
        assert "<b>One</b> <img src=x onerror=alert(1)>" in text(by_id(tree, "fix-banner"))

    def test_of_a_didnt_work_may_be_missing(self, browser_client: Client, fix: SuggestedFix) -> None:
        assert record(browser_client, fix, "applied_failed", notes=" ").status_code == 200
        assert last_event(fix).notes is None

    def test_of_a_confirmation_may_be_changed(self, browser_client: Client, proposal: SuggestedFix) -> None:
        send(browser_client, proposal, "confirm", form="confirm", notes="I saw it myself.")
        assert last_event(proposal).notes == "I saw it myself."

    def test_every_title_is_isolated_from_the_words_around_it(self, browser_client: Client, session: AISession) -> None:
        fix = make_fix(session, title="עברית")
        page = read(browser_client.get(page_url(fix)))
        told = [element for element in page.iter() if (element.text or "").strip() == fix.title]
        assert {element.tag for element in told} == {"bdi"}


class TestScript:
    def test_running_it_is_applying_it(self, browser_client: Client, fix: SuggestedFix) -> None:
        button = find(banner_of(browser_client, fix), ".//button[@name='decision']")
        assert (button.get("value"), button.get("form"), text(button)) == ("one_off", "fix-banner-decide", "I ran this")
        send(browser_client, fix, "decide", decision="one_off")
        fix.refresh_from_db()
        assert (fix.user_decision, fix.applied_at, fix.status) == ("one_off", NOON, "proposed")

    def test_is_shown_as_text(self, browser_client: Client, session: AISession) -> None:
        fix = make_fix(
            session, ai_drafted_script="</code><script>alert(1)</script>", ai_drafted_parameters={"<i>": "<b>"}
        )
        banner = banner_of(browser_client, fix)
        assert text(find(banner, ".//pre/code")) == "</code><script>alert(1)</script>"
        assert text(find(banner, ".//dl")) == "<i><b>"


class TestReplacedButWaiting:
    @pytest.mark.parametrize("outcome", ["applied_success", "applied_failed", "dismissed"])
    def test_a_verdict_docks_the_current_fix(self, browser_client: Client, waiting: SuggestedFix, outcome: str) -> None:
        banner = by_id(read(record(browser_client, waiting, outcome, notes="Words.")), "fix-banner")
        assert text(find(banner, ".//h2")) == "A newer idea"

    def test_undo_stands_in_the_attempts_and_brings_it_back(
        self, browser_client: Client, waiting: SuggestedFix
    ) -> None:
        attempts = by_id(read(record(browser_client, waiting, "applied_success")), "attempts")
        form = find(attempts, ".//form")
        assert (form.get("action"), text(form)) == (act_url(waiting, "undo"), "Undo: The first idea")
        fields = {each.get("name", ""): each.get("value", "") for each in form.iter("input")}
        answer = browser_client.post(form.get("action", ""), fields)
        assert (answer.status_code, answer["Location"]) == (303, f"{page_url(waiting)}?fix={waiting.pk}#fix-banner")
        waiting.refresh_from_db()
        assert waiting.status == "applied_pending"

    def test_undo_is_offered_for_ten_minutes(
        self, browser_client: Client, waiting: SuggestedFix, clock: time_machine.TimeMachineFixture
    ) -> None:
        record(browser_client, waiting, "applied_success")
        clock.move_to(NOON + 11 * MINUTE, tick=False)
        assert by_id(read(browser_client.get(page_url(waiting))), "attempts").find(".//form") is None

    def test_a_new_reason_leaves_it_docked(self, browser_client: Client, waiting: SuggestedFix) -> None:
        answer = record(browser_client, waiting, "applied_pending", notes="Till tonight.", edge="plain form")
        assert answer["Location"] == f"{page_url(waiting)}?fix={waiting.pk}#fix-banner"

    def test_the_attempts_lead_to_it(self, browser_client: Client, waiting: SuggestedFix) -> None:
        attempts = by_id(read(browser_client.get(page_url(waiting))), "attempts")
        hrefs = [link.get("href") for link in attempts.iter("a")]
        assert hrefs == [f"{page_url(waiting)}?fix={waiting.pk}#fix-banner", f"{page_url(waiting)}#fix-banner"]


class TestTwice:
    @pytest.mark.parametrize("edge", EDGES)
    @pytest.mark.parametrize(("state", "act", "fields", "mode", "said"), ACTS)
    def test_a_double_click_records_once_and_is_no_conflict(
        self,
        browser_client: Client,
        fix: SuggestedFix,
        state: str,
        act: str,
        fields: dict[str, str],
        mode: str,
        said: str,
        edge: str,
    ) -> None:
        fix = prepared(fix, state)
        first = send(browser_client, fix, act, edge=edge, **fields)
        with assert_nothing_written():
            second = send(browser_client, fix, act, edge=edge, **fields)
        assert second.status_code == first.status_code == {"htmx": 200, "plain form": 303}[edge]


class TestWhoMay:
    @pytest.mark.parametrize("edge", EDGES)
    def test_a_viewer_is_refused_in_words(self, client: Client, fix: SuggestedFix, edge: str) -> None:
        let_in(client, UserFactory(account=fix.account, role=Role.VIEWER))
        with assert_nothing_written():
            answer = send(client, fix, "apply", edge=edge)
        assert answer.status_code == 403
        assert "Your role is viewer." in text(read(answer))

    @pytest.mark.parametrize("edge", EDGES)
    @pytest.mark.parametrize("fields", [{}, {"outcome": "applied_pending"}])
    def test_another_accounts_fix_is_not_found_right_form_or_wrong(
        self, browser_client: Client, edge: str, fields: dict[str, str]
    ) -> None:
        foreign = make_fix()
        with assert_nothing_written():
            assert send(browser_client, foreign, "record", edge=edge, **fields).status_code == 404
            assert send(browser_client, foreign, "apply", edge=edge, **fields).status_code == 404

    def test_a_fix_is_found_in_its_own_session_only(self, browser_client: Client, engineer: User) -> None:
        fix, other = (make_fix(AISession.objects.create(owner=engineer, account=engineer.account)) for _ in range(2))
        url = f"/sessions/{other.session_id}/fixes/{fix.pk}/apply"
        with assert_nothing_written():
            assert browser_client.post(url, {"version": fix.version}).status_code == 404

    @pytest.mark.parametrize(
        "path",
        [
            "{sid}/fixes/00000000-0000-4000-8000-000000000000/apply",
            "00000000-0000-4000-8000-000000000000/fixes/{fid}/apply",
            "{sid}/fixes/bogus/apply",
            "bogus/fixes/{fid}/apply",
            "{sid}/fixes/{fid}/bogus",
            "{sid}/fixes/{fid}/suggest",
        ],
    )
    def test_unknown_and_malformed_addresses_are_not_found(
        self, browser_client: Client, fix: SuggestedFix, path: str
    ) -> None:
        url = f"/sessions/{path.format(sid=fix.session_id, fid=fix.pk)}"
        with assert_nothing_written():
            assert browser_client.post(url, {"version": fix.version}).status_code == 404

    def test_an_act_is_no_link(self, browser_client: Client, fix: SuggestedFix) -> None:
        with assert_nothing_written():
            assert browser_client.get(act_url(fix, "apply")).status_code == 405

    def test_a_forged_form_is_refused(self, fix: SuggestedFix) -> None:
        forger = Client(enforce_csrf_checks=True)
        let_in(forger, fix.session.owner)
        with assert_nothing_written():
            assert send(forger, fix, "apply").status_code == 403


def test_history_is_never_shortened(browser_client: Client, fix: SuggestedFix) -> None:
    record(browser_client, fix, "applied_pending", notes="Lunch.")
    fix.refresh_from_db()
    record(browser_client, fix, "applied_success", notes="Seen.")
    fix.refresh_from_db()
    send(browser_client, fix, "reopen")
    actions = FixEvent.objects.filter(fix=fix).order_by("state_version").values_list("action", flat=True)
    assert list(actions) == ["suggest", "record", "record", "reopen"]


def test_a_closed_session_still_takes_verdicts(browser_client: Client, fix: SuggestedFix) -> None:
    AISession.objects.filter(pk=fix.session_id).update(status="abandoned")
    assert record(browser_client, fix, "applied_success").status_code == 200
