"""Reads all playbook files of a folder, and checks what must hold between them."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from flowpilot.playbook_files.files import PlaybookFile, read_file
from flowpilot.playbook_files.problems import Problem

_SLUG = re.compile("[a-z0-9][a-z0-9-]{0,99}")


@dataclass
class Folder:
    files: list[PlaybookFile] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_folder(folder: Path) -> Folder:
    """Read all *.md files below the folder, in the order of their names."""
    shown = _shown(folder)
    if not folder.is_dir():
        what = "This is not a folder" if folder.exists() else "There is no such folder"
        return Folder(problems=[Problem(shown, 0, f"{what}. Name the folder that has the playbooks.")])
    read = Folder()
    for path in paths(folder):
        name = path.relative_to(folder).as_posix()
        try:
            read.files.append(read_file(path, _shown(name)))
        except OSError as error:
            read.problems.append(Problem(_shown(name), 0, f"This can't be read: {(error.strerror or '').lower()}."))
    read.problems += [problem for file in read.files for problem in file.problems]
    read.problems += _same_names(read.files)
    if not read.files and not read.problems:
        read.problems.append(Problem(shown, 0, "No playbooks here. They are files whose names end in .md."))
    return read


def _same_names(files: list[PlaybookFile]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for file in files:
        if not _SLUG.fullmatch(file.slug):
            yield Problem(
                file.name, 0, "This name can't be used. Name the file with a–z, 0–9 and hyphens, at most 100."
            )
        first = seen.setdefault(file.slug, file.name)
        if first != file.name:
            yield Problem(file.name, 0, f"{first} has the same name. Rename one of the two, also in another folder.")


def paths(folder: Path) -> list[Path]:
    """Return the playbook files below a folder; hidden files and README.md aren't playbooks."""
    found = (path for path in folder.rglob("*.md") if path.is_file() and path.name.lower() != "readme.md")
    return sorted(path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts))


def _shown(path: Path | str) -> str:
    return os.fsencode(path).decode(errors="replace")
