"""What retrieval finds in a database that had fixes, templates and playbooks before it had cases."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from fixes.models import ScriptTemplate
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from flowpilot.models import Case, CaseKind
from flowpilot.tests.factories import make_playbook
from sessions.tests.factories import SessionFactory

WITHOUT_CASES = [("flowpilot", "0003_retrieval")]


@pytest.fixture
def latest(transactional_db: None) -> Iterator[list[tuple[str, str]]]:
    """The latest state, to which the worker's own test database is brought back whatever happens."""
    leaves = MigrationExecutor(connection).loader.graph.leaf_nodes()
    yield leaves
    MigrationExecutor(connection).migrate(leaves)


def test_what_was_there_before_is_found_as_if_triggers_had_fed_it(latest: list[tuple[str, str]]) -> None:
    session = SessionFactory.create(title="Outlook asks for the password", problem_summary="Error 0x80090016")
    make_fix(session, Status.SUCCESS)
    make_fix(SessionFactory.create(), Status.FAILED)
    ScriptTemplate.objects.create(name="Restart spooler", description="For printers", body="x")
    make_playbook("stuck-queue", "Print queue is stuck", "Restart the spooler", "Druckerwarteschlange hängt")
    fed = list(Case.objects.order_by("id").values())
    assert {case["kind"] for case in fed} == set(CaseKind.values)

    MigrationExecutor(connection).migrate(WITHOUT_CASES)
    assert not Case.objects.exists()
    MigrationExecutor(connection).migrate(latest)
    assert list(Case.objects.order_by("id").values()) == fed
