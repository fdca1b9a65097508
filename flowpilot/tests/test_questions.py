"""How the reply to a playbook's question is read."""

import pytest

from flowpilot.built_in.questions import read_reply, said_in

WEBMAIL = {
    "id": "webmail-works",
    "ask": "Does webmail work?",
    "options": {
        "yes": ["webmail works", "owa fine", "webmail geht"],
        "no": ["webmail fails too", "webmail doesn't work", "webmail geht auch nicht", "webmail geht nicht"],
    },
    "fits": "yes",
}


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("Webmail works!", "yes"),
        ("webmail is working", "yes"),
        ("webmail still works for her", "yes"),
        ("webmail doesn’t work", "no"),
        ("webmail does not work", None),
        ("webmail never works", None),
        ("Webmail geht nicht", "no"),
        ("webmail geht auch nicht", "no"),
        ("webmail geht", "yes"),
        ("first webmail works, now webmail fails too", "no"),
        ("the works canteen", None),
        ("", None),
        ("webmail " * 5_000, None),
        ("webmail works " * 1_400, "yes"),
    ],
)
def test_phrases_are_found_in_a_text(text: str, option: str | None) -> None:
    assert said_in(WEBMAIL, text) == option


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("yes", "yes"),
        ("Ja, klar", "yes"),
        ("nope", "no"),
        ("Nein", "no"),
        ("yes, but webmail fails too", "no"),
        ("it does", None),
        ("it isn't installed", None),
        ("I don't know", None),
    ],
)
def test_a_reply_may_be_short(text: str, option: str | None) -> None:
    assert read_reply(WEBMAIL, text) == option
