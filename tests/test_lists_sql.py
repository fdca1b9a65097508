"""What lists fetch: no search vectors, and none of the long texts that a list doesn't show."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from fixes.tests.admin_pages import admin_of, session_of, signed_in
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from tests.api import client_of
from tickets.tests.factories import make_handoff

LONG = {
    "ai_sessions": ("resolution_note", "escalation_package", "root_cause"),
    "session_suggested_fixes": (
        "description",
        "ai_drafted_script",
        "ai_drafted_parameters",
        "partial_notes",
        "failure_reason",
    ),
    "posted_texts": ("markdown", "sentences", "my_words"),
    "handoffs": ("question", "return_reason", "missing_notes"),
    "flowpilot_playbooks": ("symptoms", "questions", "description", "verification_hint", "script"),
}
"""Table → columns that only a page about one row shows."""

LISTS = (
    *("/pending/", "/pending/?show=overdue", "/pending/?client=nordwind"),
    *("/sessions/", "/sessions/?status=all", "/sessions/?status=all&q=outlook"),
    *("/admin/", "/admin/ai_sessions/aisession/", "/admin/ai_sessions/aisession/?q=outlook"),
    *("/admin/fixes/suggestedfix/", "/admin/fixes/suggestedfix/?q=cached", "/admin/fixes/scripttemplate/"),
    *("/admin/flowpilot/playbook/", "/admin/tickets/postedtext/", "/admin/tickets/postedtext/?q=outlook"),
    *("/admin/tickets/handoff/", "/admin/tickets/handoff/?q=outlook"),
)


@pytest.fixture
def admin(db: None) -> User:
    return admin_of()


def selected(client: Client, path: str) -> list[str]:
    """The columns that the statements of a list bring back: everything between SELECT and its FROM."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    assert answer.status_code == 200
    return [query["sql"].partition(" FROM ")[0] for query in queries if query["sql"].startswith("SELECT")]


@pytest.mark.parametrize("path", LISTS)
def test_a_list_fetches_no_long_text_that_it_does_not_show(admin: User, path: str) -> None:
    make_fix(session_of(admin, title="Outlook asks"), Status.PENDING)
    make_handoff(session_of(admin, title="Outlook asks again"))
    columns = " ".join(selected(signed_in(admin), path))
    for table, names in LONG.items():
        for name in names:
            assert f'"{table}"."{name}"' not in columns, path


@pytest.mark.parametrize("path", [*LISTS, "/api/v1/ai-sessions?q=outlook", "/api/v1/pending-fixes"])
def test_no_list_brings_a_search_vector_back(admin: User, path: str) -> None:
    make_fix(session_of(admin, title="Outlook asks"), Status.PENDING)
    client = client_of(admin) if path.startswith("/api/") else signed_in(admin)
    columns = " ".join(selected(client, path))
    whether = re.sub(r"CASE WHEN .*? END", "", columns)  # whether a row matches: a boolean, not the vector
    assert "search_lexemes" not in whether
    assert "to_tsvector" not in whether
