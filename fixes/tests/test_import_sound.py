"""What a sound file becomes, and what comes of importing it again."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from accounts.models import User
from accounts.tests.factories import AccountFactory, UserFactory
from fixes.lifecycle import By
from fixes.models import FixEvent, SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.import_files import FIX_ID, NOTHING, SESSION_ID, Document, put, rows, run_import, sound, write_lines
from fixes.transitions import Source
from sessions.models import AISession, Message

SECOND_FIX = "33333333-3333-4333-8333-333333333333"


def at(hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(2026, 8, 3, hour, minute, second, tzinfo=UTC)


def test_session_and_messages(importer: User, export: Path) -> None:
    said = run_import(write_lines(export, sound()))

    assert said.out == "1 imported, 0 skipped: already there with the same content\n"
    assert (said.errors, said.refusal) == ("", "")
    session = AISession.objects.get()
    assert str(session.pk) == SESSION_ID
    assert (session.account, session.owner) == (importer.account, importer)
    assert (session.title, session.client_name, session.ticket_ref) == (
        "Outlook asks for the password",
        "Wagtail & Thorne",
        "CW-10001",
    )
    assert session.problem_summary == "One user, since the reboot."
    assert (session.status, session.resolution_kind) == ("resolved", "verified")
    assert (session.created_at, session.updated_at) == (at(7, 0), at(9, 0))
    assert session.state_version == 8  # three messages, a suggestion, three acts, the end
    assert list(Message.objects.values_list("sequence", "author", "user", "content", "created_at")) == [
        (1, "engineer", importer.pk, "it asks again and again", at(7, 1)),
        (2, "assistant", None, "Clear the **cache**.", at(7, 2)),
        (3, "system", None, "Noted.", at(9, 0)),
    ]


def test_fix_and_history(importer: User, export: Path) -> None:
    run_import(write_lines(export, sound()))

    fix = SuggestedFix.objects.get()
    assert str(fix.pk) == FIX_ID
    assert (fix.ai_drafted_script, fix.ai_drafted_parameters) == ("Clear-Cache\n", {"User": "ines", "Tries": 3})
    assert (fix.status, fix.user_decision, fix.pending_reason) == ("applied_success", "one_off", "Replication.")
    assert (fix.created_at, fix.applied_at, fix.verified_at) == (at(7, 2, 1), at(7, 10), at(8, 30))
    columns = ("action", "from_status", "to_status", "notes", "follow_up_at", "actor", "source", "at")
    assert list(FixEvent.objects.values_list(*columns)) == [
        ("suggest", None, "proposed", None, None, None, "import", at(7, 2, 1)),
        ("decide", "proposed", "proposed", None, None, importer.pk, "import", at(7, 10)),
        ("record", "proposed", "applied_pending", "Replication.", at(12, 0), importer.pk, "import", at(7, 20)),
        ("record", "applied_pending", "applied_success", None, None, importer.pk, "import", at(8, 30)),
    ]


@pytest.mark.parametrize(
    ("status", "last", "kind"),
    [
        ("resolved", "applied_success", "verified"),
        ("resolved", "applied_pending", "provisional"),
        ("resolved", "applied_failed", "without_fix"),
        ("resolved", "applied_partial", "without_fix"),
        ("resolved", "dismissed", "without_fix"),
        ("resolved", None, "without_fix"),
        ("active", "applied_success", None),
        ("paused", "applied_pending", None),
        ("escalated", "applied_partial", None),
        ("abandoned", "applied_success", None),
    ],
)
def test_kind_of_resolution(importer: User, export: Path, status: str, last: str | None, kind: str | None) -> None:
    outcome = {"action": "outcome", "outcome": last, "notes": "Words.", "at": "2026-08-03T07:10:00Z"}
    document = put(sound(status=status), ["fixes", 0, "actions"], [outcome] if last else [])

    assert run_import(write_lines(export, document)).refusal == ""

    session = AISession.objects.get()
    assert (session.status, session.resolution_kind) == (status, kind)


def test_resolved_without_any_fix(importer: User, export: Path) -> None:
    run_import(write_lines(export, sound(fixes=[])))

    assert AISession.objects.get().resolution_kind == "without_fix"


def test_newer_fix_supersedes_and_the_older_goes_on_waiting(importer: User, export: Path) -> None:
    document = sound(status="active")
    newer = {**document["fixes"][0], "id": SECOND_FIX, "proposed_at": "2026-08-03T08:00:00Z", "actions": []}
    document["fixes"].append(newer)

    assert run_import(write_lines(export, document)).refusal == ""

    older, newest = SuggestedFix.objects.order_by("created_at")
    assert (older.status, older.superseded_at) == ("applied_success", at(8, 0))
    assert (newest.status, newest.superseded_at) == ("proposed", None)
    assert FixEvent.objects.filter(action="supersede", at=at(8, 0), fix=older, actor=None).exists()


def test_undo_within_ten_minutes_and_reopening_with_a_reason(importer: User, export: Path) -> None:
    document = sound(status="active")
    document["fixes"][0]["actions"] += [
        {"action": "reopen", "reason": None, "at": "2026-08-03T08:40:00Z"},
        {"action": "outcome", "outcome": "applied_failed", "at": "2026-08-03T08:41:00Z"},
        {"action": "reopen", "reason": "It came back.", "at": "2026-08-03T12:00:00Z"},
    ]

    assert run_import(write_lines(export, document)).refusal == ""

    fix = SuggestedFix.objects.get()
    assert (fix.status, fix.follow_up_at) == ("applied_pending", at(12, 0))
    assert FixEvent.objects.filter(action="reopen", notes="It came back.").count() == 1


def test_check_by_time_is_judged_at_its_own_time_and_may_be_kept_once_past(importer: User, export: Path) -> None:
    again = {"action": "outcome", "outcome": "applied_pending", "notes": "Still.", "at": "2026-08-04T07:00:00Z"}
    kept = put(sound(status="active"), ["fixes", 0, "actions", 2], again)
    repeated = put(sound(), ["fixes", 0, "actions", 2], {**again, "follow_up_at": "2026-08-03T12:00:00Z"})
    cleared = put(sound(), ["fixes", 0, "actions", 2], {**again, "follow_up_at": None})

    assert [_follow_up_of(export, importer, document) for document in (kept, repeated, cleared)] == [
        at(12, 0),
        at(12, 0),
        None,
    ]


def _follow_up_of(export: Path, importer: User, document: Document) -> datetime | None:
    number = AISession.objects.count()
    new: dict[str, Any] = {"id": f"{number}{SESSION_ID[1:]}", "status": "active"}
    put(document, ["fixes", 0, "id"], f"{number}{FIX_ID[1:]}")
    assert run_import(write_lines(export, document | new)).refusal == ""
    return SuggestedFix.objects.get(pk=document["fixes"][0]["id"]).follow_up_at


def test_text_is_cleaned_and_scripts_are_not(importer: User, export: Path) -> None:
    document = sound()
    put(document, ["messages", 0, "content"], "  one\r\ntwo \r")
    put(document, ["fixes", 0, "ai_drafted_script"], "  one\r\ntwo \r")

    run_import(write_lines(export, document))

    assert Message.objects.order_by("sequence")[0].content == "one\ntwo"
    assert SuggestedFix.objects.get().ai_drafted_script == "  one\r\ntwo \r"


def test_windows_line_ends_and_no_newline_at_the_end(importer: User, export: Path) -> None:
    write_lines(export, sound())
    export.write_bytes(export.read_bytes().rstrip() + b"\r")

    assert run_import(export).refusal == ""


def test_same_content_again_is_skipped_even_after_people_worked_on_it(importer: User, export: Path) -> None:
    run_import(write_lines(export, sound()))
    lifecycle.reopen(SuggestedFix.objects.get().pk, By(importer, Source.BANNER), reason="Not over.")
    before = rows()
    reordered = dict(reversed(sound().items()))

    said = run_import(write_lines(export, reordered))

    assert said.out == "0 imported, 1 skipped: already there with the same content\n"
    assert (said.refusal, rows()) == ("", before)


def test_same_id_with_other_content_is_refused(importer: User, export: Path) -> None:
    run_import(write_lines(export, sound()))
    before = rows()

    said = run_import(write_lines(export, sound(title="Another")))

    assert said.problems == [
        f"{export}:1: id: Already imported with other content, which an import doesn't change. Give it a new UUID."
    ]
    assert said.out == "0 imported, 0 skipped: already there with the same content\n"
    assert rows() == before


def test_ids_of_another_account_are_refused_and_nothing_is_told_about_them(importer: User, export: Path) -> None:
    UserFactory.create(email="owner@fabrikam.example", account=AccountFactory.create(slug="fabrikam"))
    run_import(write_lines(export, sound()), account="fabrikam", owner="owner@fabrikam.example")

    same_session = run_import(export)
    same_fix = run_import(write_lines(export, sound(id="0" + SESSION_ID[1:])))

    assert same_session.problems == [f"{export}:1: id: This can't be used. Give this session a new UUID."]
    assert same_fix.problems == [f"{export}:1: fixes[0].id: This can't be used. Give this fix a new UUID."]
    assert not AISession.objects.filter(account=importer.account).exists()


def test_several_files_each_for_itself(importer: User, tmp_path: Path) -> None:
    good = write_lines(tmp_path / "good.jsonl", sound())
    bad = write_lines(tmp_path / "bad.jsonl", sound(id="0" + SESSION_ID[1:], title=""))
    again = write_lines(tmp_path / "again.jsonl", sound())

    said = run_import(bad, good, again)

    assert said.out == "1 imported, 1 skipped: already there with the same content\n"
    assert said.problems == [f"{bad}:1: title: A session needs a title."]
    assert said.refusal == "1 of 3 files refused. Nothing of a refused file was written."
    assert AISession.objects.count() == 1


def test_one_bad_line_takes_back_the_good_ones(importer: User, export: Path) -> None:
    good = sound(fixes=[], messages=[])
    bad = sound(id="0" + SESSION_ID[1:], status="done")

    said = run_import(write_lines(export, good, bad))

    assert said.problems == [
        f'{export}:2: status: "done" is not one of active, paused, resolved, escalated, abandoned.'
    ]
    assert rows() == NOTHING
