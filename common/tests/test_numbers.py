"""Whole numbers as forms and addresses send them."""

import pytest

from common.numbers import whole_number


@pytest.mark.parametrize(("sent", "expected"), [("0", 0), ("7", 7), ("007", 7), ("999999999", 999_999_999)])
def test_digits_are_a_number(sent: str, expected: int) -> None:
    assert whole_number(sent) == expected


@pytest.mark.parametrize("sent", ["", "x", "-1", "1.0", " 1", "1000000000", "٣", "²", None, 7])
def test_anything_else_is_none(sent: object) -> None:
    assert whole_number(sent) is None
