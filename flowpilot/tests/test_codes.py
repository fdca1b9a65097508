"""Which words of a message are error codes, and which names are people's."""

import pytest

from flowpilot.built_in.codes import codes_in, new_codes
from flowpilot.built_in.names import names_in
from flowpilot.built_in.secrets import without_secrets


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("it says 0x80090016, then 80090016 again", ["80090016"]),
        ("AADSTS50126 and caa20004", ["AADSTS50126", "caa20004"]),
        ("NDR 550 5.7.708", ["5.7.708"]),
        ("VPN error 809", ["809"]),
        ("Fehler 1068 beim Starten", ["1068"]),
        ("PC00123 in CW-30412, since 20261126, call 030 1234567, version 4.5.2, port 8080", []),
    ],
)
def test_error_codes_are_told_from_other_numbers(text: str, codes: list[str]) -> None:
    assert codes_in(text) == codes


def test_a_code_without_its_0x_is_the_same() -> None:
    assert new_codes("80090016 and 0x80073712", "0x80090016") == ["0x80073712"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a new user for Anna Smith", ["Anna", "Smith"]),
        ("Frau Seidel kommt nicht rein", ["Seidel"]),
        ("Ben's laptop", ["Ben"]),
        ("Ines at Pemberlow", ["Ines", "Pemberlow"]),
        ("outlook asks for the password", []),
    ],
)
def test_names_are_found(text: str, names: list[str]) -> None:
    assert names_in(text) == names


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Outlook broken, password: Geheim123!", "Outlook broken, "),
        ("Outlook asks for the password", "Outlook asks for the password"),
    ],
)
def test_a_secret_goes_with_its_label(text: str, left: str) -> None:
    assert without_secrets(text).rstrip("! ") == left.rstrip()
