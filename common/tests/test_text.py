"""What becomes of a text that somebody sends."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.refusals import InvalidInput
from common.tests.hostile_texts import COMPOSED, DECOMPOSED, INVALID, INVISIBLE, KEPT, ONE_LINE, any_text, hostile
from common.text import clean_line, clean_text, is_storable, is_visible, required_text, verbatim


@pytest.mark.parametrize("text", INVISIBLE.values(), ids=INVISIBLE)
def test_a_text_in_which_nothing_can_be_seen_is_empty(text: str) -> None:
    assert clean_text(text, "notes") is None
    assert clean_text(text * 3 + " \n", "notes") is None
    assert clean_line(text, "title", max_length=200) is None
    assert verbatim(text, "script", max_length=200) is None
    with pytest.raises(InvalidInput, match="Write something"):
        required_text(text, "notes", "Write something.")


@pytest.mark.parametrize("value", [5, 0, True, ["text"], {}, b"text"])
def test_what_is_no_text_is_refused(value: object) -> None:
    for clean in (clean_text, clean_line, verbatim):
        with pytest.raises(InvalidInput) as refused:
            clean(value, "notes", max_length=200)
        assert refused.value.errors == {"notes": "This is not text."}


def test_no_text_is_empty_too() -> None:
    assert clean_text(None, "notes") is None
    assert clean_text("", "notes") is None


@pytest.mark.parametrize("text", INVALID.values(), ids=INVALID)
def test_a_character_that_is_no_text_is_refused_and_named(text: str) -> None:
    named = f"U+{ord(text[1]):04X}, line 1"
    for clean in (clean_text, clean_line, verbatim):
        with pytest.raises(InvalidInput) as refused:
            clean(text, "notes", max_length=200)
        assert refused.value.errors == {"notes": f"This text has an invalid character ({named}). Remove it."}


def test_the_refusal_says_in_which_line() -> None:
    with pytest.raises(InvalidInput, match=r"U\+001B, line 3"):
        clean_text("one\ntwo\nthr\x1bee", "notes")


@pytest.mark.parametrize("text", ONE_LINE.values(), ids=ONE_LINE)
def test_one_line_has_one_blank_for_any_run_of_white_space(text: str) -> None:
    assert clean_line(text, "title", max_length=200) == "a b"


@pytest.mark.parametrize("text", ["a\r\nb", "a\rb", "a\u2028b", "a\u2029b", "\r\n a\nb \u00a0"])
def test_line_ends_are_one_and_ends_are_stripped(text: str) -> None:
    assert clean_text(text, "notes") == "a\nb"


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_what_is_inside_a_text_stays(text: str) -> None:
    assert clean_text(text, "notes") == text
    assert clean_line(text, "title", max_length=200) == text


def test_text_is_stored_composed_and_measured_so() -> None:
    assert clean_text(DECOMPOSED, "notes", max_length=len(COMPOSED)) == COMPOSED
    assert clean_line(DECOMPOSED, "title", max_length=len(COMPOSED)) == COMPOSED
    assert verbatim(DECOMPOSED, "script", max_length=100) == DECOMPOSED


@pytest.mark.parametrize("text", ["x" * 201, "e\u0301" * 201, "x" * 10_000_000])
def test_a_text_that_is_too_long_is_refused_with_its_length(text: str) -> None:
    with pytest.raises(InvalidInput, match=r"Too long: [\d,]+ characters \(limit 200\)\."):
        clean_text(text, "notes", max_length=200)


def test_a_heap_of_accents_costs_no_time() -> None:
    begun = time.process_time()
    with pytest.raises(InvalidInput, match="more than 30 accents"):
        clean_text("a" + "\u0301" * 24_000 + "\u0316" * 24_000, "content", max_length=50_000)
    assert time.process_time() - begun < 0.5  # ordering them took seconds


@pytest.mark.parametrize("part", [*INVALID.values(), float("inf"), float("nan")])
def test_json_holds_nothing_that_cannot_be_stored(part: object) -> None:
    assert not is_storable({"deep": [{"a": [part]}]})
    assert not isinstance(part, str) or not is_storable({part: 1})
    assert is_storable({"deep": [{"a": ["x\n\t", 1.5, None, True]}]})


@given(any_text | hostile)
def test_whatever_is_stored_is_in_order(text: str) -> None:
    try:
        stored = clean_text(text, "notes")
    except InvalidInput:
        return
    assert is_storable(text)
    assert stored is None or (stored == clean_text(stored, "notes") and is_visible(stored) and is_storable(stored))
    assert stored is None or unicodedata.is_normalized("NFC", stored)


@given(st.lists(hostile, max_size=4).map("\n".join))
def test_a_line_is_one_line(text: str) -> None:
    try:
        stored = clean_line(text, "title", max_length=4_000)
    except InvalidInput:
        return
    assert stored is None or (len(stored.splitlines()) == 1 and stored == " ".join(stored.split()))
