"""What counts as a number, a time or a known key, and how JSON is read: the rules of API and import."""

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common import strict_json, values
from common.values import WrongValue


@pytest.mark.parametrize(
    "text",
    [
        "2026-08-03T17:00:00Z",
        "2026-08-03T17:00:00z",
        "2026-08-03t17:00:00Z",
        "2026-08-03 17:00:00Z",
        "2026-08-03T17:00Z",
        "2026-08-03T17:00:00.000000000Z",
        "2026-08-03T19:00:00+02:00",
        "2026-08-02T17:01:00-23:59",
        "2026-08-03T17:00:00-00:00",
    ],
)
def test_a_time_is_read_however_it_is_written(text: str) -> None:
    assert values.time(text) == datetime(2026, 8, 3, 17, tzinfo=UTC)
    assert values.written(values.time(text)) == "2026-08-03T17:00:00Z"


@pytest.mark.parametrize(
    "value",
    [
        *(None, True, 5, [], "", "now", "2026-08-03", "17:00", "2026-08-03T17", "2026-08-03T17:00:00"),
        *(
            "2026-08-03T17:00:00+2",
            "2026-08-03T17:00:00+0200",
            "2026-08-03T17:00:00+24:00",
            "2026-08-03T17:00:00+02:60",
        ),
        *("2026-02-29T17:00:00Z", "2026-08-03T24:00:00Z", "2026-08-03T17:00:60Z", "2026-13-01T17:00:00Z"),
        *("1999-12-31T23:59:59Z", "2101-01-01T00:00:00Z", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59"),
        *("٢٠٢٦-08-03T17:00:00Z", "2026-08-03T17:00:00Z\n", " 2026-08-03T17:00:00Z", "2026-08-03T17:00:00.1234567890Z"),
    ],
)
def test_anything_else_is_no_time(value: object) -> None:
    with pytest.raises(WrongValue):
        values.time(value)


@given(st.datetimes(datetime(2000, 1, 2), datetime(2100, 12, 30), timezones=st.timezones()))
def test_every_time_that_python_writes_is_read(moment: datetime) -> None:
    offset = moment.utcoffset()
    if offset is not None and offset.total_seconds() % 60 == 0:
        assert values.time(moment.isoformat()) == moment.astimezone(UTC)


@pytest.mark.parametrize("value", [70.0, 70.5, "70", True, None, [70], -1, 101, 10**400])
def test_a_whole_number_has_no_fraction_and_no_quotes(value: object) -> None:
    with pytest.raises(WrongValue):
        values.whole_number(value, 0, 100)


@given(
    st.text() | st.integers() | st.floats() | st.none() | st.lists(st.text()) | st.dictionaries(st.text(), st.text())
)
def test_a_quoted_value_is_short_and_harmless_on_a_terminal(value: Any) -> None:
    quoted = values.quoted(value)
    assert len(quoted) <= values.QUOTED_MAX + 1
    assert quoted.isprintable()


@pytest.mark.parametrize("raw", [b'{"a": 1, "a": 2}', b'[{"b": {"a": 1, "c": 2, "a": 3}}]', b'{"a": 1, "\\u0061": 2}'])
def test_a_key_that_is_given_twice_is_named(raw: bytes) -> None:
    with pytest.raises(strict_json.BadJson) as bad:
        strict_json.parse(raw)
    assert bad.value.field == "a"


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3)))
def test_json_that_python_writes_is_read(value: Any) -> None:
    assert strict_json.parse(json.dumps(value).encode()) == value


@given(st.binary())
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    with suppress(strict_json.BadJson):
        strict_json.parse(raw)
