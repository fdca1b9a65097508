"""How often the right fix is found for a problem as engineers type it: first, and among the first three.

Run with -s to see the figures and what is missed.
"""

import io
from collections.abc import Sequence

import pytest
from django.core.management import call_command

from accounts.models import User
from accounts.tests.factories import UserFactory
from flowpilot.built_in import candidates, choosing, conversation
from flowpilot.built_in.candidates import Candidate
from flowpilot.playbook_files.importing import import_folder
from flowpilot.playbook_files.shipped import SHIPPED
from flowpilot.tests.conversations import begin
from flowpilot.tests.problems import HELD_OUT, MISTAKEN, OWN, PLAYBOOKS, UNFIT, UNRELATED

FIRST, AMONG_THREE, AMONG_THREE_HELD_OUT = 0.85, 0.95, 0.9


@pytest.fixture
def library(db: None) -> None:
    assert import_folder(SHIPPED, None).problems == []


@pytest.mark.usefixtures("library")
def test_the_right_fix_comes_first(capsys: pytest.CaptureFixture[str]) -> None:
    owner = _own_fixes()
    pairs = [*PLAYBOOKS, *((typed, fix_title) for _, _, fix_title, typed in OWN)]
    assert len(pairs) == 60
    first, three = _measured("while playbooks were written", pairs, owner, capsys)
    assert first >= FIRST
    assert three >= AMONG_THREE


@pytest.mark.usefixtures("library")
def test_the_right_playbook_comes_first_for_problems_that_none_was_written_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    first, three = _measured("held out", HELD_OUT, _own_fixes(), capsys)
    assert first >= FIRST
    assert three >= AMONG_THREE_HELD_OUT


def _measured(
    name: str, pairs: Sequence[tuple[str, str]], owner: User, capsys: pytest.CaptureFixture[str]
) -> tuple[float, float]:
    """Return and print the share of problems whose right fix comes first, and among the first three."""
    ranks = [_rank(right, _searched(typed, owner)) for typed, right in pairs]
    first, three = (sum(0 < rank <= most for rank in ranks) / len(ranks) for most in (1, 3))
    missed = [f"  {rank or 'not found'}: {right}" for rank, (_, right) in zip(ranks, pairs, strict=True) if rank != 1]
    with capsys.disabled():
        print(f"\nretrieval, {len(ranks)} problems {name}: top-1 {first:.2f}, top-3 {three:.2f}", *missed, sep="\n")
    return first, three


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("problem", UNRELATED)
def test_nothing_is_proposed_for_what_nobody_knows(problem: str) -> None:
    talk = begin(problem)
    talk.say(problem)
    assert talk.title is None


@pytest.mark.usefixtures("library")
def test_usual_tickets_are_not_mistaken_for_others(capsys: pytest.CaptureFixture[str]) -> None:
    first, _ = _measured("once mistaken", MISTAKEN, _own_fixes(), capsys)
    assert first == 1


@pytest.fixture
def past(library: None) -> User:
    """Somebody of an account that has a past: sessions of the same few clients."""
    call_command("load_demo", stdout=io.StringIO())
    return User.objects.filter(account__slug="northwind").order_by("email")[0]


def test_nothing_is_proposed_for_words_that_many_tickets_have(past: User) -> None:
    proposed = []
    for problem, client in UNFIT:
        talk = begin(problem, client_name=client, owner=past)
        reply = talk.say(problem)
        if talk.title:
            proposed.append((problem, talk.title, reply.content))
        assert "Geheim" not in reply.content
    assert proposed == []


def _own_fixes() -> User:
    owner = UserFactory.create()
    for title, problem, fix_title, _ in OWN:
        talk = begin(title, problem, owner=owner)
        talk.suggest(fix_title)
        talk.record("applied_success")
    return owner


def _searched(typed: str, owner: User) -> list[Candidate]:
    talk = begin(typed[:200], owner=owner)
    found = candidates.find(talk.session.account_id, typed).fitting
    return choosing.ranked(found, conversation.Conversation(talk.session, [], [], []))


def _rank(right: str, ranked: list[Candidate]) -> int:
    for place, candidate in enumerate(ranked, start=1):
        slug = candidate.playbook.slug if candidate.playbook else None
        if right in (slug, candidate.title):
            return place
    return 0
