"""Sessions with nothing in them, with very much, and with every kind of letter are resolved and escalated alike."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from fixes.tests import lifecycle
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from sessions import facts
from sessions.acts import post_as_copilot
from sessions.models import AISession, Author
from sessions.tests import acts
from sessions.tests.factories import SessionFactory
from tickets.models import PostedText
from tickets.tests.closing import EVERY_SESSION, by, escalate, resolve, says

ODD = "‏مرحبا 👩🏽‍💻 **not bold** <b>x</b> [a](javascript:b) ## no heading | שלום ‮abc"
"""Right to left, an emoji of several characters, and what markdown or HTML would take for its own."""


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("act", [resolve, escalate])
class TestClosing:
    def test_a_session_with_nothing_in_it(self, engineer: User, act: Callable[..., Any], language: str) -> None:
        session = SessionFactory.create(owner=engineer, title="x", problem_summary="", client_name="", ticket_ref="")
        act(session.pk, says(language=language), by(engineer))
        assert PostedText.objects.get().markdown.startswith("## Problem\n\n")

    def test_a_session_with_very_much_in_it(self, engineer: User, act: Callable[..., Any], language: str) -> None:
        session = SessionFactory.create(owner=engineer)
        for number in range(250):
            acts.post(session.pk, Author.ENGINEER, f"Question {number}?", user=engineer)
            post_as_copilot(session.pk, f"Answer {number}.", sessions=EVERY_SESSION)
        for number in range(50):
            fix = make_fix(session, title=f"Fix number {number}", applied=True)
            if number < 49:
                lifecycle.record(fix.pk, Status.FAILED, by(engineer), notes=f"Error {number} came back.")
        act(session.pk, says(Status.SUCCESS, language=language), by(engineer))
        text = PostedText.objects.get().markdown
        assert "Fix number 48" in text
        assert "Fix number 49" in text

    def test_a_session_with_odd_letters_in_every_field(
        self, engineer: User, act: Callable[..., Any], language: str
    ) -> None:
        session = SessionFactory.create(
            owner=engineer, title=ODD, problem_summary=ODD, client_name=ODD, ticket_ref="‏א-1"
        )
        User.objects.filter(pk=engineer.pk).update(display_name=ODD)
        engineer.refresh_from_db()
        acts.post(session.pk, Author.ENGINEER, ODD, user=engineer)
        facts.add(session.pk, ODD, "question", user=engineer, sessions=EVERY_SESSION)
        make_fix(session, title=ODD, description=ODD, verification_hint=ODD, applied=True)
        said = {"root_cause": ODD} if act is resolve else {"impact": ODD, "access": ODD, "question": ODD}
        act(session.pk, says(Status.PENDING, notes=ODD, language=language, **said), by(engineer))
        text = PostedText.objects.get()
        assert "👩🏽‍💻" in text.markdown
        assert text.is_provisional

    def test_what_was_posted_can_be_posted_again_as_an_edited_text(
        self, engineer: User, act: Callable[..., Any], language: str
    ) -> None:
        """The text that the product writes passes its own check, sections and all."""
        session = SessionFactory.create(owner=engineer)
        make_fix(session, Status.PENDING)
        act(session.pk, says(Status.PENDING, language=language), by(engineer))
        written = PostedText.objects.get().markdown
        acts.reopen(session.pk, "Once more.", user=engineer)
        act(session.pk, says(Status.PENDING, language=language, text=f"{written}\n\n"), by(engineer))
        assert PostedText.objects.order_by("state_version").last().markdown == written  # type: ignore[union-attr]


def test_other_sessions_are_left_alone(engineer: User, session: AISession) -> None:
    other = SessionFactory.create(owner=engineer)
    resolve(session.pk, says(), by(engineer))
    other.refresh_from_db()
    assert (other.status, other.state_version) == ("active", 0)
