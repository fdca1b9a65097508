"""Times in an import: what happened lies in the past, any offset is taken, and so is any ticket reference."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from accounts.models import User
from fixes.models import SuggestedFix
from fixes.tests.import_files import NOTHING, put, rows, run_import, sound, write_lines
from sessions.models import AISession

LAST_ACT: list[str | int] = ["fixes", 0, "actions", 2]
TIMES: dict[str, list[str | int]] = {
    "created_at": ["created_at"],
    "messages[2].created_at": ["messages", 2, "created_at"],
    "fixes[0].proposed_at": ["fixes", 0, "proposed_at"],
    "fixes[0].actions[2].at": [*LAST_ACT, "at"],
}


@pytest.mark.parametrize("field", TIMES)
@pytest.mark.parametrize("time", ["2026-11-23T12:05:01Z", "2086-07-01T00:00:00Z"])
def test_what_happened_in_the_future_is_refused_with_line_and_field(
    importer: User, export: Path, field: str, time: str
) -> None:
    document = put(sound(), TIMES[field], time)

    said = run_import(write_lines(export, document))

    assert said.problems == [f'{export}:1: {field}: "{time}" is in the future. Only a check-by time can be.']
    assert rows() == NOTHING


def test_a_clock_that_is_five_minutes_fast_is_tolerated(importer: User, export: Path) -> None:
    document = put(sound(status="active"), [*LAST_ACT, "at"], "2026-11-23T12:05:00Z")

    assert run_import(write_lines(export, document)).refusal == ""


@pytest.mark.parametrize(("check_by", "refused"), [("2027-08-03T07:20:00Z", False), ("2027-08-03T07:20:01Z", True)])
def test_a_check_by_time_lies_a_year_after_its_act_at_most(
    importer: User, export: Path, check_by: str, refused: bool
) -> None:
    document = put(sound(status="active"), ["fixes", 0, "actions", 1, "follow_up_at"], check_by)
    del document["fixes"][0]["actions"][2]

    said = run_import(write_lines(export, document))

    assert [
        f"{export}:1: fixes[0].actions[1].follow_up_at: More than a year ahead." in each for each in said.problems
    ] == ([True] if refused else [])


@pytest.mark.parametrize(
    "written",
    ["2026-08-03T10:30:00+02:00", "2026-08-03t08:30:00z", "2026-08-03 08:30:00.000000Z", "2026-08-03T08:30Z"],
)
def test_a_time_is_taken_however_it_is_written(importer: User, export: Path, written: str) -> None:
    document = put(sound(status="active"), [*LAST_ACT, "at"], written)

    assert run_import(write_lines(export, document)).refusal == ""
    assert SuggestedFix.objects.get().verified_at == datetime(2026, 8, 3, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize("reference", ["48213", "INC0012345", "#7", "Zendesk 12 / 4", "Büro-1", ""])
def test_any_ticket_reference_is_taken(importer: User, export: Path, reference: str) -> None:
    assert run_import(write_lines(export, sound(ticket_ref=reference))).refusal == ""
    assert AISession.objects.get().ticket_ref == reference


def test_a_session_without_problem_and_client_is_taken_as_elsewhere(importer: User, export: Path) -> None:
    assert run_import(write_lines(export, sound(problem_summary="", client_name=""))).refusal == ""
