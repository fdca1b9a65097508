"""Correcting what a suggestion says: one event with the old and the new, and nothing else moves."""

from typing import Any

import pytest

from accounts.models import User
from common.refusals import InvalidInput
from fixes.lifecycle.refusals import Stale, Superseded
from fixes.models import FixEvent, ScriptTemplate, SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import assert_nothing_written, by, last_event
from fixes.tests.factories import make_fix
from fixes.transitions import Source, Status
from sessions.models import AISession


def row(fix: SuggestedFix) -> dict[str, Any]:
    return SuggestedFix.objects.values().get(pk=fix.pk)


@pytest.mark.parametrize("status", list(Status))
def test_the_words_of_a_current_fix_in_every_status(session: AISession, engineer: User, status: Status) -> None:
    fix = make_fix(session, status)
    before, version = row(fix), fix.session.state_version
    words = {"title": " Clear cached credentials\r\n", "description": "Sign in\r\nagain.", "confidence_pct": 80}
    written = lifecycle.edit(fix.pk, words, by(engineer, source=Source.ADMIN), version=fix.version)

    assert row(fix) == before | {"description": "Sign in\nagain.", "version": fix.version + 1}
    assert written.session.state_version == version + 1
    event = last_event(fix)
    assert (event.action, event.source, event.actor) == ("edit", "admin", engineer)
    assert (event.from_status, event.to_status, event.notes) == (status, status, None)
    assert event.details == {"description": ["Remove them and sign in again.", "Sign in\nagain."]}
    assert event.state_version == version + 1


def test_script_template_and_parameters(session: AISession, engineer: User) -> None:
    fix = make_fix(session, ai_drafted_script="cmdkey /list")
    template = ScriptTemplate.objects.create(account=session.account, name="Reset", body="cmdkey /delete")
    words = {"script_template_id": template.pk, "ai_drafted_script": None, "ai_drafted_parameters": {"host": "DC-02"}}
    lifecycle.edit(fix.pk, words, by(engineer))
    assert last_event(fix).details == {
        "script_template_id": [None, str(template.pk)],
        "ai_drafted_script": ["cmdkey /list", None],
        "ai_drafted_parameters": [None, {"host": "DC-02"}],
    }


def test_a_retired_template_that_stands_there_already_is_no_obstacle(session: AISession, engineer: User) -> None:
    template = ScriptTemplate.objects.create(account=session.account, name="Reset", body="cmdkey /delete")
    fix = make_fix(session, script_template_id=template.pk)
    ScriptTemplate.objects.update(retired=True)
    lifecycle.edit(fix.pk, {"title": "Other", "script_template_id": template.pk}, by(engineer))
    assert last_event(fix).details == {"title": ["Clear cached credentials", "Other"]}


def test_nothing_new_writes_nothing_however_old_the_page(session: AISession, engineer: User) -> None:
    fix = make_fix(session)
    with assert_nothing_written():
        lifecycle.edit(fix.pk, {"title": " Clear cached credentials "}, by(engineer), version=99)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"description": ""}, "description"),
        ({"confidence_pct": 101}, "confidence_pct"),
        ({"ai_drafted_script": "a\0b"}, "ai_drafted_script"),
        ({"ai_drafted_parameters": {"host": "\ud800"}}, "ai_drafted_parameters"),
        ({"script_template_id": "00000000-0000-4000-8000-000000000000"}, "script_template_id"),
    ],
)
def test_wrong_words(session: AISession, engineer: User, words: dict[str, Any], field: str) -> None:
    fix = make_fix(session)
    with assert_nothing_written(), pytest.raises(InvalidInput) as refused:
        lifecycle.edit(fix.pk, words, by(engineer))
    assert list(refused.value.errors) == [field]


def test_somebody_else_was_faster(session: AISession, engineer: User) -> None:
    fix = make_fix(session)
    lifecycle.apply(fix.pk, by(engineer))
    with assert_nothing_written(), pytest.raises(Stale):
        lifecycle.edit(fix.pk, {"title": "Other"}, by(engineer), version=fix.version)


@pytest.mark.parametrize("status", [Status.PROPOSED, Status.PENDING, Status.SUCCESS])
def test_the_words_of_a_replaced_fix_stay(session: AISession, engineer: User, status: Status) -> None:
    fix = make_fix(session, status)
    make_fix(session)
    with assert_nothing_written(), pytest.raises(Superseded):
        lifecycle.edit(fix.pk, {"title": "Other"}, by(engineer))


def test_a_verdict_is_taken_back_as_before_after_an_edit(session: AISession, engineer: User) -> None:
    fix = make_fix(session, Status.SUCCESS)
    lifecycle.edit(fix.pk, {"title": "Other"}, by(engineer))
    lifecycle.reopen(fix.pk, by(engineer))
    assert row(fix)["status"] == "proposed"
    assert FixEvent.objects.filter(fix=fix).count() == 4
