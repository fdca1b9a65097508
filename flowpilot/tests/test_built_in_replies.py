"""How the built-in copilot reads replies to its questions, and what it says of fixes that came up before."""

import pytest

from fixes.transitions import Status
from flowpilot.models import Playbook
from flowpilot.tests.conversations import begin
from flowpilot.tests.label_printer import PROBLEM, blank, playbooks, titles

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("playbooks")]
__all__ = ["playbooks"]


@pytest.mark.parametrize(("reply", "title"), [("it does not, only one user", "Replace the Zebra driver")])
def test_a_reply_is_read_by_its_phrases_first(reply: str, title: str) -> None:
    assert blank(reply).title == title


def test_a_message_is_a_reply_by_its_place_and_not_by_its_words() -> None:
    talk = blank("no, only one user")
    talk.apply()
    talk.say("no, only one user")
    assert talk.session.facts.count() == 1
    talk = blank("no luck")
    talk.apply()
    talk.say("no luck")
    assert talk.proposal["outcome"] == Status.FAILED


@pytest.mark.parametrize("said", ["everybody?", "no idea whether everybody has it", "one moment"])
def test_a_reply_that_asks_back_adds_no_fact(said: str) -> None:
    assert blank(said).session.facts.count() == 0


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        *((text, Status.SUCCESS) for text in ("yes", "Yes it did", "it did", "ja", "ja, hat es", "yes, she is happy")),
        *((text, Status.FAILED) for text in ("no", "nope", "nein", "it didn't", "nein, hat es nicht")),
    ],
)
def test_yes_or_no_to_whether_it_worked_becomes_a_proposal(said: str, outcome: Status) -> None:
    talk = blank("only one user")
    talk.apply()
    assert "work?" in talk.say("by the way the blank labels are from Zebra").content
    talk.say(said)
    assert talk.proposal["outcome"] == outcome
    assert talk.proposal["reason"] == said
    assert talk.current.status == Status.PROPOSED


@pytest.mark.parametrize(
    "said", ["yes?", "no idea", "not sure", "did you mean the driver?", "yes, I'll check", "yes, no"]
)
def test_a_doubt_or_a_question_about_whether_it_worked_is_no_outcome(said: str) -> None:
    talk = blank("only one user")
    talk.apply()
    talk.say("by the way the blank labels are from Zebra")
    talk.say(said)
    assert talk.current.ai_outcome_proposal is None


def test_yes_is_an_outcome_only_where_flowpilots_last_message_asked_for_it() -> None:
    talk = blank("only one user")
    talk.apply()
    talk.say("yes")
    assert talk.current.ai_outcome_proposal is None
    talk.say("thanks")
    talk.say("yes")
    assert talk.current.ai_outcome_proposal is None


def test_yes_to_a_proposed_outcome_leaves_its_reason_and_says_who_confirms() -> None:
    talk = blank("only one user")
    talk.apply()
    talk.say("that did it")
    assert "Confirm it below" in talk.say("yes").content
    assert "Confirm it below" in talk.say("ja, yes").content
    assert talk.proposal["reason"] == "that did it"


def test_to_those_who_ask_for_the_next_it_says_that_it_repeats_itself_and_does_so_once() -> None:
    talk = blank("only one user")
    replies = [talk.say("what next?").content for _ in range(6)]
    seen = titles(talk.session)
    repeated = [reply for reply in replies if reply.startswith("Nothing else fits, so I suggest this again.")]
    assert all(seen.count(title) <= 2 for title in seen)
    assert len(repeated) == len(seen) - len(set(seen)) > 0
    assert replies[-1].startswith("I have nothing else that fits.")


def test_a_fix_that_fits_again_after_new_words_is_said_to_be_one_of_before() -> None:
    Playbook.objects.filter(title__startswith="Ribbon").delete()
    talk = blank("only one user", "sorry, everybody has it, all users")
    reply = talk.say("sorry, no: only one user")
    assert talk.title == "Replace the Zebra driver"
    assert reply.content.startswith("I suggested this before; now it fits best.")


@pytest.mark.parametrize(
    ("outcome", "said", "sagt"),
    [
        (
            Status.SUCCESS,
            "Worked the only time it was tried here.",
            "In einer Ihrer Sitzungen versucht: 1-mal geholfen.",
        ),
        (Status.PARTIAL, "Partly worked the only time", "In einer Ihrer Sitzungen versucht: 1-mal teilweise geholfen."),
        (Status.FAILED, "Didn’t work the only time", "In einer Ihrer Sitzungen versucht: 1-mal nicht geholfen."),
        (None, "Your team hasn’t recorded an outcome of it yet.", "Ihr Team hat dazu noch kein Ergebnis festgehalten."),
    ],
)
def test_what_came_of_a_fix_is_said_as_the_banner_says_it(outcome: Status | None, said: str, sagt: str) -> None:
    earlier = begin("Faint ink", "The plotter in the hall is out of ink")
    earlier.suggest("Replace the Zebra driver")
    if outcome:
        earlier.record(outcome, notes="half of it")
    for reply, expected in (("only one user", said), ("nur ein Benutzer, die anderen nicht", sagt)):
        talk = begin("Labels", owner=earlier.session.owner)
        talk.say(PROBLEM)
        assert expected in talk.say(reply).content


def test_a_fix_that_only_partly_worked_elsewhere_is_not_said_to_have_worked() -> None:
    earlier = begin("Blank labels on the Zebra", PROBLEM, ticket_ref="CW-4711")
    earlier.suggest("Turn the label roll around")
    earlier.record(Status.PARTIAL, notes="Every second label")
    talk = begin("Labels", owner=earlier.session.owner)
    reply = talk.say(PROBLEM + " for all users")
    replies = [reply.content, *(talk.say("what next?").content for _ in range(2))]
    assert any("where “Turn the label roll around” partly worked" in each for each in replies)
