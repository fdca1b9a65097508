"""What a playbook consists of, and what each part may be. Files and the admin's form are checked by the same rules."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from common.values import WrongValue, quoted
from fixes.importing.checks import Check, each, line, one_of, record, script, text
from fixes.importing.problems import Problems, below
from fixes.lifecycle.suggestions import DESCRIPTION_MAX, SCRIPT_MAX, TITLE_MAX
from flowpilot.playbook_files.durations import duration

AREA_MAX = 100
SYMPTOM_MAX = ASK_MAX = 200
PHRASE_MAX = 100
HINT_MAX = 500
SYMPTOMS = range(1, 21)
QUESTIONS = range(0, 4)
OPTIONS = range(2, 9)
PHRASES = range(1, 21)
LANGUAGES = ("powershell", "bash")

_NAME = re.compile("[a-z0-9][a-z0-9-]{0,49}")


@dataclass(frozen=True)
class PlaybookContent:
    """A valid playbook, with the columns of its row as names.

    `questions`: [{"id", "ask", "options": {option: [phrases]}, "fits": option}].
    """

    title: str
    area: str
    symptoms: list[str]
    questions: list[dict[str, Any]]
    fix_title: str
    description: str
    verification_hint: str
    typical_wait: timedelta | None = None
    script: str = ""
    script_language: str = ""


def _counted(check: Check, counts: range, of_what: str) -> Check:
    """A list or mapping with so many items; `check` checks what is in it."""

    def check_count(value: Any, field: str, found: Problems) -> Any:
        if isinstance(value, dict | list) and len(value) not in counts:
            return found.add(field, f"{len(value)} {of_what}. Write {counts[0]} to {counts[-1]}.")
        return check(value, field, found)

    return check_count


def _name(value: Any, field: str, found: Problems) -> Any:
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        return found.add(
            field, f"{quoted(value)} is not a name. Use a–z, 0–9 and hyphens, at most 50, such as one-user."
        )
    return value


def _wait(value: Any, field: str, found: Problems) -> Any:
    try:
        return duration(value if isinstance(value, str) else "")
    except WrongValue as wrong:
        return found.add(field, wrong.message)


def _different(check: Check) -> Check:
    """A list of texts that differ in more than upper and lower case."""

    def check_different(value: Any, field: str, found: Problems) -> Any:
        texts = check(value, field, found)
        seen: set[str] = set()
        for index, each_text in enumerate(texts or []):
            if each_text is not None and each_text.casefold() in seen:
                found.add(f"{field}[{index}]", f"{quoted(each_text)} is in this list twice. Remove one of the two.")
            seen.add(str(each_text).casefold())
        return texts

    return check_different


def _options(value: Any, field: str, found: Problems) -> Any:
    if not isinstance(value, dict):
        return found.add(field, f"{quoted(value)} is not a list of options. Write each as name: [phrase, phrase].")
    phrases = _counted(_different(each(line(PHRASE_MAX))), PHRASES, "phrases")
    checked = {}
    for name in value:
        where = below(field, name)
        checked[_name(name, where, found)] = phrases(value[name], where, found)
    return checked


_question = record(
    dict,
    {
        "id": _name,
        "ask": line(ASK_MAX),
        "options": _counted(_options, OPTIONS, "options"),
        "fits": _name,
    },
)


def question(value: Any, field: str, found: Problems) -> Any:
    if not isinstance(value, dict):
        return found.add(field, f"{quoted(value)} is not a question. Write its keys: id, ask, options, fits.")
    checked = _question(value, field, found)
    if checked and checked["fits"] not in checked["options"]:
        options = ", ".join(checked["options"])
        return found.add(f"{field}.fits", f"{quoted(checked['fits'])} is not one of the options {options}.")
    return checked


def questions(value: Any, field: str, found: Problems) -> Any:
    checked = _counted(each(question), QUESTIONS, "questions")(value, field, found)
    seen: set[str] = set()
    for index, asked in enumerate(checked or []):
        if asked and asked["id"] in seen:
            found.add(f"{field}[{index}].id", f"{quoted(asked['id'])} is asked twice. Remove one of the two.")
        seen.add(asked["id"] if asked else "")
    return checked


CHECKS: dict[str, Check] = {
    "title": line(TITLE_MAX),
    "area": line(AREA_MAX),
    "symptoms": _counted(_different(each(line(SYMPTOM_MAX))), SYMPTOMS, "symptoms"),
    "questions": questions,
    "fix": line(TITLE_MAX),
    "description": text(DESCRIPTION_MAX),
    "verification_hint": text(HINT_MAX),
    "typical_wait": _wait,
    "script_language": one_of(LANGUAGES),
    "script": script(SCRIPT_MAX),
}
REQUIRED = ("title", "area", "symptoms", "fix", "verification_hint")
OPTIONAL = ("questions", "typical_wait", "script_language")
"""The keys of a file's front matter. Description and script are what stands below it."""

front_matter = record(dict, {key: CHECKS[key] for key in REQUIRED}, {key: CHECKS[key] for key in OPTIONAL})
