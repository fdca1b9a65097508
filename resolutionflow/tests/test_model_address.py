"""Which addresses, names and keys of a model the product starts with."""

import pytest

from resolutionflow.model_address import problems

SOUND = [
    "https://api.openai.com/v1",
    "https://desk.openai.azure.com/openai/v1",
    "https://generativelanguage.googleapis.com/v1beta/openai",
    "http://localhost:11434/v1",
    "http://127.0.0.1:8080/v1",
    "http://[::1]:8080/v1",
    "http://192.168.7.20:8000/v1",
    "http://ollama:11434/v1",
    "http://gpu.internal/v1",
]
UNSOUND = [
    ("api.openai.com/v1", "https://"),
    ("ftp://llm.example.com", "https://"),
    ("http://llm.example.com/v1", "unencrypted"),
    ("http://8.8.8.8/v1", "unencrypted"),
    ("http://0.0.0.0/v1", "unencrypted"),
    ("https://desk:hunter2@llm.example.com/v1", "password in it"),
    ("https://llm.example.com/v1?api-version=2024", "?"),
    ("https://llm.example.com:port/v1", "not an address"),
    ("https://[::1/v1", "not an address"),
    ("https://llm example.com/v1", "https://"),
    ("https:///v1", "https://"),
]


@pytest.mark.parametrize("url", SOUND)
def test_an_encrypted_or_local_address_is_taken(url: str) -> None:
    assert problems(url, "kestrel-8b", "sk-1") == {}


@pytest.mark.parametrize(("url", "reason"), UNSOUND)
def test_another_address_is_refused_without_repeating_its_password(url: str, reason: str) -> None:
    found = problems(url, "kestrel-8b", "")
    assert list(found) == ["FLOWPILOT_URL"]
    assert reason in found["FLOWPILOT_URL"]
    assert "hunter2" not in found["FLOWPILOT_URL"]


def test_an_address_needs_the_name_of_a_model() -> None:
    assert list(problems("https://llm.example.com/v1", " ", "")) == ["FLOWPILOT_MODEL"]


@pytest.mark.parametrize("key", ["two words", "line\nend", "schlüssel", "tab\t"])
def test_a_key_that_no_header_can_carry_is_refused_without_repeating_it(key: str) -> None:
    found = problems("", "", key)
    assert list(found) == ["FLOWPILOT_KEY"]
    assert key not in found["FLOWPILOT_KEY"]


def test_nothing_set_is_sound() -> None:
    assert problems("", "", "") == {}
