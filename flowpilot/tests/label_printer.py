"""A label printer that prints nothing: a problem with three made-up playbooks, and engineers who talk about it."""

import pytest

from flowpilot.tests.conversations import Talk, begin
from flowpilot.tests.factories import make_playbook
from sessions.models import AISession

WHO = {
    "id": "who-is-affected",
    "ask": "Is it one person or everybody?",
    "options": {"one": ["only one user", "nur ein benutzer"], "everybody": ["everybody", "all users", "alle"]},
}
PROBLEM = "The Zebra label printer prints blank labels"


@pytest.fixture
def playbooks() -> None:
    make_playbook(
        "driver",
        "Zebra prints blank labels",
        "Replace the Zebra driver",
        *("label printer blank", "Etikett bleibt leer"),
        questions=[{**WHO, "fits": "one"}],
    )
    make_playbook(
        "server",
        "Zebra prints blank labels for all",
        "Restart the label server",
        *("label printer blank", "Etikett bleibt leer"),
        questions=[{**WHO, "fits": "everybody"}],
        script="param($Name)\nRestart-Service $Name",
        script_language="powershell",
    )
    make_playbook("ribbon", "Ribbon of the label printer is used up", "Change the ribbon", "labels are blank or faint")


def titles(session: AISession) -> list[str]:
    return list(session.suggested_fixes.order_by("created_at").values_list("title", flat=True))


def blank(*messages: str) -> Talk:
    talk = begin("Labels")
    for message in (PROBLEM, *messages):
        talk.say(message)
    return talk
