"""A fix's page in the admin: words and outcomes changed through the lifecycle, refusals beside what was typed."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import User
from fixes.banner.check_by import CheckBy
from fixes.models import FixEvent, ScriptTemplate, SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import assert_nothing_written, by, last_event
from fixes.tests.admin_pages import act, admin_of, edit, session_of, signed_in, superuser, url
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from sessions.models import AISession


@pytest.fixture
def admin(db: None) -> User:
    return admin_of(display_name="Nora")


@pytest.fixture
def client(admin: User) -> Client:
    return signed_in(admin)


@pytest.fixture
def session(admin: User) -> AISession:
    return session_of(admin)


def page(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_a_typo_is_corrected(client: Client, admin: User, session: AISession) -> None:
    fix = make_fix(session, title="Clear cahced credentials")
    answer = edit(client, fix, title="Clear cached credentials")
    assert (answer.status_code, answer["Location"]) == (303, url(fix))
    event = last_event(fix)
    assert (event.action, event.source, event.actor) == ("edit", "admin", admin)
    assert event.details == {"title": ["Clear cahced credentials", "Clear cached credentials"]}
    shown = page(client.get(url(fix)))
    assert "Changes saved." in shown
    assert '<del class="said">Clear cahced credentials</del>' in shown


@pytest.mark.parametrize(
    "words",
    [
        {},
        {"description": "One.\n\nTwo.", "ai_drafted_script": "a\nb\n\n"},
        {"ai_drafted_script": "a\r\nb\rc", "ai_drafted_parameters": {"b": [1, None], "a": "ü"}},
    ],
)
def test_sending_the_page_untouched_changes_nothing(client: Client, session: AISession, words: dict[str, Any]) -> None:
    fix = make_fix(session, **words)
    form = next(form for form, _ in client.get(url(fix)).context["forms"] if form.name() == "edit")
    drawn = {field.name: field.value() for field in form}
    sent = {name: "" if value is None else value for name, value in drawn.items()}
    sent["ai_drafted_script"] = re.sub(r"\r\n|\r|\n", "\r\n", sent["ai_drafted_script"])
    with assert_nothing_written():
        assert client.post(url(fix), sent).status_code == 303


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ({"title": " "}, "A fix needs a title."),
        ({"title": "x" * 201}, "Too long: 201 characters (limit 200)."),
        ({"confidence_pct": "101"}, "Ensure this value is less than or equal to 100."),
        ({"ai_drafted_parameters": "{"}, "This is not JSON"),
        ({"ai_drafted_parameters": "[" * 100_000}, "This is not JSON"),
        ({"ai_drafted_parameters": "9" * 5_000}, "This is not JSON"),
        ({"ai_drafted_parameters": '"\\u0000"'}, "Remove the invalid character"),
        ({"ai_drafted_parameters": "NaN"}, "Remove the invalid character"),
        ({"description": "a\0b"}, "invalid character (U+0000, line 1)"),
        ({"version": ""}, "This form is incomplete."),
        ({"script_template_id": "x"}, "is not a valid UUID"),
    ],
)
def test_wrong_words_come_back_with_the_error(
    client: Client, session: AISession, words: dict[str, str], error: str
) -> None:
    fix = make_fix(session)
    with assert_nothing_written():
        answer = edit(client, fix, **{"description": "Typed long and wide.", **words})
    assert answer.status_code == 422
    assert error in answer.content.decode()
    assert words.keys() & {"description", "version"} or "Typed long and wide." in answer.content.decode()


def test_a_template_of_another_account_is_no_choice(client: Client, session: AISession) -> None:
    foreign = ScriptTemplate.objects.create(account=admin_of().account, name="Theirs", body="x")
    fix = make_fix(session)
    with assert_nothing_written():
        answer = edit(client, fix, script_template_id=foreign.pk)
    assert answer.status_code == 422
    assert "Theirs" not in answer.content.decode()


def test_usable_templates_are_choices_and_the_standing_one(client: Client, session: AISession) -> None:
    new = ScriptTemplate.objects.create
    retired, other = new(account=session.account, name="Old one", body="x"), new(name="Retired", body="x", retired=True)
    fix = make_fix(session, script_template_id=retired.pk)
    ScriptTemplate.objects.filter(pk=retired.pk).update(retired=True)
    shared = new(name="For all", body="x")
    form = client.get(url(fix)).context["forms"][0][0]
    assert [str(value) for value, _ in form.fields["script_template_id"].choices] == [
        "",
        str(shared.pk),
        str(retired.pk),
    ]
    assert edit(client, fix, script_template_id=other.pk).status_code == 422
    assert edit(client, fix, script_template_id=shared.pk).status_code == 303
    fix.refresh_from_db()
    assert fix.script_template == shared


def test_words_that_somebody_else_changed_meanwhile(client: Client, admin: User, session: AISession) -> None:
    fix = make_fix(session)
    sam = admin_of(admin.account, display_name="Sam")
    lifecycle.edit(fix.pk, {"title": "Sam’s title"}, by(sam))
    with assert_nothing_written():
        answer = edit(client, fix, title="Nora’s title")
    shown = page(answer)
    assert answer.status_code == 409
    assert "Someone changed this fix after your page was loaded." in shown
    assert "Sam, " in shown
    assert "Current value: <bdi>Sam’s title</bdi>" in shown
    assert 'value="Nora’s title"' in shown
    assert 'value="Save changes anyway"' in shown
    again = next(form for form, _ in answer.context["forms"] if form.name() == "edit")
    fix.refresh_from_db()
    assert again["version"].value() == str(fix.version)
    edit(client, fix, title="Nora’s title")
    fix.refresh_from_db()
    assert fix.title == "Nora’s title"


def test_a_replaced_fix_has_no_form_for_its_words(client: Client, session: AISession) -> None:
    fix = make_fix(session)
    make_fix(session)
    assert [form.name() for form, _ in client.get(url(fix)).context["forms"]] == []
    fix.refresh_from_db()
    with assert_nothing_written():
        answer = edit(client, fix, title="Other")
    assert answer.status_code == 409
    assert "A newer fix has replaced this one." in answer.content.decode()


@pytest.mark.parametrize(
    ("status", "forms"),
    [
        (Status.PROPOSED, ["edit", "record"]),
        (Status.PARTIAL, ["edit", "record", "undo"]),
        (Status.PENDING, ["edit", "record", "undo"]),
        (Status.SUCCESS, ["edit", "undo"]),
        (Status.FAILED, ["edit", "undo"]),
        (Status.DISMISSED, ["edit", "undo"]),
    ],
)
def test_the_forms_that_a_status_has(client: Client, session: AISession, status: Status, forms: list[str]) -> None:
    fix = make_fix(session, status)
    assert [form.name() for form, _ in client.get(url(fix)).context["forms"]] == forms
    later = [{"undo": "reopen"}.get(form, form) for form in forms if form != "undo" or not fix.is_open]
    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
        assert [form.name() for form, _ in client.get(url(fix)).context["forms"]] == later


def test_undo_leads_a_wait_back_to_what_it_was(client: Client, session: AISession) -> None:
    fix = make_fix(session)
    before = SuggestedFix.objects.values().get(pk=fix.pk)
    assert act(client, fix, "record", outcome="applied_pending", notes="Lunch.", check_by="1h").status_code == 303
    fix.refresh_from_db()
    assert act(client, fix, "undo").status_code == 303
    assert {**SuggestedFix.objects.values().get(pk=fix.pk), "version": 0} == {**before, "version": 0}
    assert "Undone. The fix is “Suggested” again." in page(client.get(url(fix)))


def test_the_check_by_choices_and_their_default_are_the_banners(client: Client, session: AISession) -> None:
    fix, now = make_fix(session), timezone.now()
    for due, default in ((None, "1h"), (now + timedelta(days=3), "keep")):
        if due:
            fix = lifecycle.record(fix.pk, Status.PENDING, by(session.owner), notes="Lunch.", follow_up_at=due)
        form = next(form for form, _ in client.get(url(fix)).context["forms"] if form.name() == "record")
        banner = CheckBy(now, current=due)
        assert [key for key, _ in form.fields["check_by"].choices] == [choice.key for choice in banner.choices]
        assert form["check_by"].value() == banner.chosen == default


@pytest.mark.parametrize("outcome", ["applied_success", "applied_failed", "dismissed"])
def test_the_preselected_check_by_time_hinders_no_other_outcome(
    client: Client, session: AISession, outcome: str
) -> None:
    for check_by, at in (("1h", ""), ("other", ""), ("other", "x")):
        fix = make_fix(session)
        answer = act(client, fix, "record", outcome=outcome, notes="", check_by=check_by, follow_up_at=at)
        assert answer.status_code == 303
        assert last_event(fix).follow_up_at is None


def test_an_outcome_with_notes_and_check_by(client: Client, admin: User, session: AISession) -> None:
    fix = make_fix(session)
    answer = act(client, fix, "record", outcome="applied_pending", notes=" Lunch. ", check_by="1h")
    assert answer.status_code == 303
    fix.refresh_from_db()
    assert (fix.status, fix.pending_reason, fix.status_changed_by) == ("applied_pending", "Lunch.", admin)
    assert fix.follow_up_at is not None
    assert last_event(fix).source == "admin"


@pytest.mark.parametrize(
    ("status", "name", "fields", "code", "error"),
    [
        ("proposed", "record", {"outcome": "applied_partial"}, 422, "Say what worked and what didn’t."),
        ("proposed", "record", {"outcome": "applied_pending", "notes": " "}, 422, "Say what you’re waiting on."),
        ("proposed", "record", {"outcome": ""}, 422, "This field is required."),
        ("proposed", "record", {"outcome": "proposed"}, 422, "Select a valid choice."),
        (
            *("proposed", "record", {"outcome": "applied_pending", "notes": "L", "check_by": "bogus"}),
            *(422, "Choose one of these."),
        ),
        ("proposed", "record", {"outcome": "applied_pending", "notes": "L", "check_by": "other"}, 422, "Pick a date"),
        ("applied_success", "record", {"outcome": "applied_failed"}, 409, "already recorded as “Worked”"),
        ("proposed", "reopen", {"reason": "Why."}, 409, "There is no outcome to reopen"),
        ("applied_success", "reopen", {"reason": "x" * 4001}, 422, "Too long"),
    ],
)
def test_refusals_stand_beside_what_was_typed(
    client: Client, session: AISession, status: str, name: str, fields: dict[str, str], code: int, error: str
) -> None:
    fix = make_fix(session, Status(status))
    with assert_nothing_written():
        answer = act(client, fix, name, **fields)
    assert answer.status_code == code
    assert error in answer.content.decode()
    form = next(form for form, _ in answer.context["forms"] if form.name() == name)
    assert {field: form[field].value() for field in fields} == fields


def test_an_outcome_after_somebody_elses(client: Client, admin: User, session: AISession) -> None:
    fix = make_fix(session)
    sam = admin_of(admin.account, display_name="Sam")
    lifecycle.record(fix.pk, Status.PENDING, by(sam), notes="The boot at lunch.")
    with assert_nothing_written():
        answer = act(client, fix, "record", outcome="applied_failed", notes="It came back.")
    shown = page(answer)
    assert answer.status_code == 409
    assert 'now “Awaiting verification”: <span class="said" dir="auto">The boot at lunch.</span>' in shown
    assert "It came back." in shown
    assert 'value="Record anyway"' in shown


def test_reopening_somebody_elses_verdict_asks_why(client: Client, admin: User, session: AISession) -> None:
    fix = make_fix(session)
    lifecycle.record(fix.pk, Status.SUCCESS, by(admin_of(admin.account)))
    fix.refresh_from_db()
    with assert_nothing_written():
        assert "Say why" in act(client, fix, "reopen").content.decode()
    assert act(client, fix, "reopen", reason="Wrong ticket.").status_code == 303
    assert last_event(fix).notes == "Wrong ticket."


def test_a_superuser_answers_in_any_account(session: AISession) -> None:
    fix, root = make_fix(session), superuser()
    assert act(signed_in(root), fix, "record", outcome="applied_success").status_code == 303
    event = last_event(fix)
    assert (event.actor, event.account) == (root, session.account)


def test_the_latest_of_a_long_history(client: Client, admin: User, session: AISession) -> None:
    fix = make_fix(session)
    last = FixEvent.objects.get(fix=fix)
    FixEvent.objects.bulk_create(
        FixEvent(
            **{field: getattr(last, field) for field in ("fix_id", "session_id", "account_id", "to_status", "source")},
            action="edit",
            from_status="proposed",
            details={"title": [f"Try {number - 1}", f"Try {number}"]},
            at=last.at,
            state_version=number,
        )
        for number in range(2, 250)
    )
    shown = page(client.get(url(fix)))
    assert shown.count("Edited") == 100
    assert "The latest 100 entries." in shown
    assert "Try 249" in shown
    assert "Try 149" in shown
    assert "Try 148" not in shown


def test_the_history_shows_whole_dates(client: Client, session: AISession) -> None:
    with time_machine.travel(datetime(2025, 3, 4, 9, 5, tzinfo=UTC), tick=False):
        fix = make_fix(session, Status.PENDING)
    history = page(client.get(url(fix))).partition('id="history"')[2]
    assert history.count("4 Mar 2025, 09:05</time>") == 2


def test_the_notes_of_worked_are_shown(client: Client, session: AISession) -> None:
    fix = lifecycle.record(make_fix(session).pk, Status.SUCCESS, by(session.owner), notes="Seen <by> the client.")
    assert '<dt>Worked</dt><dd class="said" dir="auto">Seen &lt;by&gt; the client.</dd>' in page(client.get(url(fix)))


def test_a_proposal_and_reasons_are_read(client: Client, session: AISession) -> None:
    fix = make_fix(session, Status.PENDING)
    lifecycle.propose(fix.pk, Status.FAILED, "The client <says> no.", by(session.owner))
    shown = page(client.get(url(fix)))
    assert "Didn’t work: The client &lt;says&gt; no." in shown
    assert "The client’s power cycle at lunch." in shown
    SuggestedFix.objects.get(pk=fix.pk)
