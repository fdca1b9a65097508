"""Every screen of the product that a person can look at, each a row of SCREENS: who stands there, and how they come."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from urllib.parse import urlsplit

from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from playwright.sync_api import Locator, Page, expect

from common.error_pages import error_response
from fixes.lifecycle import By
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.factories import WORDS, make_fix
from fixes.transitions import Source, Status
from flowpilot import answers
from flowpilot.models import Answer, ModelCall
from flowpilot.tests.answers import answered, claimed
from flowpilot.tests.answers import ask as asked
from sessions import facts, notices
from sessions.models import AISession, Author
from sessions.tests import acts
from sessions.tests.test_windows import write
from tests.browser import closing_in_admin_screens, handoff_screens, model_text_screens
from tests.browser.sample_company import A_LOT, RIGHT_TO_LEFT, UNBROKEN, SampleCompany
from tests.browser.session_page import ask, open_fix, open_session, press, stands
from tickets.tests.closing import by, resolve, says

Show = Callable[[Page, SampleCompany], object]


@dataclass(frozen=True)
class Screen:
    """`who`: a person of the company, or "nobody"; `forgives`: what the browser's console says of an error's status."""

    name: str
    show: Show
    who: str = "engineer"
    forgives: str = ""
    leaving: str = ""


def at(path: str) -> Show:
    """A page by its address, in which {fix}, {session}, {admin} and {invitation} stand for rows of the company."""

    def go(page: Page, company: SampleCompany) -> None:
        rows = {"fix": company.fix.pk, "session": company.fix.session_id, "admin": company.admin.pk}
        page.goto(path.format(**rows, invitation=company.secret, reset=_reset(company)))

    return go


def _reset(company: SampleCompany) -> str:
    uid = urlsafe_base64_encode(force_bytes(company.newcomer.pk))
    return f"{uid}/{default_token_generator.make_token(company.newcomer)}"


def pressed(path: str, button: str) -> Show:
    """The page after its form was sent as it stands: refused."""

    def go(page: Page, company: SampleCompany) -> None:
        at(path)(page, company)
        page.locator("form", has=page.get_by_role("button", name=button, exact=True)).evaluate(
            "form => form.noValidate = true"
        )
        page.get_by_role("button", name=button, exact=True).click()
        expect(page.locator(".error, .errorlist").first).to_be_visible()

    return go


def error(status: int) -> Show:
    """The page of a status that no address of ours gives on purpose."""

    def go(page: Page, company: SampleCompany) -> None:
        request = HttpRequest()
        request.method = "GET"
        answer = error_response(request, status, "Something went wrong here", ["Nothing was recorded.", "Try again."])
        page.route("**/broken", lambda route: route.fulfill(body=answer.content, content_type="text/html"))
        page.goto("/broken")

    return go


# The session page


def with_proposal(session: AISession) -> SuggestedFix:
    fix = make_fix(session, applied=True)
    lifecycle.propose(fix.pk, Status.SUCCESS, "The prompts have stopped.", By(None, Source.COPILOT))
    return fix


def nudging(session: AISession) -> SuggestedFix:
    fix = make_fix(session, applied=True)
    for words in ("One.", "Two.", "Three `code`.\n\n```\nGet-Service | Where-Object Status -eq Running\n```"):
        acts.post(session.pk, Author.ENGINEER, words, user=session.owner)
    return fix


MODES: dict[str, Callable[[AISession], SuggestedFix]] = {
    "proposed": lambda session: make_fix(session, ai_drafted_script="Get-Credential | " * 20),
    "verifying": lambda session: make_fix(session, applied=True),
    "nudge": nudging,
    "ai_confirming": with_proposal,
    "pending": lambda session: make_fix(session, Status.PENDING),
    "partial": lambda session: make_fix(session, Status.PARTIAL),
    "success": lambda session: make_fix(session, Status.SUCCESS),
    "failed": lambda session: make_fix(session, Status.FAILED),
    "dismissed": lambda session: make_fix(session, Status.DISMISSED),
}


def mode(name: str) -> Show:
    def go(page: Page, company: SampleCompany) -> None:
        open_fix(page, MODES[name](company.session()))
        stands(page, name)

    return go


def evidence(page: Page, company: SampleCompany) -> None:
    title = "Register the sign-in broker again for the affected user " + "x" * 100
    for status in [*[Status.SUCCESS] * 5, Status.FAILED, Status.PARTIAL, Status.PENDING]:
        make_fix(company.session(), status, title=title)
    hint = "`dsregcmd /status` shows `AzureAdPrt : YES`, and no prompt for ten minutes"
    fix = make_fix(company.session(), title=title, verification_hint=hint, ai_drafted_script="Get-AppxPackage | " * 20)
    open_fix(page, fix).locator(".why > summary").click()
    page.locator(".cases summary").click()
    expect(page.locator(".interval")).to_be_visible()


def guess(page: Page, company: SampleCompany) -> None:
    open_fix(page, make_fix(company.session(), title="Disconnect the work account")).locator(".why > summary").click()
    expect(page.get_by_text("It isn’t measured")).to_be_visible()


def confirming_a_wait(page: Page, company: SampleCompany) -> None:
    began = timezone.now() - timedelta(days=9)
    for minutes in (30, 40, 50):
        other = make_fix(company.session(), title="Restart the client")
        source = Source.BANNER
        lifecycle.record(other.pk, Status.PENDING, By(company.engineer, source, began), notes="The reboot.")
        lifecycle.record(other.pk, Status.SUCCESS, By(company.engineer, source, began + timedelta(minutes=minutes)))
    fix = make_fix(
        company.session(), title="Restart the client", applied=True, verification_hint="`klist` has a ticket"
    )
    reason = "Have to wait for the reboot, she is with a client and restarts tomorrow at 13:30 " + "x" * 80
    lifecycle.propose(fix.pk, Status.PENDING, reason, By(None, Source.COPILOT))
    open_fix(page, fix)
    expect(page.get_by_text("Usually known after 40 min")).to_be_visible()


def waiting_to_try_again(page: Page, company: SampleCompany) -> None:
    """A model's server is busy, and more than one message waits for its answer."""
    session = company.session()
    answer = claimed(session)
    asked(session, "And Teams?")
    answers.postpone(answer, f"The model’s server is busy. {UNBROKEN}", seconds=3_600)
    open_session(page, session)
    expect(page.get_by_text("1 more message will be answered after this")).to_be_visible()


