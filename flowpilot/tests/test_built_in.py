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
