"""Reads one playbook file (docs/playbooks.md)."""

from pathlib import Path, PurePosixPath
from typing import Any

from common.text import invalid_character
from fixes.importing.problems import Problems
from flowpilot.playbook_files import strict_yaml
from flowpilot.playbook_files.content import CHECKS, PlaybookContent, front_matter
from flowpilot.playbook_files.problems import Problem, Wrong
from flowpilot.playbook_files.strict_yaml import Yaml
from flowpilot.playbook_files.text import Parts, Script, parts, script_of

FILE_MAX = 200_000
"""Bytes of one file."""


class PlaybookFile:
    """A file as it was read. `content` is None where it has `problems`."""

    def __init__(self, name: str, raw: bytes) -> None:
        self.name = name
        self.raw = raw
        self.problems: list[Problem] = []
        self.content: PlaybookContent | None = None
        self.yaml: Yaml | None = None
        try:
            self._read(_decoded(raw))
        except Wrong as wrong:
            self._note(wrong)

    @property
    def slug(self) -> str:
        """The name by which a later import finds the row again."""
        return PurePosixPath(self.name).stem

    def line(self, path: str) -> int:
        """Return the line of a value of the front matter."""
        return self.yaml.line(path) + 1 if self.yaml else 1

    def _read(self, text: str) -> None:
        part = parts(text)
        try:
            self.yaml = strict_yaml.read(part.front_matter)
        except Wrong as wrong:
            raise Wrong(wrong.line + 1, wrong.message) from wrong
        for each in self.yaml.problems:
            self._note(Wrong(each.line + 1, each.message))
        if not isinstance(self.yaml.value, dict):
            raise Wrong(2, "The front matter has no keys. Write them like title: Outlook asks for the password.")
        found = Problems()
        keys = front_matter(self.yaml.value, "", found)
        for problem in found:
            self._note(Wrong(self.line(problem.field), str(problem)))
        below = self._below(part, self.yaml.value.get("script_language"))
        if keys and below and not self.problems:
            self.content = PlaybookContent(fix_title=keys.pop("fix"), **{"questions": []} | keys | below)

    def _below(self, part: Parts, language: Any) -> dict[str, Any] | None:
        """Return description and script."""
        try:
            description, script = script_of(part)
        except Wrong as wrong:
            self._note(wrong)
            return None
        found = Problems()
        values = {"description": CHECKS["description"](description, "description", found)}
        if script:
            values["script"] = CHECKS["script"](script.text, "script", found)
        for problem in found:
            self._note(Wrong(script.line if script and problem.field == "script" else part.body_line, str(problem)))
        self._check_language(language, script, part)
        return values

    def _check_language(self, language: Any, script: Script | None, part: Parts) -> None:
        if script and language is None:
            message = (
                "The text ends with a script. Add script_language to the front matter, or write something below it."
            )
            self._note(Wrong(script.line, message))
        elif script and script.language != language:
            self._note(Wrong(script.line, f"Write ```{language} here, as script_language says, or correct that."))
        elif language is not None and not script:
            message = f"The script is missing. End the file with a code block ```{language}, or remove script_language."
            self._note(Wrong(self.line("script_language"), message))

    def _note(self, wrong: Wrong) -> None:
        self.problems.append(Problem(self.name, wrong.line, wrong.message))


def read_file(path: Path, name: str) -> PlaybookFile:
    """Raises OSError where it can't be read."""
    with path.open("rb") as file:
        return PlaybookFile(name, file.read(FILE_MAX + 1))


def _decoded(raw: bytes) -> str:
    if len(raw) > FILE_MAX:
        raise Wrong(1, f"Longer than {FILE_MAX:,} bytes. A playbook is a page of text.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Wrong(line, "This is not text in UTF-8. Save the file as UTF-8, or remove it from the folder.") from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if which := invalid_character(text):
        raise Wrong(int(which.rpartition(" ")[2]), f"An invalid character ({which.partition(',')[0]}). Remove it.")
    return text
