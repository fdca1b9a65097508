"""Searching sessions: every word, by its beginning, in any of four fields."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.search import lacks_words
from common.tests.hostile_texts import INVISIBLE
from sessions.models import AISession
from sessions.tests.factories import SessionFactory


@pytest.fixture
def found(session: AISession) -> AISession:
    session.title = "Outlook keeps asking for a password"
    session.client_name = "Nordwind Logistik Zürich"
    session.ticket_ref = "CW-48213"
    session.problem_summary = "Error 0x80070005 in user_profile since the 22H2 update (v1.5), see KB5031455."
    session.save()
    SessionFactory(title="Printer offline", client_name="Contoso", ticket_ref="CW-48999", problem_summary="")
    return session


@pytest.mark.parametrize(
    "words",
    [
        "outlook",
        "OUTL",
        "pass outl",
        "nordwind",
        "zürich",
        "ZÜR",
        "CW-48213",
        "cw-482",
        "cw 48213",
        "48213",
        "cw-482 outl",
        "0x8007",
        "user_profile",
        "22h2",
        "v1.5",
        "kb5031455",
        "(v1.5),",
        "outlook! & | <-> :* 'password' \\",
    ],
)
def test_beginnings_of_words_in_any_field_find_a_session(found: AISession, words: str) -> None:
    assert list(AISession.objects.matching(words)) == [found]


@pytest.mark.parametrize("words", ["utlook", "outlook printer", "CW-482130", "c-482", "x" * 3_000, "é" * 3_000])
def test_every_word_must_begin_one(found: AISession, words: str) -> None:
    assert not AISession.objects.matching(words).exists()


@pytest.mark.parametrize("words", ["", "   ", "\x00", *INVISIBLE.values()])
def test_when_nothing_was_typed_nothing_is_left_out(found: AISession, words: str) -> None:
    assert not lacks_words(words)
    assert AISession.objects.matching(words).count() == 2


@pytest.mark.parametrize("words", ["!?", "-", "'", "\\", "& | <->", "🔥", "…"])
def test_what_has_no_word_finds_nothing(found: AISession, words: str) -> None:
    assert lacks_words(words)
    assert not AISession.objects.matching(words).exists()


def test_words_past_the_eighth_are_left_out(found: AISession) -> None:
    assert AISession.objects.matching("outlook " * 8 + "printer").exists()
    assert not AISession.objects.matching("outlook " * 7 + "printer").exists()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=60))
def test_no_text_breaks_it(db: None, words: str) -> None:
    list(AISession.objects.matching(words))


def test_it_uses_its_index(found: AISession) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")  # few rows: any way is quick
    assert "ai_sessions_words" in AISession.objects.matching("outlook").explain()


def test_a_word_of_any_length_is_searched_for_without_an_error(session: AISession) -> None:
    assert not AISession.objects.matching("x" * 5000).exists()