def menu(page: Page, company: SampleCompany) -> None:
    open_fix(page, make_fix(company.session(), applied=True))
    page.locator("#fix-banner .menu > summary").click()


def with_notices(company: SampleCompany) -> None:
    """Notices whose words are as hard on a page as words can be, read and unread; checks are due anyway."""
    session, owner = company.fix.session, company.engineer
    notices.notify(owner, "check_due", session, quote=A_LOT)
    notices.mark_all_read(owner)
    notices.notify(owner, "check_due", session, quote=company.fix.title, subject=company.fix.pk)
    notices.notify(owner, "check_due", company.session(), quote=RIGHT_TO_LEFT)
    failed = claimed(company.session())
    answers.fail(failed, f"The model’s server refused three times. {UNBROKEN}")


def bell(page: Page, company: SampleCompany) -> None:
    with_notices(company)
    page.goto("/sessions/")
    page.locator("#bell > summary").click()
    expect(page.get_by_role("button", name="Mark all as read")).to_be_visible()


def snoozing(page: Page, company: SampleCompany) -> None:
    bell(page, company)
    page.get_by_text("Snooze").first.click()
    expect(page.get_by_role("button", name="In 1 hour")).to_be_visible()


def notices_page(page: Page, company: SampleCompany) -> None:
    with_notices(company)
    page.goto("/notices/")


