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
    ({"DATABASE_URL": "sqlite:///db.sqlite3"}, ["Setting DATABASE_URL:"]),
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


def test_a_database_that_does_not_answer_is_named(checkout: Checkout) -> None:
    refused = checkout.manage("serve", DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")
    assert refused.returncode == 1
    assert refused.stderr.startswith("CommandError: The database isn't responding:")
    assert len(refused.stderr.splitlines()) == 1
