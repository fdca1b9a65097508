"""How many SQL statements an API call costs, BEGIN and COMMIT counted."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fixes.models import SuggestedFix
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from sessions.models import AISession
from sessions.tests.factories import SessionFactory

JSON = "application/json"


def statements(client: Client, path: str, outcome: dict[str, str] | None = None) -> int:
    """Of one call, in real transactions: one of them tells who calls, one counts the call."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.patch(path, outcome, JSON) if outcome else client.get(path)
    assert answer.status_code == 200, answer.content
    return len(queries)


@pytest.mark.django_db(transaction=True)
def test_recording_an_outcome_takes_eight_statements(api: Client, session: AISession) -> None:
    fix = make_fix(session, applied=True)
    path = f"/api/v1/ai-sessions/{session.pk}/suggested-fixes/{fix.pk}/outcome"
    outcome = {"outcome": "applied_pending", "notes": "AD replication"}
    with CaptureQueriesContext(connection) as queries:
        answer = api.patch(path, outcome, JSON)
    assert answer.status_code == 200, answer.content
    verbs = [query["sql"].split()[0] for query in queries]
    assert verbs == ["SELECT", "WITH", "BEGIN", "SELECT", "UPDATE", "UPDATE", "INSERT", "COMMIT"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("rows", [1, 20])
def test_lists_take_as_many_statements_for_many_rows_as_for_one(api: Client, session: AISession, rows: int) -> None:
    for _ in range(rows):
        make_fix(SessionFactory(owner=session.owner), Status.PENDING)
        make_fix(session, applied=True)
    SuggestedFix.objects.update(created_at=SuggestedFix.objects.all()[0].created_at - timedelta(days=1))
    assert statements(api, "/api/v1/pending-fixes") == 3
    assert statements(api, "/api/v1/ai-sessions?q=outlook&status=active") == 3
    assert statements(api, f"/api/v1/ai-sessions/{session.pk}/suggested-fixes") == 4
    assert statements(api, f"/api/v1/ai-sessions/{session.pk}/messages") == 4
    assert statements(api, f"/api/v1/ai-sessions/{session.pk}/suggested-fixes/active") == 3