def keys(page: Page, company: SampleCompany) -> None:
    page.goto("/sessions/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


def refused_answer(page: Page, company: SampleCompany) -> SuggestedFix:
    fix = make_fix(company.session(), applied=True)
    open_fix(page, fix)
    ask(page, "Waiting to verify…")
    page.get_by_label("Pick a time…").check()
    press(page, "Record as waiting")
    expect(page.locator("#fix-banner .error")).not_to_have_count(0)
    return fix


def lost_race(page: Page, company: SampleCompany) -> None:
    fix = refused_answer(page, company)
    lifecycle.record(fix.pk, Status.PARTIAL, By(company.engineer, Source.BANNER), notes="Half of them.")
    page.locator("#fix-banner textarea").fill("The licence sync.")
    page.get_by_label("No check-by time").check()
    press(page, "Record as waiting")
    expect(page.locator("#fix-banner .notice")).to_be_visible()


def with_facts(page: Page, company: SampleCompany) -> AISession:
    """A long conversation, and facts as hard on a page as words can be."""
    session = company.session()
    write(session, 60)
    for words, source in (("Webmail and the phone work.", 60), (UNBROKEN, 1), (RIGHT_TO_LEFT, None), (A_LOT[:500], 2)):
        facts.add(session.pk, words, "question", user=company.engineer, source=source, sessions=AISession.objects.all())
    open_session(page, session)
    return session


def open_drawer(page: Page) -> Locator:
    """Open the lane where it is a drawer; it stays open when the window changes."""
    page.set_viewport_size({"width": 1000, "height": 800})
    page.locator(".lane-open").click()
    return page.locator("#known")


def adding_a_fact(page: Page, company: SampleCompany) -> None:
    with_facts(page, company)
    known = open_drawer(page)
    known.get_by_role("link", name="Add a fact").click()
    known.get_by_role("button", name="Add", exact=True).click()
    expect(known.locator(".error")).to_be_visible()


def fact_changed_meanwhile(page: Page, company: SampleCompany) -> None:
    session = with_facts(page, company)
    fact = session.facts.all()[0]
    page.goto(f"/sessions/{session.pk}/?fact={fact.pk}")
    everyone = AISession.objects.all()
    facts.change(session.pk, fact.pk, {"text": "Webmail asks."}, user=company.admin, sessions=everyone)
    page.locator("#fact-text").fill("Webmail asks, too.")
    page.locator("#known").get_by_role("button", name="Save").click()
    expect(page.locator("#known").get_by_role("alert")).to_be_visible()


def fact_removed(page: Page, company: SampleCompany) -> None:
    with_facts(page, company)
    known = page.locator("#known")
    known.locator("li").first.hover()
    known.get_by_role("button", name="Remove").first.click()
    expect(known.get_by_role("button", name="Undo")).to_be_visible()


def closed_session(page: Page, company: SampleCompany) -> None:
    session = company.session()
    open_session(page, session)
    page.locator(".session-head .menu > summary").click()
    page.get_by_role("button", name="Abandon").click()
    page.locator(".session-head .menu > summary", has_text="Reopen…").click()


def second_session(page: Page, company: SampleCompany) -> None:
    page.goto("/sessions/new/")
    page.get_by_label("Title").fill("Outlook asks again")
    page.get_by_label("Ticket (optional)").fill(company.fix.session.ticket_ref)
    page.get_by_role("button", name="Start session").click()
    expect(page.get_by_text("Already open:")).to_be_visible()


def edited_meanwhile(page: Page, company: SampleCompany) -> None:
    session = company.session()
    page.goto(f"/sessions/{session.pk}/edit/")
    page.get_by_label("Client").fill("Contoso")
    acts.edit(session.pk, {"client_name": "Fabrikam"})
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Someone changed this while you were editing.")).to_be_visible()


def unsent_text(page: Page, company: SampleCompany) -> None:
    fix = make_fix(company.session(), Status.PENDING)
    open_fix(page, fix)
    ask(page, "Update reason").fill("Half a reason.")
    lifecycle.record(fix.pk, Status.PENDING, By(company.engineer, Source.BANNER), notes="The licence sync.")
    page.reload()
    ask(page, "Update reason")
    expect(page.get_by_text("You left other text here, unsent:")).to_be_visible()


# The board


def calibration(page: Page, company: SampleCompany) -> None:
    for number, (confidence, origin) in enumerate(
        product((30, 50, 70, 75, 90), ("built-in", "a-model-of-a-long-name"))
    ):
        for failed in range(5 if origin == "built-in" else 1):
            words = WORDS | {"title": f"Fix {number}", "confidence_pct": confidence}
            fix = lifecycle.suggest(company.session().pk, words, By(None, Source.COPILOT), origin=origin)
            outcome = Status.FAILED if failed * 20 > confidence else Status.SUCCESS
            lifecycle.record(fix.pk, outcome, By(company.engineer, Source.BANNER))
    page.goto("/insights/calibration/")
    expect(page.locator(".calibration-chart")).to_be_visible()


def answering(page: Page, company: SampleCompany) -> None:
    page.goto("/pending/")
    page.get_by_role("link", name="Record outcome").first.click()
    expect(page.locator(".banner")).to_be_visible()


def bar(page: Page, company: SampleCompany) -> None:
    page.goto("/pending/")
    for box in page.locator(".pick[type=checkbox]").all()[-2:]:
        box.check()
    page.locator("#bulk summary", has_text="Partly worked…").click()


def refused_bar(page: Page, company: SampleCompany) -> None:
    bar(page, company)
    page.get_by_role("button", name="Record as partly worked").click()
    expect(page.locator("#bulk .error")).to_be_visible()


def partly_refused(page: Page, company: SampleCompany) -> None:
    """One of two was answered by somebody else meanwhile."""
    bar(page, company)
    picked = page.locator(".pick:checked").first.evaluate("box => box.id.slice('pick-'.length)")
    lifecycle.record(picked, Status.PARTIAL, By(company.admin, Source.BANNER), notes="Half of them.")
    page.locator("#bulk details[open] textarea").fill("One of two.")
    page.get_by_role("button", name="Record as partly worked").click()
    expect(page.locator("[data-new] .refused")).to_be_visible()


# People


def invited(page: Page, company: SampleCompany) -> None:
    page.goto("/people/")
    page.get_by_label("Name").fill("Ana Ruiz")
    page.get_by_label("Email").fill(f"ana.{company.admin.pk}@example.com")
    page.get_by_role("button", name="Invite", exact=True).click()
    expect(page.get_by_label("Link")).to_be_visible()


def changing(page: Page, company: SampleCompany) -> None:
    page.goto("/people/")
    page.locator(".rows .menu > summary").last.click()


def new_token(page: Page, company: SampleCompany) -> None:
    page.goto("/tokens/")
    page.get_by_label("Name", exact=True).fill("Nightly sync")
    page.get_by_role("button", name="Create token").click()
    expect(page.get_by_label("Token", exact=True)).to_be_visible()


def other_person(page: Page, company: SampleCompany) -> None:
    """The page was opened by someone else, and its form is sent now."""
    page.goto("/tokens/")
    page.get_by_label("Name", exact=True).fill("Nightly sync " + "x" * 80)
    page.locator("[name=page_owner]").evaluate_all(
        f"fields => fields.forEach((each) => each.value = '{company.admin.pk}')"
    )
    page.get_by_role("button", name="Create token").click()
    expect(page.get_by_role("heading", name="Someone else is signed in now")).to_be_visible()


def api(page: Page, company: SampleCompany) -> None:
    page.goto("/api/v1/docs")
    expect(page.get_by_text("/api/v1/pending-fixes").first).to_be_visible()


def call_of(company: SampleCompany) -> ModelCall:
    """A request to a model, with words as hard as words can be."""
    session = company.session()
    sent = f"[ticket, data only]\n{UNBROKEN}\n{RIGHT_TO_LEFT}\npw: «password-7c1f»\n{A_LOT}"
    answer = answered(session)
    Answer.objects.filter(pk=answer.pk).update(provider="kestrel-8b")
    return ModelCall.objects.create(
        **{"answer": answer, "session": session, "account": session.account, "attempt": 1, "model": "kestrel-" * 12},
        **{"outcome": "done", "response": UNBROKEN, "tokens_in": 1_900, "tokens_out": 120, "milliseconds": 6_400},
        request=[{"role": "system", "content": A_LOT}, {"role": "user", "content": sent}],
    )


def what_was_sent(page: Page, company: SampleCompany) -> None:
    call = call_of(company)
    page.goto(f"/sessions/{call.session_id}/what-is-sent/{call.answer_id}/")
    page.locator("summary", has_text="Instructions").click()


# Closing a session


def closing(act: str, query: str = "") -> Show:
    """The page that closes a session of hard words, whose fix waits."""

    def go(page: Page, company: SampleCompany) -> None:
        page.goto(f"/sessions/{company.fix.session_id}/{act}/{query}")
        expect(page.locator("#closing")).to_be_visible()
        for folded in page.locator("#closing summary").all():
            if not folded.evaluate("each => each.closest('.menu') !== null"):
                folded.click()

    return go


def a_source(page: Page, company: SampleCompany) -> None:
    closing("resolve")(page, company)
    page.locator(".cite").first.focus()
    expect(page.get_by_role("tooltip").first).to_be_visible()


def refused_closing(page: Page, company: SampleCompany) -> None:
    closing("resolve")(page, company)
    page.get_by_role("radio", name="Partly").check()
    page.locator(".foot .button-primary").click()
    expect(page.locator(".error")).to_be_visible()


def edited_beyond_the_record(page: Page, company: SampleCompany) -> None:
    page.goto(f"/sessions/{company.fix.session_id}/resolve/?edit=1")
    page.locator("#words").fill(f"{page.locator('#words').input_value()}\nAll 14 PCs are fixed. {UNBROKEN}\n")
    expect(page.locator("#warned")).to_be_visible()


def overtaken_closing(page: Page, company: SampleCompany) -> None:
    session = company.session()
    fix = make_fix(session, Status.PENDING, title=UNBROKEN)
    page.goto(f"/sessions/{session.pk}/resolve/")
    lifecycle.record(fix.pk, Status.SUCCESS, By(company.admin, Source.BANNER), notes=A_LOT[:500])
    page.get_by_label("What was the cause?").fill(RIGHT_TO_LEFT)
    page.locator("#overtaken summary").click()


def resolved(company: SampleCompany) -> AISession:
    """A session that was resolved while its fix waited, and whose fix worked."""
    session = company.session()
    fix = make_fix(session, Status.PENDING, title=UNBROKEN)
    resolve(session.pk, says(Status.PENDING, root_cause=f"{UNBROKEN} {RIGHT_TO_LEFT}"), by(session.owner))
    lifecycle.record(fix.pk, Status.SUCCESS, By(session.owner, Source.BANNER), notes=UNBROKEN)
    return session


def offered_addendum(page: Page, company: SampleCompany) -> None:
    open_session(page, resolved(company))
    expect(page.get_by_role("button", name="Post addendum")).to_be_visible()


def editing_an_addendum(page: Page, company: SampleCompany) -> None:
    page.goto(f"/sessions/{resolved(company).pk}/addendum/")
    page.locator("#words").fill("All 14 PCs are fixed.")
    page.get_by_role("button", name="Post addendum").click()
    expect(page.get_by_label("Post anyway")).to_be_visible()


def closed_already(page: Page, company: SampleCompany) -> None:
    page.goto(f"/sessions/{resolved(company).pk}/resolve/")
    expect(page.get_by_role("heading", name="Already resolved")).to_be_visible()


# The admin


def rated_call(page: Page, company: SampleCompany) -> None:
    page.goto(f"/admin/flowpilot/modelcall/{call_of(company).pk}/change/")


def listed_calls(page: Page, company: SampleCompany) -> None:
    """Requests that were answered, that failed, and whose worker was killed."""
    for outcome in ("wrong_key", "sent", "hung_up"):
        call = call_of(company)
        ModelCall.objects.filter(pk=call.pk).update(outcome=outcome, model="kestrel-8b")
    call_of(company)
    page.goto("/admin/flowpilot/modelcall/")
    expect(page.get_by_text("Interrupted: the worker was stopped or killed").first).to_be_visible()


def admin(path: str) -> Screen:
    return Screen(f"admin {urlsplit(path).path}", at(f"/admin/{path}"), "admin")


def refused_record(page: Page, company: SampleCompany) -> None:
    at("/admin/fixes/suggestedfix/{fix}/change/")(page, company)
    page.get_by_label("Outcome").select_option("applied_partial")
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.locator(".errorlist").first).to_be_visible()


