"""What the banner refuses, and how: in words, at their place, nothing written, and nothing that was typed lost."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from accounts.tests.factories import UserFactory
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import COPILOT, MINUTE, NOON, assert_nothing_written, by, last_event
from fixes.tests.factories import make_fix
from fixes.tests.pages import EDGES, assert_refused, error_at, labels, page_url, record, send, value_of
from fixes.transitions import Status
from sessions.models import AISession
from tests.markup import by_id, find, read, text

pytestmark = pytest.mark.parametrize("edge", EDGES)

TYPED = "  Waiting for the client’s power cycle\r\nat lunch.  "
KEPT = "fix-banner-kept"


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> time_machine.TimeMachineFixture:
    time_machine.move_to(NOON, tick=False)
    return time_machine


@pytest.fixture
def fix(session: AISession) -> SuggestedFix:
    return make_fix(session)


@pytest.fixture
def jonas(engineer: User) -> User:
    return UserFactory(account=engineer.account, display_name="Jonas")


class TestWrongInput:
    @pytest.mark.parametrize(
        ("outcome", "notes", "said"),
        [
            ("applied_pending", None, "Say what you’re waiting on. Nothing has been recorded yet."),
            ("applied_pending", " \r\n\t ", "Say what you’re waiting on. Nothing has been recorded yet."),
            ("applied_partial", "", "Say what worked and what didn’t. Nothing has been recorded yet."),
            ("applied_failed", "x" * 4001, "Too long: 4,001 characters (limit 4,000)."),
            ("applied_pending", "a\0b", "This text has an invalid character (U+0000, line 1). Remove it."),
        ],
    )
    def test_words_that_wont_do_are_named_beside_their_field_and_kept(
        self, browser_client: Client, fix: SuggestedFix, edge: str, outcome: str, notes: str | None, said: str
    ) -> None:
        with assert_nothing_written():
            answer = record(browser_client, fix, outcome, edge=edge, **({} if notes is None else {"notes": notes}))
        banner = assert_refused(answer, 422, edge)
        assert said in error_at(banner, "notes")
        assert value_of(by_id(banner, "fix-banner-notes")) == (notes or "")

    def test_what_is_mended_is_recorded(self, browser_client: Client, fix: SuggestedFix, edge: str) -> None:
        banner = assert_refused(record(browser_client, fix, "applied_pending", edge=edge, notes=" "), 422, edge)
        form = find(banner, ".//form[@class='stack']")
        fields = {
            each.get("name", ""): each.get("value", "") for each in form.iter("input") if each.get("type") != "radio"
        }
        browser_client.post(form.get("action", ""), fields | {"notes": TYPED})
        assert last_event(fix).notes == "Waiting for the client’s power cycle\nat lunch."

    @pytest.mark.parametrize("outcome", ["bogus", "proposed", "", "applied_success\0"])
    def test_an_unknown_outcome_is_refused_and_the_words_kept(
        self, browser_client: Client, fix: SuggestedFix, edge: str, outcome: str
    ) -> None:
        with assert_nothing_written():
            answer = send(browser_client, fix, "record", edge=edge, outcome=outcome, notes=TYPED)
        banner = assert_refused(answer, 422, edge)
        assert "Nothing has been recorded." in text(find(banner, ".//div[@class='notice']"))
        assert value_of(by_id(banner, KEPT)) == TYPED

    def test_of_an_open_form_it_is_said_above_it(self, browser_client: Client, fix: SuggestedFix, edge: str) -> None:
        answer = send(browser_client, fix, "record", edge=edge, outcome="bogus", form="applied_pending", notes=TYPED)
        banner = assert_refused(answer, 422, edge)
        assert "“bogus” is not one of" in text(find(banner, ".//div[@class='notice']"))
        assert value_of(by_id(banner, "fix-banner-notes")) == TYPED

    @pytest.mark.parametrize("version", ["", "abc", "-1", "0", "9" * 40, "1\0"])
    @pytest.mark.parametrize("act", ["apply", "record"])
    def test_a_form_without_its_version_is_refused_in_words(
        self, browser_client: Client, fix: SuggestedFix, edge: str, act: str, version: str
    ) -> None:
        with assert_nothing_written():
            answer = send(browser_client, fix, act, edge=edge, version=version, outcome="dismissed")
        banner = assert_refused(answer, 422, edge)
        assert "This form is incomplete. Reload the page." in text(find(banner, ".//div[@class='notice']"))

    @pytest.mark.parametrize("decision", ["bogus", "", "one_off", "draft_template", "one_off\0"])
    def test_a_path_that_the_fix_lacks_is_refused_in_words(
        self, browser_client: Client, fix: SuggestedFix, edge: str, decision: str
    ) -> None:
        with assert_nothing_written():
            answer = send(browser_client, fix, "decide", edge=edge, decision=decision)
        banner = assert_refused(answer, 422, edge)
        assert "Nothing has been recorded." in text(find(banner, ".//div[@class='notice']"))

    def test_reopening_later_needs_a_reason(
        self, browser_client: Client, session: AISession, edge: str, clock: time_machine.TimeMachineFixture
    ) -> None:
        fix = make_fix(session, Status.FAILED)
        clock.move_to(NOON + 11 * MINUTE, tick=False)
        with assert_nothing_written():
            answer = send(browser_client, fix, "reopen", edge=edge, form="reopen", reason=" ")
        assert "Say why" in error_at(assert_refused(answer, 422, edge), "reason")

    def test_a_confirmation_without_the_words_that_it_needs_asks_for_them(
        self, browser_client: Client, fix: SuggestedFix, edge: str
    ) -> None:
        fix = lifecycle.propose(fix.pk, Status.PENDING, None, COPILOT)
        with assert_nothing_written():
            answer = send(browser_client, fix, "confirm", edge=edge)
        assert "Say what you’re waiting on." in error_at(assert_refused(answer, 422, edge), "notes")


class TestSomebodyElseWasFaster:
    def test_their_answer_stands_above_my_still_filled_form(
        self, browser_client: Client, fix: SuggestedFix, jonas: User, edge: str
    ) -> None:
        lifecycle.record(fix.pk, Status.PARTIAL, by(jonas), notes="Mail works, calendar doesn’t.")
        with assert_nothing_written():
            answer = record(browser_client, fix, "applied_pending", edge=edge, notes=TYPED, check_by="tomorrow")
        banner = assert_refused(answer, 409, edge)
        notice = text(find(banner, ".//div[@role='alert']"))
        assert "Jonas recorded an outcome while you were writing: partly worked." in notice
        assert "Mail works, calendar doesn’t." in notice
        form = find(banner, ".//form[@class='stack']")
        assert value_of(by_id(form, "fix-banner-notes")) == TYPED
        assert find(form, ".//input[@checked]").get("value") == "tomorrow"
        assert labels(form) == ["Record mine anyway", "Keep what Jonas recorded"]

    def test_record_mine_anyway_works(self, browser_client: Client, fix: SuggestedFix, jonas: User, edge: str) -> None:
        lifecycle.record(fix.pk, Status.PARTIAL, by(jonas), notes="Mail works, calendar doesn’t.")
        banner = assert_refused(record(browser_client, fix, "applied_failed", edge=edge, notes="Mine."), 409, edge)
        form = find(banner, ".//form[@class='stack']")
        fields = {each.get("name", ""): each.get("value", "") for each in form.iter("input")}
        answer = browser_client.post(form.get("action", ""), fields | {"notes": "Mine."})
        fix.refresh_from_db()
        assert (answer.status_code, fix.status, fix.failure_reason) == (303, "applied_failed", "Mine.")

    def test_keeping_theirs_leads_back_to_the_banner(
        self, browser_client: Client, fix: SuggestedFix, jonas: User, edge: str
    ) -> None:
        lifecycle.record(fix.pk, Status.PARTIAL, by(jonas), notes="Mail works.")
        banner = assert_refused(record(browser_client, fix, "applied_failed", edge=edge, notes="Mine."), 409, edge)
        keep = find(banner, ".//a[@data-cancel]")
        assert keep.get("href") == f"{page_url(fix)}#fix-banner"
        closed = find(read(browser_client.get(keep.get("hx-get", ""))), "./section")
        assert closed.find(".//form[@class='stack']") is None
        assert "Mail works." in text(closed)

    def test_a_button_is_refused_the_same_way(
        self, browser_client: Client, fix: SuggestedFix, jonas: User, edge: str
    ) -> None:
        lifecycle.record(fix.pk, Status.PENDING, by(jonas), notes="Replication.")
        with assert_nothing_written():
            answer = send(browser_client, fix, "record", edge=edge, outcome="applied_success")
        assert labels(find(assert_refused(answer, 409, edge), ".//form[@class='stack']"))[0] == "Record mine anyway"

    def test_the_same_answer_as_mine_is_no_conflict(
        self, browser_client: Client, fix: SuggestedFix, jonas: User, edge: str
    ) -> None:
        lifecycle.record(fix.pk, Status.PARTIAL, by(jonas), notes="Mail works.")
        with assert_nothing_written():
            answer = record(browser_client, fix, "applied_partial", edge=edge, notes=" Mail works.\r\n")
        assert answer.status_code == {"htmx": 200, "plain form": 303}[edge]

    def test_where_theirs_is_final_my_words_are_kept_and_nothing_sends_them(
        self, browser_client: Client, fix: SuggestedFix, jonas: User, edge: str
    ) -> None:
        lifecycle.record(fix.pk, Status.FAILED, by(jonas), notes="It came back.")
        with assert_nothing_written():
            answer = record(browser_client, fix, "applied_pending", edge=edge, notes=TYPED)
        banner = assert_refused(answer, 409, edge)
        assert "Jonas recorded an outcome while you were writing: didn’t work." in text(banner)
        kept = by_id(banner, KEPT)
        assert (value_of(kept), kept.get("readonly")) == (TYPED, "")
        assert labels(banner) == ["Escalate…", "Reopen…"]

    def test_an_apply_too_late_says_so_and_shows_what_stands(
        self, browser_client: Client, fix: SuggestedFix, jonas: User, edge: str
    ) -> None:
        lifecycle.record(fix.pk, Status.DISMISSED, by(jonas))
        with assert_nothing_written():
            banner = assert_refused(send(browser_client, fix, "apply", edge=edge), 409, edge)
        assert "Jonas recorded an outcome while you were writing: dismissed." in text(banner)
        assert banner.findall(".//textarea") == []

    def test_words_outlive_a_banner_that_is_gone(
        self,
        browser_client: Client,
        fix: SuggestedFix,
        jonas: User,
        edge: str,
        clock: time_machine.TimeMachineFixture,
    ) -> None:
        lifecycle.record(fix.pk, Status.DISMISSED, by(jonas))
        clock.move_to(NOON + timedelta(hours=1), tick=False)
        banner = assert_refused(record(browser_client, fix, "applied_failed", edge=edge, notes=TYPED), 409, edge)
        assert "Jonas recorded an outcome while you were writing: dismissed." in text(banner)
        assert value_of(by_id(banner, KEPT)) == TYPED

    def test_an_edit_of_what_they_cleared_doesnt_bring_a_reminder_along(
        self, browser_client: Client, session: AISession, jonas: User, edge: str
    ) -> None:
        fix = make_fix(session, Status.PENDING)
        due = NOON + timedelta(hours=3)
        fix = lifecycle.record(fix.pk, Status.PENDING, by(jonas), notes="Lunch.", follow_up_at=due)
        lifecycle.record(fix.pk, Status.PENDING, by(jonas), notes="Lunch.", follow_up_at=None)
        banner = assert_refused(
            record(browser_client, fix, "applied_pending", edge=edge, notes=TYPED, check_by="keep"), 409, edge
        )
        assert find(banner, ".//input[@checked]").get("value") == "none"


class TestReplacedWhileWriting:
    def test_the_newer_fix_comes_with_my_words_kept(
        self, browser_client: Client, session: AISession, edge: str
    ) -> None:
        fix = make_fix(session, title="The first idea")
        newer = make_fix(session, title="A newer idea")
        with assert_nothing_written():
            answer = record(browser_client, fix, "applied_pending", edge=edge, notes=TYPED)
        banner = assert_refused(answer, 409, edge)
        assert banner.get("data-fix-id") == str(newer.pk)
        assert "A newer fix replaced the one this form was for. Nothing has been recorded." in text(banner)
        assert value_of(by_id(banner, KEPT)) == TYPED
        assert banner.find(".//form[@class='stack']") is None

    def test_one_that_goes_on_waiting_still_takes_my_answer(
        self, browser_client: Client, session: AISession, edge: str
    ) -> None:
        fix = make_fix(session, Status.PENDING)
        make_fix(session, title="A newer idea")
        with assert_nothing_written():
            answer = record(browser_client, fix, "applied_failed", edge=edge, notes=TYPED)
        banner = assert_refused(answer, 409, edge)
        assert banner.get("data-fix-id") == str(fix.pk)
        assert "A newer fix replaced this one while you were writing." in text(banner)
        assert labels(find(banner, ".//form[@class='stack']")) == ["Record mine anyway", "Keep it as it is"]

    @pytest.mark.parametrize("act", ["apply", "decide", "confirm", "reject", "reopen"])
    def test_every_other_act_is_refused_too(
        self, browser_client: Client, session: AISession, edge: str, act: str
    ) -> None:
        fix = make_fix(session)
        make_fix(session)
        with assert_nothing_written():
            answer = send(browser_client, fix, act, edge=edge, decision="build_template")
        assert "A newer fix replaced the one this form was for." in text(assert_refused(answer, 409, edge))

    def test_the_attempts_come_along(self, browser_client: Client, session: AISession, edge: str) -> None:
        fix = make_fix(session)
        make_fix(session, title="A newer idea")
        answer = record(browser_client, fix, "applied_failed", edge=edge)
        assert "A newer idea" in text(by_id(read(answer), "attempts"))


@pytest.mark.parametrize("act", ["apply", "decide", "confirm", "reject"])
@pytest.mark.parametrize("status", [Status.SUCCESS, Status.FAILED, Status.DISMISSED])
def test_a_verdict_has_no_such_act(
    browser_client: Client, session: AISession, edge: str, act: str, status: Status
) -> None:
    fix = make_fix(session, status)
    with assert_nothing_written():
        answer = send(browser_client, fix, act, edge=edge, decision="build_template")
    notice = text(find(assert_refused(answer, 409, edge), ".//div[@role='alert']"))
    assert notice.endswith(".")
