"""How often the right fix is found for a problem as engineers type it: first, and among the first three.

Run with -s to see the figures and what is missed.
"""

from collections.abc import Iterator, Sequence

import pytest

from flowpilot.built_in import candidates, choosing, conversation
from flowpilot.built_in.candidates import Candidate
from flowpilot.playbook_files.importing import import_folder
from flowpilot.playbook_files.shipped import SHIPPED
from flowpilot.tests.conversations import begin
from flowpilot.tests.problems import OWN, PLAYBOOKS, UNRELATED

FIRST, AMONG_THREE = 0.85, 0.95


@pytest.fixture
def library(db: None) -> None:
    assert import_folder(SHIPPED, None).problems == []


@pytest.mark.usefixtures("library")
def test_the_right_fix_comes_first(capsys: pytest.CaptureFixture[str]) -> None:
    account = _own_fixes()
    ranks = [_rank(right, ranked) for right, ranked in _searched(account)]
    missed = [f"  {rank or '–'}: {right}" for rank, (right, _) in zip(ranks, _pairs(), strict=True) if rank != 1]
    first, three = (sum(0 < rank <= most for rank in ranks) / len(ranks) for most in (1, 3))
    with capsys.disabled():
        print(f"\nretrieval, {len(ranks)} problems: top-1 {first:.2f}, top-3 {three:.2f}", *missed, sep="\n")
    assert len(ranks) == 60
    assert first >= FIRST
    assert three >= AMONG_THREE


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("problem", UNRELATED)
def test_nothing_is_proposed_for_what_nobody_knows(problem: str) -> None:
    talk = begin(problem)
    talk.say(problem)
    assert talk.title is None


def _own_fixes() -> object:
    owner = None
    for title, problem, fix_title, _ in OWN:
        talk = begin(title, problem, **({"owner": owner} if owner else {}))
        owner = talk.session.owner
        talk.suggest(fix_title)
        talk.record("applied_success")
    return owner


def _pairs() -> Sequence[tuple[str, str]]:
    return [(slug, typed) for typed, slug in PLAYBOOKS] + [(fix_title, typed) for _, _, fix_title, typed in OWN]


def _searched(owner: object) -> Iterator[tuple[str, list[Candidate]]]:
    for right, typed in _pairs():
        talk = begin(typed[:200], owner=owner)
        found = candidates.find(talk.session.account_id, typed)
        read = conversation.Conversation(talk.session, [], [], [])
        yield right, choosing.ranked(found, read)


def _rank(right: str, ranked: list[Candidate]) -> int:
    for place, candidate in enumerate(ranked, start=1):
        slug = candidate.playbook.slug if candidate.playbook else None
        if right in (slug, candidate.title):
            return place
    return 0