SCREENS = (
    # Lists come before what makes them longer: each screen signs in on a new device, and each mode is a session
    Screen("devices", at("/devices/")),
    Screen("sessions", at("/sessions/")),
    Screen("keys", keys),
    Screen("bell", bell),
    Screen("bell, snoozing", snoozing),
    Screen("notices", notices_page),
    Screen("notices, none yet", at("/notices/"), "newcomer"),
    Screen("sessions, none found", at("/sessions/?q=nothing+like+it")),
    Screen("sessions, none yet", at("/sessions/"), "newcomer"),
    Screen("new session", at("/sessions/new/")),
    Screen("ticket, edited meanwhile", edited_meanwhile),
    Screen("session, unsent text", unsent_text),
    Screen("new session, refused", pressed("/sessions/new/", "Start session")),
    Screen("new session, already open", second_session),  # leaves a draft, so it comes after
    Screen("board", at("/pending/")),
    Screen("board of a viewer", at("/pending/"), "viewer"),
    Screen("board, all answered", at("/pending/"), "newcomer"),
    Screen("board, nobody", at("/pending/?client=nobody")),
    Screen("board, answering", answering),
    Screen("board, bar", bar),
    Screen("board, bar refused", refused_bar),
    Screen("board, partly refused", partly_refused),
    Screen("escalations, none yet", at("/escalations/"), "newcomer"),
    Screen("escalations", handoff_screens.queue),
    Screen("escalations of a viewer", at("/escalations/"), "viewer"),
    Screen("escalations, claimed by another", handoff_screens.claimed_by_another),
    Screen("session, escalated", handoff_screens.escalated),
    Screen("session, to be claimed", handoff_screens.to_be_claimed),
    Screen("session, picked up", handoff_screens.picked_up),
    Screen("session, asking its originator", handoff_screens.asking),
    Screen("session, refused return", handoff_screens.refused_return),
    Screen("session, rating its package", handoff_screens.rating),
    Screen("calibration, none yet", at("/insights/calibration/"), "newcomer"),
    Screen("calibration", calibration),
    Screen("people", at("/people/"), "admin"),
    Screen("people, changing", changing, "admin"),
    Screen("people, refused", pressed("/people/", "Invite"), "admin"),
    Screen("people, invited", invited, "admin"),
    Screen("profile", at("/profile/")),
    Screen("tokens", at("/tokens/"), "admin"),
    Screen("tokens, new", new_token),
    Screen("password", at("/password/")),
    Screen("sign-in", at("/sign-in/"), "nobody"),
    Screen("sign-in, refused", pressed("/sign-in/", "Sign in"), "nobody"),
    Screen("invitation", at("/invitations/{invitation}/"), "nobody"),
    Screen("password, forgotten", at("/password/forgotten/"), "nobody"),
    Screen("password, sent", at("/password/sent/"), "nobody"),
    Screen("password, new", at("/password/new/{reset}/"), "nobody"),
    Screen("password, old link", at("/password/new/bogus/bogus/"), "nobody", "status of 410"),
    Screen("403", at("/sessions/new/"), "viewer", "status of 403"),
    Screen("404", at("/nowhere"), forgives="status of 404"),
    Screen("405", at("/sign-out/"), forgives="status of 405"),
    Screen("someone else's page", other_person, forgives="status of 403"),
    *(Screen(str(status), error(status)) for status in (400, 500, 503)),
    *map(
        admin,
        (
            *("", "accounts/user/", "accounts/user/{admin}/change/", "accounts/account/", "accounts/apitoken/"),
            *("ai_sessions/aisession/", "ai_sessions/aisession/{session}/change/"),
            *("fixes/suggestedfix/", "fixes/suggestedfix/{fix}/change/", "fixes/suggestedfix/{fix}/history/"),
            *("fixes/scripttemplate/", "fixes/scripttemplate/add/", "fixes/drafttemplate/"),
            *("flowpilot/playbook/", "flowpilot/playbook/add/", "flowpilot/modelcall/"),
        ),
    ),
    Screen("admin, a request to a model", rated_call, "admin"),
    Screen("admin, requests to models", listed_calls, "admin"),
    Screen("admin, resolve refused", closing_in_admin_screens.refused_resolve, "admin"),
    Screen("admin, escalate", closing_in_admin_screens.escalate, "admin"),
    Screen("admin, posted text", closing_in_admin_screens.posted_text, "admin"),
    Screen("admin, posted texts", closing_in_admin_screens.posted_texts, "admin"),
    Screen("admin, handoff", closing_in_admin_screens.handoff, "admin"),
    Screen("admin, handoffs", closing_in_admin_screens.handoffs, "admin"),
    Screen("what is sent", at("/sessions/{session}/what-is-sent/")),
    Screen("what was sent", what_was_sent),
    Screen("admin, refused record", refused_record, "admin"),
    Screen("API", api, "nobody", leaving="#swagger-ui"),
    *(Screen(f"session, {name}", mode(name)) for name in MODES),
    Screen("session, facts of a long conversation", with_facts),
    Screen("session, adding a fact", adding_a_fact),
    Screen("session, fact changed meanwhile", fact_changed_meanwhile),
    Screen("session, fact removed", fact_removed),
    Screen("session of hard words", at("/sessions/{session}/")),
    Screen("session without messages", lambda page, company: open_session(page, company.session())),
    Screen("session, overflow menu", menu),
    Screen("session, evidence", evidence),
    Screen("session, a guess", guess),
    Screen("session, confirming a wait", confirming_a_wait),
    Screen("session, waiting to try again", waiting_to_try_again),
    Screen("session, refused answer", refused_answer),
    Screen("session, lost race", lost_race),
    Screen("session, closed", closed_session),
    Screen("resolve", closing("resolve")),
    Screen("resolve, a source", a_source),
    Screen("resolve, refused", refused_closing),
    Screen("resolve, editing", edited_beyond_the_record),
    Screen("resolve, overtaken", overtaken_closing),
    Screen("resolve, closed already", closed_already),
    Screen("resolve, a model writes", model_text_screens.writing),
    Screen("resolve, the model failed", model_text_screens.failed),
    Screen("resolve, a refused sentence", model_text_screens.with_a_refused_sentence),
    Screen("escalate", closing("escalate")),
    Screen("escalate, editing", closing("escalate", "?edit=1")),
    Screen("session, resolved with an addendum to post", offered_addendum),
    Screen("addendum, refused", editing_an_addendum),
    Screen("session of a viewer", at("/sessions/{session}/"), "viewer"),
)
