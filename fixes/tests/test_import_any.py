"""Whatever a file holds: a sound one comes back in the history act by act, a damaged one writes nothing."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from accounts.models import User
from fixes.models import FixEvent, SuggestedFix
from fixes.tests.import_documents import Expected, documents, paths_in
from fixes.tests.import_files import NOTHING, SOUND, put, rows, run_import, write_lines
from sessions.models import AISession, Message

many = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
anything: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@contextmanager
def clean_slate() -> Iterator[None]:
    """Each example begins with an empty database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@many
@given(documents())
def test_every_act_of_a_sound_file_is_in_the_history_at_its_time(importer: User, export: Path, made: Expected) -> None:
    with clean_slate():
        said = run_import(write_lines(export, made.document))

        assert (said.errors, said.refusal) == ("", "")
        columns = ("action", "fix_id", "from_status", "to_status", "at")
        history = FixEvent.objects.order_by("state_version", "-action").values_list(*columns)
        assert list(history) == [(action, UUID(fix), old, new, at) for action, fix, old, new, at in made.events]
        assert Message.objects.count() == len(made.document["messages"])
        assert SuggestedFix.objects.count() == len(made.document["fixes"])
        assert AISession.objects.get().status == made.document["status"]
        assert run_import(export).out.startswith("0 imported, 1 skipped")


@many
@given(st.data())
def test_any_value_anywhere_is_taken_or_refused_in_words(importer: User, export: Path, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(paths_in(SOUND)))
    with clean_slate():
        write_lines(export, put(deepcopy(SOUND), path, data.draw(anything)))
        assert_taken_or_refused(export)


@many
@given(st.data())
def test_any_bytes_anywhere_are_taken_or_refused_in_words(importer: User, export: Path, data: st.DataObject) -> None:
    whole = json.dumps(SOUND).encode()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(start + 20, len(whole))))
    with clean_slate():
        export.write_bytes(whole[:start] + data.draw(st.binary(max_size=20)) + whole[end:])
        assert_taken_or_refused(export)


@many
@given(st.binary())
@example(b"\n\n")
@example(b"null")
def test_any_file_at_all_is_refused_in_words(importer: User, export: Path, content: bytes) -> None:
    export.write_bytes(content)

    assert run_import(export).refusal
    assert rows() == NOTHING


@many
@given(st.data())
def test_any_missing_part_is_taken_or_refused_in_words(importer: User, export: Path, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(paths_in(SOUND)))
    document: Any = deepcopy(SOUND)
    inner = document
    for key in path[:-1]:
        inner = inner[key]
    del inner[path[-1]]
    with clean_slate():
        write_lines(export, document)
        assert_taken_or_refused(export)


def assert_taken_or_refused(export: Path) -> None:
    said = run_import(export)
    if said.refusal:
        assert said.problems
        assert all(problem.startswith(f"{export}:") for problem in said.problems)
        assert rows() == NOTHING
    else:
        assert said.out.startswith("1 imported")
        assert rows()["AISession"] == 1
