"""A bad setting stops the start with a line for each, which says how to fix it."""

import pytest

from tests.processes.checkout import Checkout

MISSING = ["Setting ALLOWED_HOSTS:", "Setting DATABASE_URL:", "Setting SECRET_KEY:"]

BAD = [
    ({"PORT": "abc"}, ["Setting PORT:"]),
    ({"PORT": "0"}, ["Setting PORT:"]),
    ({"DEBUG": "maybe"}, ["Setting DEBUG:"]),
    ({"WORKERS": "0", "THREADS": "many"}, ["Setting THREADS:", "Setting WORKERS:"]),
    ({"EMAIL_URL": "pigeon://roost.example"}, ["Setting EMAIL_URL:"]),
    ({"SITE_URL": "desk.example.com"}, ["Setting SITE_URL:"]),
    ({"DATABASE_URL": "sqlite:///db.sqlite3"}, ["Setting DATABASE_URL:"]),
    ({"FLOWPILOT_URL": "https://llm.example.com/v1"}, ["Setting FLOWPILOT_MODEL:"]),
    ({"FLOWPILOT_URL": "http://llm.example.com/v1", "FLOWPILOT_MODEL": "m"}, ["Setting FLOWPILOT_URL:"]),
    (
        {"FLOWPILOT_DEADLINE": "soon", "FLOWPILOT_KEEP_DAYS": "0"},
        ["Setting FLOWPILOT_DEADLINE:", "Setting FLOWPILOT_KEEP_DAYS:"],
    ),
    ({"PRODUCTION": "true"}, MISSING),
    ({"PRODUCTION": "true", "ALLOWED_HOSTS": "*"}, MISSING),
]


@pytest.mark.parametrize(("given", "expected"), BAD)
def test_a_bad_setting_stops_the_start(checkout: Checkout, given: dict[str, str], expected: list[str]) -> None:
    refused = checkout.manage("serve", **given)
    lines = refused.stderr.splitlines()
    assert refused.returncode == 1
    assert [line.partition(":")[0] + ":" for line in lines] == expected
    assert all("Set it to " in line for line in lines)


def test_the_key_of_a_model_is_never_printed(checkout: Checkout) -> None:
    secret, address = "sk-quite secret", "https://desk:hunter-2@llm.example.com"
    refused = checkout.manage("serve", FLOWPILOT_KEY=secret, FLOWPILOT_URL=address, FLOWPILOT_MODEL="m")
    assert refused.returncode == 1
    assert "Setting FLOWPILOT_KEY:" in refused.stderr
    assert "Setting FLOWPILOT_URL:" in refused.stderr
    assert "secret" not in refused.stderr
    assert "hunter-2" not in refused.stderr


def test_a_database_that_does_not_answer_is_named(checkout: Checkout) -> None:
    refused = checkout.manage("serve", DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")
    assert refused.returncode == 1
    assert refused.stderr.startswith("CommandError: The database isn't responding:")
    assert len(refused.stderr.splitlines()) == 1
