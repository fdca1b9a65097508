"""Reads all playbook files of a folder, and checks what must hold between them."""

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path

from flowpilot.playbook_files.files import PlaybookFile, read_file
from flowpilot.playbook_files.problems import Problem

FORMAT = "1"
"""Raise this when the same file would be read differently, so that rows are read from their files again."""


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
    if not read.files and not read.problems:
        read.problems.append(Problem(shown, 0, "No playbooks here. They are files whose names end in .md."))
    return read


def paths(folder: Path) -> list[Path]:
    """Return the playbook files below a folder; hidden files and README.md aren't playbooks."""
    found = (path for path in folder.rglob("*.md") if path.is_file() and path.name.lower() != "readme.md")
    return sorted(path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts))


def digest(raw: bytes) -> str:
    """Return what tells whether a file has changed since it was imported."""
    return hashlib.sha256(FORMAT.encode() + raw).hexdigest()


def _shown(path: Path | str) -> str:
    return os.fsencode(path).decode(errors="replace")
