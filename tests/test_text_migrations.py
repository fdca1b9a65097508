"""Texts that were stored before there was one rule for text are brought to its form."""

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations import RunSQL

from accounts.models import Account, User
from accounts.tests.factories import UserFactory
from fixes.models import SuggestedFix
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from sessions.models import AISession, Message
from sessions.tests.factories import SessionFactory

LINE = " Cafe\u0301\u2028Zu\u0308rich\x07 \x0b "
TEXT = "Cafe\u0301\u2028Zu\u0308rich\x07\t."


def run(module: str) -> None:
    for operation in import_module(module).Migration.operations:
        assert isinstance(operation, RunSQL)
        with connection.cursor() as cursor:
            cursor.execute(operation.sql)


@pytest.fixture
def migrated(db: None) -> SuggestedFix:
    fix = make_fix(SessionFactory(owner=UserFactory()), Status.PENDING)
    SuggestedFix.objects.filter(pk=fix.pk).update(title=LINE, description=TEXT, pending_reason=TEXT)
    AISession.objects.update(title=LINE, client_name="\u200b\u0301", ticket_ref="CW\u00a01", problem_summary=TEXT)
    Message.objects.create(session=fix.session, account=fix.account, sequence=99, author="engineer", content=TEXT)
    User.objects.update(display_name="\t")
    Account.objects.update(name=LINE)
    for module in (
        "accounts.migrations.0004_text_in_one_form",
        "sessions.migrations.0003_text_in_one_form",
        "fixes.migrations.0009_text_in_one_form",
    ):
        run(module)
    return SuggestedFix.objects.select_related("session", "account").get(pk=fix.pk)


def test_lines_are_one_line_and_composed(migrated: SuggestedFix) -> None:
    assert migrated.title == migrated.session.title == migrated.account.name == "Café Zürich"
    assert migrated.session.ticket_ref == "CW 1"


def test_texts_are_composed_and_keep_their_lines(migrated: SuggestedFix) -> None:
    texts = {migrated.description, migrated.pending_reason, migrated.session.problem_summary}
    assert texts == {"Café\nZürich\t."}


def test_what_was_said_stays_but_for_its_accents(migrated: SuggestedFix) -> None:
    assert migrated.session.messages.get(sequence=99).content == "Café\u2028Zürich\x07\t."


def test_what_would_become_empty_stays(migrated: SuggestedFix) -> None:
    assert User.objects.filter(display_name="\t").exists()
