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


YES = """
yes | Yes! | yep | sure | correct | yes it does | it does | Yes, it does. | they do | she can | yes she can | of course
yes thank you | Ja, danke | yes it does work | yes, she can log in there | Yes. I looked twice.
it says YES | thanks, yes | yes. what next? | exactly | exactly, same there | unfortunately yes
oh yes | y | yes, webmail works
ja | Ja, klar | ja, tut es | tut es | ja hat es | hat es | genau | klar | stimmt | ja, das geht | leider ja
doch | jo, geht
"""
NO = """
no | No. | nope | nah | no it doesn’t | it doesn't | it does not | no, it does not
no it doesn't work | they didn't | she can't | not at all | no, she gets an error there | no, webmail fails too
it says NO | n | no. what now? | nein | nö | Nein, tut es nicht | tut es nicht | geht es nicht | leider nicht
leider nein | nein, da kommt ein Fehler
yes, but webmail fails too
"""
OPEN = """
Do you mean on the PDC? | It is hard to say | They did not check | sure, how? | sure, how | right, where do I look?
right, where do I look | exactly the same problem on the other PC | klar, wie sehe ich das? | klar, wie sehe ich das
right now nobody is there | sure thing, one moment | correct me if I am wrong | do they use it at all | it depends
yes? | ja? | yes or no | yes/no | yes and no | jein | yes, I think | yes, maybe | yes, but only sometimes | I think yes
yes, I will check | yes, let me ask her | yes, no | no, yes | no, it does | ok | hm | there | it | it did something else
no idea, where do I see that? | no idea | no clue | not checked yet | leider keine Ahnung | Not fixed | not yet
no longer locked out | no change | no luck | no, not sure | no, I don’t know | not sure | I don't know | nobody knows
nein, weiß ich nicht | weiß nicht | keine Ahnung, ob das geht | noch nicht geprüft | doch nicht der | nicht | leider
ja, glaube ich | vielleicht ja | ja, wo sehe ich das? | sicher bin ich nicht | genau dasselbe am anderen PC
stimmt das? | it isn't installed | is webmail works what you mean? | not sure whether webmail works
Should I see if owa fine or not? | do you mean webmail works in private | weiß nicht, ob webmail geht
webmail works, or does it?
maybe webmail works
no, thanks | no thanks | Nein, danke | no problem, will do | not the first time | yes man | on it | they are on holiday
"""


def _texts(table: str) -> list[str]:
    return [text.strip() for line in table.splitlines() for text in line.split(" | ") if text.strip()]


@pytest.mark.parametrize(
    ("text", "option"),
    [
        *((text, "yes") for text in _texts(YES)),
        *((text, "no") for text in _texts(NO)),
        *((text, None) for text in _texts(OPEN)),
    ],
)
def test_a_reply_is_yes_or_no_only_where_it_says_so_plainly(text: str, option: str | None) -> None:
    assert read_reply(WEBMAIL, text) == option


FAILS_AT = {
    "id": "fails-at",
    "ask": "Which one fails?",
    "options": {"one": ["only her"], "all": ["everybody"], "snapshot": ["shadow copy"], "more": ["several"]},
    "fits": "one",
}


@pytest.mark.parametrize(
    ("text", "option"),
    [
        *(
            ("one", "one"),
            ("just one", "one"),
            ("it says snapshot", "snapshot"),
            ("the snapshot, each night", "snapshot"),
        ),
        *(("more", "more"), ("nur bei all", "all"), ("it shows more now", "more")),
        *(("one moment please", None), ("all good, thanks", None), ("no one", None), ("not one", None)),
        *(("one or all?", None), ("one, all", None), ("maybe, one", None), ("is it more", None), ("no idea", None)),
        *(("is it everybody?", None), ("no idea whether everybody has it", None), ("everybody has it", "all")),
    ],
)
def test_an_option_is_chosen_by_its_name_only_where_nothing_else_is_said(text: str, option: str | None) -> None:
    assert read_reply(FAILS_AT, text) == option


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("Outlook asks again. Any idea? Webmail works.", "yes"),
        ("Outlook asks again, webmail works, any idea?", "yes"),
        ("Does webmail work for her? I haven't asked.", None),
        ("I have to ask whether webmail works", None),
        ("Geht Webmail geht nicht oder was?", None),
    ],
)
def test_what_is_asked_or_unsure_is_not_said(text: str, option: str | None) -> None:
    assert said_in(WEBMAIL, text) == option
