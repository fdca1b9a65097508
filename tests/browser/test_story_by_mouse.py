"""The life of a fix in its banner, by mouse, with JavaScript."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from accounts.tests.factories import PASSWORD
from fixes.lifecycle import By
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.factories import make_fix
from fixes.transitions import Source, Status
from sessions.models import AISession, Author
from sessions.tests import acts
from tests.browser.conftest import PageFor
from tests.browser.session_page import answer, ask, history, open_fix, open_session, press, say, standing, stands

COPILOT = By(None, Source.COPILOT)


def propose(fix: SuggestedFix, outcome: Status, reason: str) -> None:
    lifecycle.propose(fix.pk, outcome, reason, COPILOT)


def test_somebody_signs_in_parks_a_fix_until_it_can_be_verified_and_records_that_it_worked(
    page_for: PageFor, engineer: User, session: AISession
) -> None:
    fix = make_fix(session)
    page = page_for()
    page.goto("/")
    page.get_by_label("Email").fill(engineer.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name=session.title).click()
    expect(stands(page, "proposed")).to_contain_text("FlowPilot’s guess: 80%")
    page.evaluate("document.body.dataset.never = 'reloaded'")

    press(page, "Mark as applied")
    stands(page, "verifying")
    ask(page, "Waiting to verify…").fill("The client’s power cycle at lunch.")
    page.get_by_label("Tomorrow").check()
    press(page, "Record as waiting")
    expect(stands(page, "pending")).to_contain_text("The client’s power cycle at lunch.")
    expect(page.locator("#fix-banner .due")).to_contain_text("tomorrow 09:00")
    expect(page.locator("#attempts")).to_contain_text("Awaiting verification")
    parked = standing(fix)
    assert (parked.status, parked.verified_at) == ("applied_pending", None)

    reason = ask(page, "Update reason or time…")
    expect(reason).to_have_value("The client’s power cycle at lunch.")
    expect(page.get_by_label("Keep")).to_be_checked()
    reason.fill("They reboot tonight.")
    press(page, "Save")
    expect(stands(page, "pending")).to_contain_text("They reboot tonight.")
    assert standing(fix).follow_up_at == parked.follow_up_at

    press(page, "It worked")
    expect(stands(page, "success")).to_contain_text("Maya")
    expect(page.locator("#attempts")).to_contain_text("Worked")
    expect(page.locator("#thread .event").last).to_contain_text("Maya recorded that it worked")
    assert standing(fix).verified_at

    press(page, "Undo")
    expect(stands(page, "pending")).to_contain_text("They reboot tonight.")
    expect(page.locator("#thread .event").last).to_contain_text("Maya undid that")
    assert standing(fix).follow_up_at == parked.follow_up_at
    expect(page.locator("#thread .event")).to_have_count(6)
    expect(page.locator("body")).to_have_attribute("data-never", "reloaded")
    assert [action for action, *_ in history(fix)] == ["apply", "record", "record", "record", "reopen"]


def test_a_fix_that_didnt_work_is_reopened_by_somebody_else_with_a_reason(
    page: Page, page_for: PageFor, session: AISession, senior: User
) -> None:
    fix = make_fix(session, applied=True)
    open_fix(page, fix)
    answer(page, "Didn’t work", "It asks again after ten minutes.", "Record as didn’t work")
    expect(stands(page, "failed")).to_contain_text("It asks again after ten minutes.")
    colleagues = page_for(senior)
    open_fix(colleagues, fix)
    stands(colleagues, "failed")
    answer(colleagues, "Reopen…", "The client had not rebooted yet.", "Reopen")
    stands(colleagues, "verifying")
    expect(colleagues.locator("#thread .event").last).to_contain_text("Sam reopened")
    assert history(fix)[1:] == [
        ("record", "applied_failed", "It asks again after ten minutes."),
        ("reopen", "proposed", "The client had not rebooted yet."),
    ]


def test_what_partly_worked_is_noted_updated_dismissed_and_taken_up_again(page: Page, session: AISession) -> None:
    fix = make_fix(session, applied=True)
    open_fix(page, fix)
    answer(page, "Partly worked…", "Outlook is quiet, Teams is not.", "Record as partly worked")
    expect(stands(page, "partial")).to_contain_text("Outlook is quiet, Teams is not.")
    answer(page, "Update notes…", "Only Teams on the phone is left.", "Save")
    expect(stands(page, "partial")).to_contain_text("Only Teams on the phone is left.")
    press(page, "Dismiss this fix")
    stands(page, "dismissed")
    press(page, "Undo")
    expect(stands(page, "partial")).to_contain_text("Only Teams on the phone is left.")
    assert [action for action, *_ in history(fix)] == ["apply", "record", "record", "record", "reopen"]


def test_what_flowpilot_thinks_is_confirmed_as_it_stands_or_in_other_words_or_set_aside(
    page: Page, session: AISession
) -> None:
    fix = make_fix(session, applied=True)
    propose(fix, Status.PARTIAL, "Maya says that Teams still asks.")
    banner = open_fix(page, fix)
    expect(banner).to_contain_text("FlowPilot thinks: partly worked")
    expect(banner).to_contain_text("Maya says that Teams still asks.")
    press(page, "That’s wrong")
    stands(page, "verifying")

    propose(fix, Status.PENDING, "AD replication isn’t through yet.")
    open_fix(page, fix)
    stands(page, "ai_confirming")
    words = ask(page, "Confirm…")
    expect(words).to_have_value("AD replication isn’t through yet.")
    words.fill("AD replication, until 15:00.")
    press(page, "Confirm")
    expect(stands(page, "pending")).to_contain_text("AD replication, until 15:00.")

    propose(fix, Status.SUCCESS, "The prompts have stopped.")
    open_fix(page, fix)
    stands(page, "ai_confirming")
    press(page, "Confirm")
    expect(stands(page, "success")).to_contain_text("The prompts have stopped.")
    assert [(action, status) for action, status, _ in history(fix)][1:] == [
        ("propose", "proposed"),
        ("reject", "proposed"),
        ("propose", "proposed"),
        ("confirm", "applied_pending"),
        ("propose", "applied_pending"),
        ("confirm", "applied_success"),
    ]


def test_after_three_messages_the_banner_asks_again_unless_somebody_is_answering_it(
    page: Page, session: AISession
) -> None:
    fix = make_fix(session, applied=True)
    open_fix(page, fix)
    for words in ("First I looked at the sign-in logs.", "Then at Credential Manager."):
        say(page, words)
    stands(page, "verifying")
    ask(page, "Partly worked…").fill("half a th")
    say(page, "And at the registry.")
    expect(page.locator("#fix-banner .stack textarea")).to_have_value("half a th")
    press(page, "Cancel")
    stands(page, "nudge")
    answer(page, "Still checking…", "The client calls back at four.", "Record as waiting")
    stands(page, "pending")


def test_the_third_message_makes_the_banner_ask_again_and_leaves_the_cursor_in_the_message(
    page: Page, session: AISession
) -> None:
    fix = make_fix(session, applied=True)
    for words in ("One.", "Two."):
        acts.post(session.pk, Author.ENGINEER, words, user=session.owner)
    open_fix(page, fix)
    stands(page, "verifying")
    composer = page.get_by_role("textbox", name="Message")
    composer.fill("Three.")
    composer.press("Control+Enter")
    stands(page, "nudge")
    expect(composer).to_be_focused()


def test_a_drafted_script_is_read_copied_and_noted_as_run(page: Page, session: AISession) -> None:
    script = "Get-Credential | Remove-StoredCredential\nRestart-Service Outlook"
    fix = make_fix(session, ai_drafted_script=script)
    banner = open_fix(page, fix)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    banner.get_by_text("Script drafted by FlowPilot").click()
    expect(banner.locator(".code")).to_have_text(script)
    banner.get_by_role("button", name="Copy").click()
    expect(page.locator("#announcer")).to_have_text("Script copied.")
    assert page.evaluate("navigator.clipboard.readText()") == script
    assert standing(fix).applied_at is None
    banner.get_by_role("button", name="I ran this").click()
    stands(page, "verifying")
    assert (standing(fix).user_decision, standing(fix).applied_at is not None) == ("one_off", True)


def test_a_replaced_fix_that_still_waits_takes_its_verdict_without_touching_the_newer_one(
    page: Page, session: AISession
) -> None:
    waiting = make_fix(session, Status.PENDING)
    newer = make_fix(session, title="Rebuild the profile")
    open_session(page, session)
    expect(stands(page, "proposed")).to_contain_text("Rebuild the profile")
    page.locator("#attempts").get_by_role("link", name="Clear cached credentials").click()
    expect(stands(page, "pending")).to_contain_text("A newer fix replaced this one.")
    press(page, "It worked")
    expect(page.locator("#attempts")).to_contain_text("Worked")
    assert (standing(waiting).status, standing(newer).status) == ("applied_success", "proposed")
    page.locator("#attempts").get_by_role("button", name="Undo").click()
    expect(page.locator("#attempts")).to_contain_text("Awaiting verification")
    assert standing(waiting).status == "applied_pending"


def test_a_passed_check_by_time_stands_out(page: Page, session: AISession) -> None:
    fix = make_fix(session)
    yesterday = timezone.now() - timedelta(days=1)
    by = By(session.owner, Source.BANNER, yesterday)
    lifecycle.record(fix.pk, Status.PENDING, by, notes="The licence sync.", follow_up_at=yesterday + timedelta(hours=2))
    banner = open_fix(page, fix)
    expect(banner.locator(".due")).to_contain_text("Overdue 22 h")


def test_after_it_worked_a_line_takes_how_it_was_seen_and_is_never_in_the_way(page: Page, session: AISession) -> None:
    fix = make_fix(session, applied=True)
    open_fix(page, fix)
    press(page, "It worked")
    banner = stands(page, "success")
    expect(banner).to_be_focused()  # not the line: the outcome is recorded, and the keys go on working
    line = banner.get_by_label("How did you see that it worked?")
    line.fill("Three sign-ins without a prompt.")
    line.press("Enter")
    expect(page.locator("#thread .event").last).to_contain_text("Maya added notes: Three sign-ins without a prompt.")
    expect(banner).to_contain_text("Three sign-ins without a prompt.")
    expect(line).to_have_count(0)
    press(page, "Undo")
    stands(page, "verifying")
    assert [action for action, *_ in history(fix)] == ["apply", "record", "record", "reopen"]


def test_a_script_is_copied_from_its_head_without_opening_it(page: Page, session: AISession) -> None:
    fix = make_fix(session, Status.SUCCESS, ai_drafted_script="klist purge")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    banner = open_fix(page, fix)
    banner.get_by_role("button", name="Copy").click()
    expect(banner.get_by_role("button", name="Copied")).to_be_visible()
    expect(banner.locator(".code")).to_be_hidden()
    assert page.evaluate("navigator.clipboard.readText()") == "klist purge"
