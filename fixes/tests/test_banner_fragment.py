"""The banner's fragment: what its root says, and exactly the buttons that each mode has."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

import pytest
import time_machine
from django.test import Client

from accounts.models import Role, User
from accounts.tests.clients import let_in
from accounts.tests.factories import UserFactory
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import COPILOT, MINUTE, NOON, by
from fixes.tests.factories import NOTES, make_fix
from fixes.tests.pages import banner_of, labels, page_url, value_of
from fixes.transitions import Status
from sessions.models import AISession, Author
from sessions.tests import acts
from tests.markup import by_id, find, read, text

Make = Callable[[AISession], SuggestedFix]


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> time_machine.TimeMachineFixture:
    time_machine.move_to(NOON, tick=False)
    return time_machine


def make_proposal(session: AISession) -> SuggestedFix:
    return lifecycle.propose(make_fix(session, applied=True).pk, Status.SUCCESS, "The client says so.", COPILOT)


def make_nudge(session: AISession) -> SuggestedFix:
    fix = make_fix(session, applied=True)
    for minute in range(1, 4):
        at = NOON + minute * MINUTE
        acts.post(session.pk, Author.ENGINEER, "And another thing.", user=session.owner, at=at)
    return fix


def stands_at(status: Status) -> Make:
    return lambda session: make_fix(session, status)


MODES: dict[str, tuple[Make, str]] = {
    "ai_confirming": (make_proposal, "proposed"),
    "pending": (stands_at(Status.PENDING), "applied_pending"),
    "partial": (stands_at(Status.PARTIAL), "applied_partial"),
    "nudge": (make_nudge, "proposed"),
    "verifying": (lambda session: make_fix(session, applied=True), "proposed"),
    "proposed": (stands_at(Status.PROPOSED), "proposed"),
    "success": (stands_at(Status.SUCCESS), "applied_success"),
    "failed": (stands_at(Status.FAILED), "applied_failed"),
    "dismissed": (stands_at(Status.DISMISSED), "dismissed"),
}

ANSWERS = ["It worked", "Didn’t work…", "Partly worked…", "Waiting to verify…"]

ROWS = {
    "ai_confirming": ["Confirm", "Edit note…", "That’s wrong"],
    "pending": ["It worked", "Didn’t work…", "Partly worked…", "Undo", "Update reason or time…"],
    "partial": ["It worked", "Didn’t work…", "Undo", "Update notes…"],
    "nudge": ["It worked", "Didn’t work…", "Partly worked…", "Still checking…"],
    "verifying": ["It worked", "Didn’t work…", "Partly worked…"],
    "proposed": ["Mark as applied", "Dismiss"],
    "success": ["Resolve…", "Undo"],
    "failed": ["Escalate…", "Undo"],
    "dismissed": ["Resolve…", "Escalate…", "Undo"],
}

OVERFLOWS = {
    "ai_confirming": [*ANSWERS, "Dismiss this fix"],
    # the first two where the banner is too narrow for them in the row
    "pending": ["Undo", "Update reason or time…", "Dismiss this fix"],
    "partial": ["Undo", "Update notes…", "Waiting to verify…", "Dismiss this fix"],
    "nudge": [],
    "verifying": ["Waiting to verify…", "Dismiss this fix"],
    "proposed": ANSWERS,
    "success": [],
    "failed": [],
    "dismissed": [],
}


def row_of(banner: Element) -> list[str]:
    return labels_outside(find(banner, ".//div[@class='actions']"))


def labels_outside(actions: Element) -> list[str]:
    return [text(each) for each in actions if each.tag in {"button", "a"}]


def overflow_of(banner: Element) -> list[str]:
    menu = banner.find(".//ul[@class='menu-list']")
    return [] if menu is None else labels(menu)


@pytest.mark.parametrize("mode", MODES)
def test_the_root_names_mode_fix_and_status(browser_client: Client, session: AISession, mode: str) -> None:
    make, status = MODES[mode]
    fix = make(session)
    banner = banner_of(browser_client, fix)
    root = {name: banner.get(name) for name in ("id", "data-mode", "data-fix-id", "data-status")}
    assert root == {"id": "fix-banner", "data-mode": mode, "data-fix-id": str(fix.pk), "data-status": status}


@pytest.mark.parametrize("mode", MODES)
def test_each_mode_has_its_buttons_and_no_other(browser_client: Client, session: AISession, mode: str) -> None:
    banner = banner_of(browser_client, MODES[mode][0](session))
    assert (row_of(banner), overflow_of(banner)) == (ROWS[mode], OVERFLOWS[mode])


@pytest.mark.parametrize("mode", MODES)
def test_each_mode_has_at_most_one_primary_button(browser_client: Client, session: AISession, mode: str) -> None:
    banner = banner_of(browser_client, MODES[mode][0](session))
    assert len(banner.findall(".//*[@class='button button-primary']")) <= 1


@pytest.mark.parametrize("mode", MODES)
def test_the_page_holds_the_very_fragment(browser_client: Client, session: AISession, mode: str) -> None:
    fix = MODES[mode][0](session)
    on_page = by_id(read(browser_client.get(page_url(fix))), "fix-banner")
    assert text(on_page) == text(banner_of(browser_client, fix))


@pytest.mark.parametrize("mode", MODES)
def test_every_button_outside_a_form_names_one_that_is_there(
    browser_client: Client, session: AISession, mode: str
) -> None:
    banner = banner_of(browser_client, MODES[mode][0](session))
    forms = {form.get("id") for form in banner.iter("form")}
    named = {button.get("form") for button in banner.iter("button") if button.get("type") == "submit"}
    assert named <= forms


@pytest.mark.parametrize("mode", MODES)
def test_a_viewer_reads_it_and_has_no_buttons(client: Client, session: AISession, mode: str) -> None:
    fix = MODES[mode][0](session)
    let_in(client, UserFactory(account=session.account, role=Role.VIEWER))
    banner = banner_of(client, fix, "?form=applied_pending")
    assert (labels(banner), banner.findall(".//form")) == ([], [])
    assert text(find(banner, ".//h2")) == fix.title


def test_a_replaced_fix_that_waits_for_nothing_leaves_an_empty_section(
    browser_client: Client, session: AISession
) -> None:
    fix = make_fix(session)
    make_fix(session)
    banner = banner_of(browser_client, fix)
    assert (banner.get("id"), banner.get("data-mode"), len(banner), text(banner)) == ("fix-banner", "none", 0, "")


def test_a_session_without_a_fix_has_the_empty_section_too(browser_client: Client, session: AISession) -> None:
    banner = by_id(read(browser_client.get(f"/sessions/{session.pk}/")), "fix-banner")
    assert (banner.get("data-mode"), banner.get("data-fix-id"), banner.get("data-status")) == ("none", "", "")


def test_flowpilots_thought_is_named_in_the_head(browser_client: Client, session: AISession) -> None:
    assert (
        text(by_id(banner_of(browser_client, make_proposal(session)), "fix-banner-state")) == "FlowPilot thinks: worked"
    )


def test_a_verdict_shows_its_words(browser_client: Client, session: AISession) -> None:
    fix = lifecycle.record(make_fix(session).pk, Status.SUCCESS, by(session.owner), notes="Seen at 14:20.")
    assert "Seen at 14:20." in text(banner_of(browser_client, fix))


class TestUndoAndReopen:
    def test_undo_says_until_when_in_the_persons_own_time(self, client: Client, session: AISession) -> None:
        session.owner.time_zone = "Asia/Tokyo"
        session.owner.save()
        let_in(client, session.owner)
        assert "until 21:10" in text(banner_of(client, make_fix(session, Status.SUCCESS)))

    def test_after_ten_minutes_it_is_reopen_with_a_reason(
        self, browser_client: Client, session: AISession, clock: time_machine.TimeMachineFixture
    ) -> None:
        fix = make_fix(session, Status.SUCCESS)
        clock.move_to(NOON + 11 * MINUTE, tick=False)
        banner = banner_of(browser_client, fix)
        assert row_of(banner) == ["Resolve…", "Reopen…", "Add notes…"]
        assert "until" not in text(banner)

    def test_a_colleague_has_reopen_at_once(self, client: Client, session: AISession) -> None:
        let_in(client, UserFactory(account=session.account))
        assert row_of(banner_of(client, make_fix(session, Status.FAILED))) == ["Escalate…", "Reopen…"]


class TestOpenForm:
    @pytest.mark.parametrize(
        ("form", "label", "button"),
        [
            ("applied_failed", "What happened instead?", "Record as didn’t work"),
            ("applied_partial", "What worked, and what didn’t?", "Record as partly worked"),
            ("applied_pending", "What are you waiting on?", "Record as waiting"),
        ],
    )
    def test_opens_with_its_question_and_a_way_back(
        self, browser_client: Client, session: AISession, form: str, label: str, button: str
    ) -> None:
        stack = find(banner_of(browser_client, make_fix(session), f"?form={form}"), ".//form[@class='stack']")
        assert text(find(stack, ".//label[@for='fix-banner-notes']")) == label
        assert labels(stack) == [button, "Cancel"]

    def test_takes_the_place_of_the_buttons(self, browser_client: Client, session: AISession) -> None:
        banner = banner_of(browser_client, make_fix(session), "?form=applied_failed")
        assert labels(banner) == ["Record as didn’t work", "Cancel"]

    @pytest.mark.parametrize("form", ["applied_success", "reopen", "confirm", "bogus", "proposed", ""])
    def test_a_form_that_a_verdict_lacks_stays_closed(
        self, browser_client: Client, session: AISession, form: str
    ) -> None:
        fix = make_fix(session, Status.FAILED if form != "reopen" else Status.PENDING)
        assert banner_of(browser_client, fix, f"?form={form}").find(".//form[@class='stack']") is None

    @pytest.mark.parametrize("status", [Status.PENDING, Status.PARTIAL])
    def test_an_update_holds_what_stands_and_the_banner_says_it_once(
        self, browser_client: Client, session: AISession, status: Status
    ) -> None:
        banner = banner_of(browser_client, make_fix(session, status), f"?form={status}")
        assert value_of(by_id(banner, "fix-banner-notes")) == NOTES[status]
        assert text(banner).count(NOTES[status]) == 1

    def test_another_answer_leaves_the_reason_in_sight(self, browser_client: Client, session: AISession) -> None:
        banner = banner_of(browser_client, make_fix(session, Status.PENDING), "?form=applied_partial")
        assert value_of(by_id(banner, "fix-banner-notes")) == ""
        assert NOTES[Status.PENDING] in text(banner)

    def test_flowpilots_words_stand_once_where_they_can_be_changed(
        self, browser_client: Client, session: AISession
    ) -> None:
        banner = banner_of(browser_client, make_proposal(session), "?form=confirm")
        assert value_of(by_id(banner, "fix-banner-notes")) == "The client says so."
        assert text(banner).count("The client says so.") == 1

    def test_opens_on_the_page_too(self, browser_client: Client, session: AISession) -> None:
        answer = browser_client.get(f"{page_url(make_fix(session))}?form=applied_pending")
        assert labels(by_id(read(answer), "fix-banner")) == ["Record as waiting", "Cancel"]


class TestBoard:
    def test_every_id_follows_the_place(self, browser_client: Client, session: AISession) -> None:
        fix = make_fix(session, Status.PENDING)
        banner = banner_of(browser_client, fix, "?place=board&form=applied_pending")
        assert banner.get("id") == f"fix-banner-{fix.pk}"
        ids = [element.get("id", "") for element in banner.iter() if element.get("id")]
        assert all(each.startswith(f"fix-banner-{fix.pk}") for each in ids)

    def test_what_opens_a_form_keeps_the_place(self, browser_client: Client, session: AISession) -> None:
        fix = make_fix(session, Status.PENDING)
        banner = banner_of(browser_client, fix, "?place=board")
        opens = [link for link in banner.iter("a") if link.get("hx-get")]
        assert {link.get("hx-target") for link in opens} == {f"#fix-banner-{fix.pk}"}
        assert all("place=board" in link.get("hx-get", "") for link in opens)

    def test_without_scripts_a_form_opens_on_the_same_board(self, browser_client: Client, session: AISession) -> None:
        fix = make_fix(session, Status.PENDING)
        banner = banner_of(browser_client, fix, "?place=board&back=show%3Dmine%26next%3D%2F%2Fevil")
        here = f"/pending/?show=mine&answer={fix.pk}&form="
        links = [link.get("href", "") for link in banner.iter("a")]
        assert all(link.startswith(here) and link.endswith(f"#fix-banner-{fix.pk}") for link in links)

    def test_an_unknown_place_is_the_session_page(self, browser_client: Client, session: AISession) -> None:
        assert banner_of(browser_client, make_fix(session), "?place=%22%3E%3Cb").get("id") == "fix-banner"


class TestReplacedButWaiting:
    @pytest.fixture
    def waiting(self, session: AISession) -> SuggestedFix:
        fix = make_fix(session, Status.PENDING, title="The first idea")
        make_fix(session, title="A newer idea")
        return fix

    def test_the_page_docks_it_when_asked_for(self, browser_client: Client, waiting: SuggestedFix) -> None:
        banner = by_id(read(browser_client.get(f"{page_url(waiting)}?fix={waiting.pk}")), "fix-banner")
        assert banner.get("data-fix-id") == str(waiting.pk)
        assert "A newer fix replaced this one." in text(banner)

    def test_its_forms_open_without_scripts_too(self, browser_client: Client, waiting: SuggestedFix) -> None:
        answer = browser_client.get(f"{page_url(waiting)}?fix={waiting.pk}&form=applied_failed")
        banner = by_id(read(answer), "fix-banner")
        assert (banner.get("data-fix-id"), labels(banner)[-2:]) == (
            str(waiting.pk),
            ["Record as didn’t work", "Cancel"],
        )
        hrefs = [link.get("href", "") for link in banner.iter("a") if link.get("hx-get")]
        assert hrefs == [f"{page_url(waiting)}?fix={waiting.pk}#fix-banner"]

    @pytest.mark.parametrize("asked", ["bogus", "00000000-0000-4000-8000-000000000000", "", "%00"])
    def test_any_other_id_docks_the_current_fix(
        self, browser_client: Client, waiting: SuggestedFix, asked: str
    ) -> None:
        banner = by_id(read(browser_client.get(f"{page_url(waiting)}?fix={asked}")), "fix-banner")
        assert text(find(banner, ".//h2")) == "A newer idea"

    def test_once_it_has_a_verdict_the_current_fix_is_docked(
        self, browser_client: Client, engineer: User, waiting: SuggestedFix
    ) -> None:
        lifecycle.record(waiting.pk, Status.SUCCESS, by(engineer))
        banner = by_id(read(browser_client.get(f"{page_url(waiting)}?fix={waiting.pk}")), "fix-banner")
        assert text(find(banner, ".//h2")) == "A newer idea"


@pytest.mark.parametrize("path", ["fixes", "sessions"])
def test_what_is_in_no_session_of_the_account_is_not_found(
    browser_client: Client, session: AISession, path: str
) -> None:
    fix, foreign = make_fix(session), make_fix()
    ids = {"fixes": (session.pk, foreign.pk), "sessions": (foreign.session_id, fix.pk)}[path]
    assert browser_client.get(f"/sessions/{ids[0]}/fixes/{ids[1]}/banner").status_code == 404
