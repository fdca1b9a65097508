"""A question id means one question: an answer that an engineer gave once counts for every playbook that asks it."""

from collections.abc import Iterable, Iterator
from typing import Any

from flowpilot.models import Playbook
from flowpilot.playbook_files.files import PlaybookFile
from flowpilot.playbook_files.problems import Problem

Known = dict[str, tuple[dict[str, Any], str]]
"""Question id → the question, and where it stands."""


def known_questions(playbooks: Iterable[Playbook]) -> Known:
    return {
        question["id"]: (question, f"the playbook “{playbook.title}”")
        for playbook in playbooks
        for question in playbook.questions
    }


def differs(question: dict[str, Any], known: Known) -> str | None:
    """Return what is wrong when the id is known for another question."""
    if question["id"] not in known:
        return None
    first, where = known[question["id"]]
    if _meaning(first) == _meaning(question):
        return None
    return f"“{question['id']}” has another ask or other options in {where}. Make them the same, or use another id."


def problems(files: Iterable[PlaybookFile], rows: Iterable[Playbook]) -> Iterator[Problem]:
    """Compare the questions of files with those of rows, and with each other."""
    known = known_questions(rows)
    for file in files:
        for index, question in enumerate(file.content.questions if file.content else []):
            line = file.line(f"questions[{index}]")
            if message := differs(question, known):
                yield Problem(file.name, line, f"questions[{index}]: {message}")
            known.setdefault(question["id"], (question, f"{file.name}:{line}"))


def _meaning(question: dict[str, Any]) -> tuple[str, dict[str, list[str]]]:
    return question["ask"], {option: sorted(phrases) for option, phrases in question["options"].items()}
