"""Which titles count as the same fix, and the keys of titles that were stored before there were keys."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from accounts.models import User
from fixes.models import SuggestedFix
from fixes.same_fix import KEY_MAX, title_key
from fixes.tests import lifecycle
from fixes.tests.acting import by
from fixes.tests.factories import make_fix
from sessions.models import AISession
from sessions.tests.factories import SessionFactory


@pytest.mark.parametrize(
    "title",
    [
        "clear the cache",
        "CLEAR THE CACHE",
        "Clear—the—cache!",
        "Clear the “cache”.",
        "Clear\u00a0the\u2003cache",
        "Ｃｌｅａｒ ｔｈｅ ｃａｃｈｅ",
        "Clear the c\u00adac\u200bhe",
        "Clear the `cache`",
    ],
)
def test_titles_that_differ_in_form_only_are_the_same(title: str) -> None:
    assert title_key(title) == "clearthecache"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Clear the cache", "Clear the caches"),
        ("Use driver 4", "Use driver 3"),
        ("Install C++", "Install C"),
        ("Réparer", "Reparer"),
        ("!!!", "???"),
        ("🔧", "🔨"),
    ],
)
def test_other_titles_are_not(one: str, other: str) -> None:
    assert title_key(one) != title_key(other)


def test_case_is_folded_in_every_script() -> None:
    assert title_key("STRASSE ΣΊΣΥΦΟΣ") == title_key("Straße σίσυφοσ")


def test_a_key_is_never_empty_and_never_too_long_for_an_index() -> None:
    assert title_key("?!") == "?!"
    assert len(title_key("ﷺ" * 200)) == KEY_MAX


def test_the_writer_keeps_the_key_of_the_title(session: AISession, engineer: User) -> None:
    fix = make_fix(session, title="Clear the cache")
    assert fix.title_key == "clearthecache"
    lifecycle.edit(fix.pk, {"title": "Restart it"}, by(engineer))
    fix.refresh_from_db()
    assert fix.title_key == "restartit"


def test_fixes_from_before_get_their_keys_in_batches(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    migration = import_module("fixes.migrations.0014_same_fix_data")
    monkeypatch.setattr(migration, "AT_ONCE", 2)
    for number in range(5):
        make_fix(SessionFactory(), title=f"Reset: printer {number}")
    SuggestedFix.objects.update(title_key="")
    with connection.schema_editor() as editor:
        migration.fill(apps, editor)
    assert set(SuggestedFix.objects.values_list("title_key", flat=True)) == {f"resetprinter{n}" for n in range(5)}
