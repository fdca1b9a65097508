"""Every flaw a file can have: named by file, line and field, and nothing written."""

import json
from pathlib import Path
from typing import Any

import pytest

from accounts.models import User
from fixes.importing import files, lines
from fixes.tests.import_files import NOTHING, put, rows, run_import, sound, write_lines

CACHE: list[str | int] = ["fixes", 0]
ACTION: list[str | int] = ["fixes", 0, "actions"]
PENDING = {"action": "outcome", "outcome": "applied_pending", "at": "2026-08-03T07:20:00Z"}

LINES = {
    "byte order mark": (b"\xef\xbb\xbf{}", "line: This begins with a byte order mark. Send UTF-8 without one."),
    "UTF-16": ("{}".encode("utf-16"), "line: This is not UTF-8 at byte 1."),
    "half a character in bytes": (b'{"title": "\xc3"}', "line: This is not UTF-8 at byte 12."),
    "empty line": (b"\n", "line: Empty. Remove this line."),
    "cut off": (b'{"id": ', "line: This is not JSON at line 1, column 8: it ends too early."),
    "no object": (b"[1, 2]", "line: [1, 2] is not a session. Write an object: {…}."),
    "nested deeply": (b"[" * 100_000, "line: This is nested too deeply. 50 levels are the most."),
    "nested within reason for Python": (
        b'{"a": ' + b"[" * 60 + b"]" * 60 + b"}",
        "line: This is nested too deeply. 50 levels are the most.",
    ),
    "as deep as Python reads": (b"[" * 900 + b"]" * 900, "line: This is nested too deeply. 50 levels are the most."),
    "text alone": (b'"x"', 'line: "x" is not a session. Write an object: {…}.'),
    "not a number": (b'{"a": NaN}', "line: NaN is not JSON. Send a number or null."),
    "infinite": (b'{"a": -Infinity}', "line: -Infinity is not JSON. Send a number or null."),
    "too large": (b'{"a": 1e999}', "line: The number 1e999 is too large. Send it as text."),
    "too long an integer": (
        b'{"a": ' + b"9" * 5000 + b"}",
        "line: This has a number with too many digits. Send it as text.",
    ),
    "key twice": (b'{"id": 1, "id": 2}', "id: This key is given twice in one object. Send it once."),
}

