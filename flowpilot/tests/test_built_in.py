"""Whole conversations with the built-in copilot, over the shipped playbooks and the acts that every edge calls."""

import pytest

from fixes.models import SuggestedFix
from fixes.transitions import Status
from flowpilot.playbook_files.importing import import_folder
from flowpilot.playbook_files.shipped import SHIPPED
from flowpilot.tests.conversations import begin
from sessions.models import AISession

SAVED, BROKER = "Clear the saved Office credentials", "Register the sign-in broker again for the affected user"
PROBLEM = "Ines at Pemberlow, outlook wants her password every 30 sec since this morning. owa fine, phone fine"


@pytest.fixture(autouse=True)
def playbooks(db: None) -> None:
    assert import_folder(SHIPPED, None).problems == []


def test_problem_question_proposal_no_luck_next_one() -> None:
    talk = begin("Outlook asks for the password again and again")
    question = talk.say(PROBLEM)
    assert "What does AzureAdPrt say" in question.content
    assert talk.title is None
    talk.say("it says YES")
    assert talk.title == SAVED
    talk.apply()
    reply = talk.say("no luck, prompt is back within a minute")
    assert talk.current.status == Status.PROPOSED
    assert talk.proposal["outcome"] == Status.FAILED
    assert talk.proposal["reason"] == "no luck, prompt is back within a minute"
    assert SAVED in reply.content
    talk.confirm()
    talk.say("what next?")
    assert talk.title != SAVED
    assert talk.answer.remarks["skipped"] == [{"title": SAVED, "fix_id": str(_failed(talk.session).pk)}]
    for _ in range(6):
        talk.say("next one please")
    assert SuggestedFix.objects.filter(session=talk.session, title=SAVED).count() == 1


def _failed(session: AISession) -> SuggestedFix:
    return SuggestedFix.objects.get(session=session, status=Status.FAILED)


def test_the_proposal_is_the_playbook() -> None:
    talk = begin("Outlook asks for the password again and again")
    talk.say(PROBLEM + ", AzureAdPrt : NO")
    assert talk.title == BROKER
    fix = talk.current
    assert fix.origin == "built-in"
    assert fix.confidence_pct == 50
    assert "AzureAdPrt" in (fix.verification_hint or "")
    assert fix.ai_drafted_script
    assert "1. " in fix.description


def test_an_answer_that_contradicts_a_proposal_nobody_applied_brings_another_one() -> None:
    talk = begin("Outlook asks for the password again and again")
    talk.say(PROBLEM + ", AzureAdPrt : YES")
    assert talk.title == SAVED
    talk.say("sorry, wrong pc. on hers it says AzureAdPrt : NO")
    assert talk.title == BROKER


def test_an_answer_that_contradicts_an_applied_fix_leaves_it() -> None:
    talk = begin("Outlook asks for the password again and again")
    talk.say(PROBLEM + ", AzureAdPrt : YES")
    talk.apply()
    talk.say("sorry, wrong pc. on hers it says AzureAdPrt : NO")
    assert talk.title == SAVED


def test_a_new_error_code_is_another_problem() -> None:
    talk = begin("Outlook sign in fails", "trusted platform module error 0x80090016, other profiles on the pc fine")
    talk.say("what can I do?")
    talk.say("no idea")
    first = talk.title
    assert first
    for code in ("0x8004DE40", "now it says 0x803FABCD", "and 0xC0DE1234 in the log"):
        said = talk.say(code).content
        assert "fits best" not in said
        assert "is new here" in said
    assert talk.title == first


def test_a_new_error_code_that_a_playbook_knows_brings_its_fix() -> None:
    talk = begin("Outlook sign in fails", "trusted platform module error 0x80090016, other profiles on the pc fine")
    talk.say("what can I do?")
    talk.say("no idea")
    talk.say("windows update also fails on it with 0x80073712, sfc can't repair files")
    assert talk.title == "Repair the component store with DISM from a source of the same build"


def test_the_same_code_in_another_form_is_not_new() -> None:
    talk = begin("Outlook sign in fails", "trusted platform module error 0x80090016, other profiles on the pc fine")
    talk.say("what can I do?")
    talk.say("no idea")
    assert "fits best" in talk.say("yes, it is 80090016").content


def test_a_secret_is_neither_searched_for_nor_repeated() -> None:
    talk = begin("Help", "password: Geheim123!")
    said = talk.say("Coffee machine broken, PIN: 48151623, kennwort ist Sommer2026!").content
    assert "Geheim" not in said
    assert "Sommer" not in said
    assert "password" not in said.lower()


def test_what_hardly_fits_is_named_in_words_and_not_proposed() -> None:
    talk = begin("Help")
    said = talk.say("VPN disconnects every 10 minutes and also the printer in the hall is offline").content
    assert talk.title is None
    assert "Nothing that I know fits well. The nearest is" in said
