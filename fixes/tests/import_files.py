"""Import files for the tests: sound documents to damage, and the command to run on them."""

import io
import json
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management import CommandError, call_command

from fixes.models import DraftTemplate, FixEvent, SuggestedFix
from sessions.models import AISession, Message

Document = dict[str, Any]

SESSION_ID = "11111111-1111-4111-8111-111111111111"
FIX_ID = "22222222-2222-4222-8222-222222222222"

SOUND: Document = {
    "id": SESSION_ID,
    "title": "Outlook asks for the password",
    "problem_summary": "One user, since the reboot.",
    "client_name": "Wagtail & Thorne",
    "ticket_ref": "CW-10001",
    "status": "resolved",
    "created_at": "2026-08-03T07:00:00Z",
    "messages": [
        {"author": "engineer", "content": "it asks again and again", "created_at": "2026-08-03T07:01:00Z"},
        {"author": "assistant", "content": "Clear the **cache**.", "created_at": "2026-08-03T07:02:00Z"},
        {"author": "system", "content": "Noted.", "created_at": "2026-08-03T09:00:00Z"},
    ],
    "fixes": [
        {
            "id": FIX_ID,
            "title": "Clear the cache",
            "description": "Remove it, sign in again.",
            "confidence_pct": 80,
            "ai_drafted_script": "Clear-Cache\n",
            "ai_drafted_parameters": {"User": "ines", "Tries": 3},
            "proposed_at": "2026-08-03T07:02:01Z",
            "actions": [
                {"action": "decision", "decision": "one_off", "at": "2026-08-03T07:10:00Z"},
                {
                    "action": "outcome",
                    "outcome": "applied_pending",
                    "notes": "Replication.",
                    "follow_up_at": "2026-08-03T12:00:00Z",
                    "at": "2026-08-03T07:20:00Z",
                },
                {
                    "action": "outcome",
                    "outcome": "applied_success",
                    "notes": None,
                    "follow_up_at": None,
                    "at": "2026-08-03T08:30:00Z",
                },
            ],
        }
    ],
}


def sound(**changes: Any) -> Document:
    return deepcopy(SOUND) | changes


def put(document: Document, path: list[str | int], value: Any) -> Document:
    """The document with the value at the path; changed in place."""
    inner: Any = document
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return document


@dataclass
class Said:
    """What the command said: on standard output, on standard error, and as its refusal (exit code 1)."""

    out: str
    errors: str
    refusal: str

    @property
    def problems(self) -> list[str]:
        return self.errors.splitlines()


def run_import(*files: Path, account: str = "northwind", owner: str = "owner@northwind.example") -> Said:
    out, errors, refusal = io.StringIO(), io.StringIO(), ""
    try:
        call_command("import_sessions", *files, account=account, owner=owner, stdout=out, stderr=errors)
    except CommandError as error:
        refusal = str(error)
    return Said(out.getvalue(), errors.getvalue(), refusal)


def write_lines(path: Path, *documents: Document) -> Path:
    path.write_text("".join(json.dumps(document) + "\n" for document in documents))
    return path


def rows() -> dict[str, int]:
    """How much is stored."""
    return {
        model.__name__: model.objects.count() for model in (AISession, Message, SuggestedFix, FixEvent, DraftTemplate)
    }


NOTHING = {"AISession": 0, "Message": 0, "SuggestedFix": 0, "FixEvent": 0, "DraftTemplate": 0}
