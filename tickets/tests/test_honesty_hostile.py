"""Hostile texts: the honesty check answers whatever is sent, in a time that grows no faster than the text."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tickets.honesty.check import refusal_of, warnings_of
from tickets.honesty.markdown_sentences import lines_of
from tickets.models.text import Kind, Language
from tickets.tests.honesty_corpus import bundle_of, pairs

BUNDLE = bundle_of("tuning/outlook_password")
LONGEST = 60_000
SECONDS = 0.3
"""Of the processor, for a text of 60,000 characters; a test allows three times as much for a slow machine."""

PIECES = (
    *(
        "1",
        "1.",
        "1,",
        "1:",
        "12:3",
        "26.11.",
        "a1-",
        "1 pm ",
        "a@",
        "“",
        "„a“ ",
        "not ",
        "again ",
        "no ",
        "(",
        "- ",
        "# ",
    ),
    *(
        "wieder ",
        "behoben ",
        "weil ",
        "\\",
        "/",
        "Ines ",
        "of ",
        "A-1, ",
        "x" * 99 + " ",
        "é",
        "\u0301",
        "\u202e",
        "😀",
        "ا ",
    ),
    *("Outlook works again. ", "because ", "seven of ", "* ", "`", "[a](b) ", "&amp;", "\n", "\n\n", "1 and "),
)


@given(st.text(max_size=400), st.sampled_from(list(Language)))
@example("0" * 400, Language.ENGLISH)
@example("١٤ ²³ ½ Ⅷ 99:99 32.13.2026 0000-00-00 24:60", Language.GERMAN)
@example("9999999999 hours 1e400 minutes 99999999 weeks", Language.ENGLISH)
@example("1.1 pm 0.5 Uhr ½ am 1,5 pm", Language.ENGLISH)
def test_any_text_has_an_answer(text: str, language: Language) -> None:
    refused = refusal_of(text, ("message:1", "event:22.0"), BUNDLE, language)
    assert refused is None or refused
    assert isinstance(warnings_of(text, Kind.NOTE, BUNDLE, language), list)


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_pieces_that_mean_something_have_an_answer_in_any_order(text: str) -> None:
    assert isinstance(warnings_of(text, Kind.PACKAGE, BUNDLE, Language.ENGLISH), list)
    assert isinstance(warnings_of(text, Kind.ADDENDUM, BUNDLE, Language.GERMAN), list)


@pytest.mark.parametrize("piece", PIECES)
def test_the_time_does_not_grow_faster_than_the_text(piece: str) -> None:
    """The long text is checked three times, because collecting the garbage of earlier tests takes time, too."""
    once = seconds_for(piece * (15_000 // len(piece)), Kind.NOTE)
    four_times = min(seconds_for(piece * (60_000 // len(piece)), Kind.NOTE) for _ in range(3))
    assert four_times < max(8 * once, 3 * SECONDS)


def test_a_megabyte_of_digits_is_no_trouble() -> None:
    assert seconds_for("7" * 1_000_000, Kind.NOTE) < 3
    assert refusal_of("7" * 1_000_000, ("message:1",), BUNDLE, Language.ENGLISH) is not None


def test_a_text_of_full_length_is_checked_in_time() -> None:
    text = "\n\n".join(pair.text for pair in pairs("tuning")) * 4
    assert seconds_for(text[:LONGEST], Kind.NOTE) < 3 * SECONDS


def test_sentences_of_a_text_lose_no_word() -> None:
    text = "## Problem\nA 1. B on 26. November z. B. this.\n- c.d and `e`\n1. **F.** G! “H?” I…\n> j\n"
    assert [(line.text, line.is_heading) for line in lines_of(text)] == [
        ("Problem", True),
        ("A 1. B on 26. November z. B. this.", False),
        ("c.d and e", False),
        ("F.", False),
        ("G!", False),
        ("“H?”", False),
        ("I…", False),
        ("j", False),
    ]


def seconds_for(text: str, kind: Kind) -> float:
    """Return the processor's seconds for a check."""
    began = time.process_time()
    warnings_of(text, kind, BUNDLE, Language.ENGLISH)
    return time.process_time() - began
