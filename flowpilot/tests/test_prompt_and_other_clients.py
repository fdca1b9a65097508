"""The built-in copilot tells from other sessions and their clients; a model hears nothing of them."""

import pytest

from fixes.tests.factories import make_fix
from fixes.transitions import Status
from flowpilot import prompt
from flowpilot.models import Playbook
from flowpilot.tests.conversations import Talk, begin
from flowpilot.tests.factories import make_playbook
from sessions.models import Message
from sessions.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db

TITLE = "Renew the scanner's SMTP certificate"
PROBLEM = "The Kyocera scanner refuses STARTTLS with error 0x80092013 after the renewal"
DESCRIPTION = "Dunholme Legal's scanner wants the old root, see CW-31205."


@pytest.fixture
def talk() -> Talk:
    """A conversation at Pemberlow, about what a session at Dunholme was about."""
    words = {"client_name": "Dunholme Legal LLP", "ticket_ref": "CW-31205", "title": "Dunholme scanner"}
    earlier = SessionFactory.create(problem_summary=PROBLEM, **words)
    make_fix(earlier, Status.SUCCESS, title=TITLE, description=DESCRIPTION)
    return begin("Scan to mail", owner=earlier.owner, client_name="Pemberlow Ltd")


def sent(talk: Talk) -> str:
    return prompt.build(talk.session).text


def test_another_client_whom_the_built_in_copilot_named_is_not_named_to_a_model(talk: Talk) -> None:
    said = talk.say(PROBLEM)
    assert "CW-31205 (Dunholme Legal LLP)" in said.content
    assert talk.current.description == DESCRIPTION
    talk.say("And what does that do?")
    text = sent(talk)
    assert "Dunholme" not in text
    assert "CW-31205" not in text
    assert f"Suggested: {TITLE}" in text
    assert f"\n{TITLE}\n" in text, "it stands among the fixes, so that it isn't suggested again"
    assert "Pemberlow Ltd" in text


def test_nor_is_one_whose_fix_could_not_be_suggested(talk: Talk) -> None:
    said = talk.say(PROBLEM)
    effects = [{**effect, "result": "refused", "id": None} for effect in said.effects]
    Message.objects.filter(pk=said.pk).update(effects=effects)
    text = sent(talk)
    assert "Dunholme" not in text
    assert "Suggested a fix, which was not taken up." in text


def test_a_question_between_two_is_sent_without_the_titles_of_both(talk: Talk) -> None:
    asked = {"id": "root", "ask": "Is the new root installed?", "options": {"yes": ["yes"], "no": ["no"]}}
    make_playbook("a", "Scanner refuses STARTTLS 0x80092013", TITLE, PROBLEM, questions=[{**asked, "fits": "yes"}])
    other = "Scanner refuses STARTTLS after the renewal 0x80092013"
    make_playbook("b", other, "Install the root for Dunholme", PROBLEM, questions=[{**asked, "fits": "no"}])
    said = talk.say(PROBLEM)
    assert "Install the root for Dunholme" in said.content
    text = sent(talk)
    assert "Dunholme" not in text
    assert "Is the new root installed?" in text


def test_the_description_of_a_playbook_is_sent() -> None:
    make_playbook("a", PROBLEM, "Install the root", PROBLEM, description="Import it.\n\n1. Open certlm.")
    talk = begin("Scan to mail")
    talk.say(PROBLEM)
    assert talk.title == "Install the root"
    assert "1. Open certlm." in sent(talk)
    Playbook.objects.update(retired=True)
    assert "1. Open certlm." in sent(talk)


def test_what_people_write_is_sent_as_they_wrote_it(talk: Talk) -> None:
    talk.say("Is this as it was at Dunholme?")
    assert "Is this as it was at Dunholme?" in sent(talk)
