"""What is read as a row's id, everywhere."""

from uuid import UUID

import pytest

from common.ids import uuid_or_none

ID = "00112233-4455-4677-8899-aabbccddeeff"


@pytest.mark.parametrize("text", [ID, ID.upper()])
def test_an_id_is_read_in_either_case(text: str) -> None:
    assert uuid_or_none(text) == UUID(ID)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "x",
        7,
        ID[:-1],
        ID.replace("-", ""),
        f"{{{ID}}}",
        f"urn:uuid:{ID}",
        f" {ID}",
        f"{ID}\n",
        "\ud800",
        "٠" * 32,
    ],
)
def test_anything_else_is_none(text: object) -> None:
    assert uuid_or_none(text) is None
