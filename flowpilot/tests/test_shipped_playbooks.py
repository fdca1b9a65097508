"""The playbooks that ship: all of them valid, found by what tickets say, and told apart by questions."""

import re
from collections import Counter
from itertools import combinations

import pytest

from fixes.same_fix import title_key
from flowpilot.built_in.questions import said_in
from flowpilot.playbook_files.content import PlaybookContent
from flowpilot.playbook_files.folder import read_folder
from flowpilot.playbook_files.same_questions import problems
from flowpilot.playbook_files.shipped import SHIPPED

FOLDER = read_folder(SHIPPED)
PLAYBOOKS = {file.name: file.content for file in FOLDER.files if file.content}
GERMAN = re.compile(
    r"[äöüß]|\b(der|die|das|ein|eine|kein|keine|nicht|ist|sind|wird|werden|nach|seit|bei|beim|ohne|über|für|mit|und|auf"
    r"|im|vom|zum|meldet|geht|fehlt|hat|lässt|keiner|immer|fragt|verschwinden|kann|soll|bekommen|verschickt|findet|von|zeigt|startet|bleibt|kommt|fehler|kennwort|drucker)\b",
    re.IGNORECASE,
)
SECRET = re.compile(r"(password|secret|token|apikey)\s*=\s*['\"][^'\"$]", re.IGNORECASE)


def test_there_are_sixty_or_more_and_all_are_valid() -> None:
    assert [str(problem) for problem in [*FOLDER.problems, *problems(FOLDER.files, [])]] == []
    assert len(PLAYBOOKS) >= 60


def test_titles_and_fixes_differ() -> None:
    for field in ("title", "fix_title"):
        keys = Counter(title_key(getattr(playbook, field)) for playbook in PLAYBOOKS.values())
        assert [key for key, count in keys.items() if count > 1] == [], field


@pytest.mark.parametrize("name", PLAYBOOKS)
def test_each_has_what_the_copilot_works_with(name: str) -> None:
    playbook = PLAYBOOKS[name]
    assert 4 <= len(playbook.symptoms) <= 8
    assert any(GERMAN.search(symptom) for symptom in playbook.symptoms)
    assert 1 <= len(playbook.questions) <= 3
    assert re.search(r"^1\. ", playbook.description, re.MULTILINE)
    assert not SECRET.search(playbook.script)


def test_each_phrase_is_read_as_its_own_option() -> None:
    """A phrase may hold another option's: of "everyone else" and "everyone" the copilot takes the longer one."""
    questions = {question["id"]: question for playbook in PLAYBOOKS.values() for question in playbook.questions}
    misread = [
        (id_, option, phrase, said)
        for id_, question in questions.items()
        for option, phrases in question["options"].items()
        for phrase in phrases
        if (said := said_in(question, phrase)) != option
    ]
    assert misread == []


def test_playbooks_with_a_symptom_in_common_are_told_apart_by_a_question() -> None:
    alike = [
        (one, two)
        for one, two in combinations(PLAYBOOKS, 2)
        if _symptoms(PLAYBOOKS[one]) & _symptoms(PLAYBOOKS[two]) and not _differ(PLAYBOOKS[one], PLAYBOOKS[two])
    ]
    assert alike == []


def test_enough_pairs_need_a_question() -> None:
    pairs = [(one, two) for one, two in combinations(PLAYBOOKS.values(), 2) if _symptoms(one) & _symptoms(two)]
    assert len(pairs) >= 15


def _symptoms(playbook: PlaybookContent) -> set[str]:
    return {symptom.casefold() for symptom in playbook.symptoms}


def _differ(one: PlaybookContent, two: PlaybookContent) -> bool:
    fits = {question["id"]: question["fits"] for question in one.questions}
    return any(fits.get(question["id"], question["fits"]) != question["fits"] for question in two.questions)