FIELDS: dict[str, tuple[list[str | int], Any, str]] = {
    "NUL in a key": (["\0"], 1, '["\\u0000"]: Unknown. Use id, title, '),
    "lone surrogate in a key": (["\ud800"], 1, '["\\ud800"]: Unknown. Use id, title, '),
    "unknown key": (["owner"], "me", "owner: Unknown. Use id, title, problem_summary, "),
    "id no text": (["id"], 7, "id: 7 is not a UUID: 8-4-4-4-12 hexadecimal digits."),
    "id of version 1": (["id"], "11111111-1111-1111-8111-111111111111", 'id: "11111111-1111-1111-8111'),
    "id in braces": (["id"], "{11111111-1111-4111-8111-111111111111}", 'id: "{11111111-1111-4111-8111'),
    "title blank": (["title"], " \n", "title: A session needs a title."),
    "title too long": (["title"], "x" * 201, "title: Too long: 201 characters (limit 200)."),
    "NUL": (["messages", 1, "content"], "x\0", "messages[1].content: This text has an invalid character (U+0000, line"),
    "lone surrogate": (["title"], "\ud800", "title: This text has an invalid character (U+D800, line 1). Remove it."),
    "title no text": (["title"], ["x"], 'title: ["x"] is not text. Put it in quotes.'),
    "ticket": (["ticket_ref"], "x" * 51, "ticket_ref: Too long: 51 characters (limit 50)."),
    "status": (["status"], "open", 'status: "open" is not one of active, paused, resolved, escalated, abandoned.'),
    "status of no kind": (["status"], {}, "status: {} is not one of active, paused, resolved, escalated, abandoned."),
    "naive time": (
        ["created_at"],
        "2026-08-03T07:00:00",
        'created_at: "2026-08-03T07:00:00" has no time zone. Add an offset',
    ),
    "no time": (["created_at"], "3 August", 'created_at: "3 August" is not a time. Write it like 2026-08-03T'),
    "no such day": (["created_at"], "2026-02-30T07:00:00Z", 'created_at: "2026-02-30T07:00:00Z" does not exist.'),
    "far year": (["created_at"], "9999-01-01T00:00:00Z", 'created_at: "9999-01-01T00:00:00Z" is out of range.'),
    "messages no list": (["messages"], {}, "messages: {} is not a list: […]."),
    "message no object": (["messages", 1], "hi", 'messages[1]: "hi" is not an object: {…}.'),
    "author": (["messages", 1, "author"], "copilot", 'messages[1].author: "copilot" is not one of engineer, '),
    "content too long": (["messages", 1, "content"], "x" * 50_001, "messages[1].content: Too long: 50,001"),
    "message too early": (
        ["messages", 1, "created_at"],
        "2026-08-03T07:01:00Z",
        "messages[1].created_at: 2026-08-03T07:01:00Z is not later than the message before it, 2026-08-03T07:01:00Z",
    ),
    "message before its session": (
        ["messages", 0, "created_at"],
        "2026-08-03T07:00:00Z",
        "messages[0].created_at: 2026-08-03T07:00:00Z is not later than the session's created_at, ",
    ),
    "fix title": ([*CACHE, "title"], None, "fixes[0].title: null is not text. Put it in quotes."),
    "confidence as text": ([*CACHE, "confidence_pct"], "80", 'fixes[0].confidence_pct: "80" is not a whole number'),
    "confidence true": ([*CACHE, "confidence_pct"], True, "fixes[0].confidence_pct: true is not a whole number"),
    "confidence 70.0": ([*CACHE, "confidence_pct"], 70.0, "fixes[0].confidence_pct: 70.0 is not a whole number"),
    "confidence over": ([*CACHE, "confidence_pct"], 101, "fixes[0].confidence_pct: 101 is not a whole number from 0"),
    "parameters": ([*CACHE, "ai_drafted_parameters"], [], "fixes[0].ai_drafted_parameters: [] is not an object"),
    "NUL in parameters": (
        [*CACHE, "ai_drafted_parameters"],
        {"deep": [{"a": "\0"}]},
        "fixes[0].ai_drafted_parameters: This has an invalid character. Remove it.",
    ),
    "blank script": ([*CACHE, "ai_drafted_script"], "", "fixes[0].ai_drafted_script: Empty. Write something."),
    "fix before its message": (
        [*CACHE, "proposed_at"],
        "2026-08-03T07:01:30Z",
        "fixes[0].proposed_at: No assistant message comes before it. A fix is proposed by one.",
    ),
    "unknown action": ([*ACTION, 0], {"action": "undo"}, 'fixes[0].actions[0].action: "undo" is not one of apply, '),
    "action no text": ([*ACTION, 0], {"action": []}, "fixes[0].actions[0].action: [] is not one of apply, decision"),
    "action no object": ([*ACTION, 0], 5, "fixes[0].actions[0].action: null is not one of apply, decision"),
    "decision": ([*ACTION, 0, "decision"], "dismissed", 'fixes[0].actions[0].decision: "dismissed" is not one of'),
    "key of another action": (
        [*ACTION, 0, "notes"],
        "x",
        "fixes[0].actions[0].notes: Unknown. Use action, at, decision.",
    ),
    "outcome proposed": ([*ACTION, 2, "outcome"], "proposed", 'fixes[0].actions[2].outcome: "proposed" is not one'),
    "action before its fix": (
        [*ACTION, 0, "at"],
        "2026-08-03T07:02:00Z",
        "fixes[0].actions[0].at: 2026-08-03T07:02:00Z is earlier than what comes before it, 2026-08-03T07:02:01Z",
    ),
    "actions out of order": ([*ACTION, 1, "at"], "2026-08-03T07:09:00Z", "fixes[0].actions[1].at: 2026-08-03T07:09"),
    "pending without a reason": ([*ACTION, 1], PENDING, "fixes[0].actions[1].notes: Say what you’re waiting on."),
    "blank reason": ([*ACTION, 1], {**PENDING, "notes": " "}, "fixes[0].actions[1].notes: Empty. Write something."),
    "check-by in the past": (
        [*ACTION, 1, "follow_up_at"],
        "2026-08-03T07:20:00Z",
        "fixes[0].actions[1].follow_up_at: This time has passed. Pick a later one.",
    ),
    "check-by too far": (
        [*ACTION, 1, "follow_up_at"],
        "2028-08-03T07:20:00Z",
        "fixes[0].actions[1].follow_up_at: More than a year ahead.",
    ),
    "check-by without waiting": (
        [*ACTION, 2, "follow_up_at"],
        "2026-09-03T07:20:00Z",
        "fixes[0].actions[2].follow_up_at: Only a fix that is awaiting verification has a check-by time.",
    ),
    "decision without a script": (
        [*CACHE, "ai_drafted_script"],
        None,
        "fixes[0].actions[0].decision: This fix has no script to run.",
    ),
    "apply after a verdict": (
        [*ACTION],
        [{**PENDING, "outcome": "applied_success"}, {"action": "apply", "at": "2026-08-03T07:21:00Z"}],
        "fixes[0].actions[1].action: This fix is already recorded as “Worked”. Reopen it first.",
    ),
    "late undo without a reason": (
        [*ACTION],
        [{**PENDING, "outcome": "applied_failed"}, {"action": "reopen", "at": "2026-08-03T07:31:00Z"}],
        "fixes[0].actions[1].reason: Say why",
    ),
    "applied twice": (
        [*ACTION],
        [{"action": "apply", "at": "2026-08-03T07:20:00Z"}, {"action": "apply", "at": "2026-08-03T07:21:00Z"}],
        "fixes[0].actions[1].action: A fix is applied once. Remove this one.",
    ),
}


