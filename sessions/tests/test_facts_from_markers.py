"""FlowPilot's messages can add facts, with the marker PROMOTE."""

import json
from typing import Any

import pytest

from accounts.models import User
from sessions import acts, facts
from sessions.models import AISession, Fact, Message

ALL = AISession.objects.all()


def post(session: AISession, *payloads: Any) -> Message:
    blocks = "\n".join(f"[PROMOTE]{json.dumps(payload)}[/PROMOTE]" for payload in payloads)
    return acts.post_as_copilot(session.pk, f"Noted.\n{blocks}", sessions=ALL)


def results(message: Message) -> list[tuple[str, str | None]]:
    return [(effect["result"], effect["reason"]) for effect in message.effects]


def test_every_block_adds_a_fact_and_the_message_is_one_step(session: AISession) -> None:
    message = post(
        session, {"text": "Webmail works.", "kind": "question"}, {"text": "PRT is NO", "kind": "diagnostic_check"}
    )
    known = list(session.facts.all())
    assert [(fact.text, fact.kind) for fact in known] == [
        ("Webmail works.", "question"),
        ("PRT is NO", "diagnostic_check"),
    ]
    assert {(fact.user, fact.source_message, fact.account_id) for fact in known} == {
        (None, message, session.account_id)
    }
    assert [effect["id"] for effect in message.effects] == [str(fact.pk) for fact in known]
    assert message.content == "Noted."
    session.refresh_from_db()
    assert session.state_version == 1


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        ({"kind": "question"}, "text: Write what you know."),
        ({"text": "x"}, "kind: Choose one of: question, diagnostic_check, engineer_note."),
        ({"text": "x", "kind": ["question"]}, "kind: Choose one of: question, diagnostic_check, engineer_note."),
        ({"text": 5, "kind": "question"}, "text: This is not text."),
        ({"text": "x" * 2_001, "kind": "question"}, "text: Too long: 2,001 characters (limit 2,000)."),
        ({"text": "x", "kind": "question", "sure": True}, "sure: Unknown. Use text, kind."),
    ],
)
def test_a_wrong_one_is_refused_and_the_message_stays(session: AISession, payload: dict[str, Any], reason: str) -> None:
    assert results(post(session, payload)) == [("refused", reason)]
    assert not Fact.objects.exists()
    assert session.messages.count() == 1


def test_what_is_known_already_is_not_added_again(session: AISession, engineer: User) -> None:
    known = facts.add(session.pk, "Webmail works.", "question", user=engineer, sessions=ALL)
    message = post(session, {"text": "WEBMAIL works. ", "kind": "engineer_note"})
    assert results(message) == [("done", "This was known already.")]
    assert message.effects[0]["id"] == str(known.pk)
    assert Fact.objects.get().kind == "question"


def test_what_a_person_has_removed_does_not_come_back(session: AISession, engineer: User) -> None:
    known = facts.add(session.pk, "Webmail works.", "question", user=engineer, sessions=ALL)
    facts.change(session.pk, known.pk, {"removed": True}, user=engineer, sessions=ALL)
    message = post(session, {"text": "Webmail works.", "kind": "question"})
    assert results(message) == [("refused", "A person has removed this fact from the session.")]
    assert message.effects[0]["code"] == "fact_removed"


def test_there_is_a_most_for_markers_too(session: AISession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "FACTS_MAX", 1)
    message = post(session, {"text": "One", "kind": "question"}, {"text": "Two", "kind": "question"})
    assert [effect["result"] for effect in message.effects] == ["done", "refused"]
    assert [fact.text for fact in session.facts.all()] == ["One"]
