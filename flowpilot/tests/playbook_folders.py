"""Folders of playbook files for the tests: a sound file to damage, and the command to run on them."""

import io
from dataclasses import dataclass
from pathlib import Path

from django.core.management import CommandError, call_command

SOUND = """---
title: Outlook keeps asking for the password
area: Microsoft 365
symptoms:
  - Outlook asks again and again
  - Outlook fragt ständig nach dem Kennwort
questions:
  - id: webmail-works
    ask: Does webmail work?
    options:
      yes: [webmail works, owa is fine]
      no: [webmail fails]
    fits: yes
fix: Clear the saved credentials
verification_hint: It opens without asking
typical_wait: 10 min
script_language: powershell
---

Why it helps.

1. Close Outlook.

```powershell
cmdkey.exe /list
```
"""


def write(folder: Path, name: str = "mail/outlook.md", text: str | bytes = SOUND) -> Path:
    """Write a file below the folder, and return the folder."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def damaged(before: str, after: str) -> str:
    """Return the sound file with one thing changed."""
    assert before in SOUND
    return SOUND.replace(before, after, 1)


@dataclass(frozen=True)
class Said:
    out: str
    errors: list[str]
    refusal: str


def run_import(*arguments: str | Path) -> Said:
    out, errors, refusal = io.StringIO(), io.StringIO(), ""
    try:
        call_command("import_playbooks", *map(str, arguments), stdout=out, stderr=errors)
    except CommandError as error:
        refusal = str(error)
    return Said(out.getvalue(), errors.getvalue().splitlines(), refusal)