@pytest.mark.parametrize(("line", "problem"), LINES.values(), ids=LINES.keys())
def test_flawed_line(importer: User, export: Path, line: bytes, problem: str) -> None:
    export.write_bytes(line)

    said = run_import(export)

    assert said.problems == [f"{export}:1: {problem}"]
    assert said.refusal == "1 of 1 file refused. Nothing of a refused file was written."
    assert rows() == NOTHING


@pytest.mark.parametrize(("path", "value", "problem"), FIELDS.values(), ids=FIELDS.keys())
def test_flawed_field(importer: User, export: Path, path: list[str | int], value: Any, problem: str) -> None:
    write_lines(export, sound(id="0" * 8 + sound()["id"][8:], fixes=[]), put(sound(), path, value))

    said = run_import(export)

    assert [each.startswith(f"{export}:2: {problem}") for each in said.problems] == [True], said.errors
    assert rows() == NOTHING


@pytest.mark.parametrize("key", sound().keys())
def test_missing_key(importer: User, export: Path, key: str) -> None:
    document = sound()
    del document[key]

    assert run_import(write_lines(export, document)).problems == [f"{export}:1: {key}: Missing. Add it."]


def test_line_that_is_too_long_doesnt_hide_the_next(
    importer: User, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "LINE_MAX", 5_000)
    export.write_text("x" * 17_000 + "\n" + json.dumps(sound(title="")) + "\n" + "y" * 5_001)

    assert run_import(export).problems == [
        f"{export}:1: line: Longer than 5,000 bytes. Put each session on a line of its own.",
        f"{export}:2: title: A session needs a title.",
        f"{export}:3: line: Longer than 5,000 bytes. Put each session on a line of its own.",
    ]


def test_ids_twice_in_one_file(importer: User, export: Path) -> None:
    other = sound(id="0" + sound()["id"][1:])

    said = run_import(write_lines(export, sound(), sound(), other))

    message = "Already on line 1. Remove one of the two, or give it a new UUID."
    assert said.problems == [
        f"{export}:2: id: {message}",
        f"{export}:2: fixes[0].id: {message}",
        f"{export}:3: fixes[0].id: {message}",
    ]


def test_fix_twice_in_one_session(importer: User, export: Path) -> None:
    document = sound()
    document["fixes"].append({**document["fixes"][0], "proposed_at": "2026-08-03T08:00:00Z", "actions": []})

    assert run_import(write_lines(export, document)).problems == [
        f"{export}:1: fixes[1].id: Used twice in this session. Give each fix its own id."
    ]


def test_fix_that_isnt_later_than_the_one_before(importer: User, export: Path) -> None:
    document = sound()
    document["fixes"].append({**document["fixes"][0], "id": "0" + document["id"][1:], "actions": []})

    assert run_import(write_lines(export, document)).problems == [
        f"{export}:1: fixes[1].proposed_at: 2026-08-03T07:02:01Z is not later than that of the fix before it, "
        "2026-08-03T07:02:01Z."
    ]


def test_action_on_a_superseded_fix(importer: User, export: Path) -> None:
    document = put(sound(), ["fixes", 0, "actions"], [{"action": "apply", "at": "2026-08-03T08:30:00Z"}])
    newer = {**document["fixes"][0], "id": "0" + document["id"][1:], "proposed_at": "2026-08-03T08:00:00Z"}
    document["fixes"].append({**newer, "actions": []})

    assert run_import(write_lines(export, document)).problems == [
        f"{export}:1: fixes[0].actions[0].action: A newer fix has replaced this one."
    ]


def test_all_problems_of_a_line_and_of_a_file_are_listed_up_to_a_limit(importer: User, export: Path) -> None:
    wrong = sound(title="", status="")
    said = run_import(write_lines(export, *[wrong] * 15))

    assert len(said.problems) == files.LISTED + 1
    assert said.problems[0] == f"{export}:1: title: A session needs a title."
    assert said.problems[3].startswith(f'{export}:2: status: "" is not one of')
    assert said.problems[-1] == f"{export}: and 10 more"


def test_values_from_the_file_are_harmless_on_a_terminal(importer: User, export: Path) -> None:
    said = run_import(write_lines(export, sound(status="\x1b[2J\x9b")))

    assert '"\\u001b[2J\\u009b"' in said.errors
    assert "\x1b" not in said.errors


def test_files_that_cant_be_read(importer: User, tmp_path: Path) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.touch()

    said = run_import(tmp_path / "missing.jsonl", tmp_path, empty, long := tmp_path / ("x" * 300))

    assert said.problems == [
        f"{tmp_path / 'missing.jsonl'}: This can't be read: no such file or directory.",
        f"{tmp_path}: This can't be read: is a directory.",
        f"{empty}: This has no sessions. Is it the right file?",
        f"{long}: This can't be read: file name too long.",
    ]
    assert said.refusal == "4 of 4 files refused. Nothing of a refused file was written."
