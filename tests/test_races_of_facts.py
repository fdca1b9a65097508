"""Several people at the facts of one session at once, on real connections."""

from functools import partial
from uuid import uuid4

import pytest

from accounts.models import User
from accounts.tests.factories import UserFactory
from sessions import facts
from sessions.models import AISession, Fact
from sessions.refusals import FactChanged, TooManyFacts
from sessions.tests.factories import SessionFactory
from tests.concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)

ALL = AISession.objects.all()


@pytest.fixture
def engineer(transactional_db: None) -> User:
    return UserFactory(display_name="Maya")


@pytest.fixture
def session(engineer: User) -> AISession:
    return SessionFactory(owner=engineer)


def test_of_two_edits_of_one_fact_the_second_is_refused(engineer: User, session: AISession) -> None:
    fact = facts.add(session.pk, "Webmail works.", "question", user=engineer, sessions=ALL)
    edit = partial(facts.change, session.pk, fact.pk, user=engineer, sessions=ALL, seen=1)
    results = at_once(session, [partial(edit, {"text": "Mine"}), partial(edit, {"text": "Theirs"})])
    (saved,) = [each for each in results if isinstance(each, Fact)]
    (refused,) = [each for each in results if isinstance(each, FactChanged)]
    fact.refresh_from_db()
    assert (fact.text, fact.version) == (saved.text, 2)
    assert refused.fact.text == saved.text
    session.refresh_from_db()
    assert session.state_version == 2


def test_a_form_sent_twice_at_once_adds_one_fact(engineer: User, session: AISession) -> None:
    add = partial(facts.add, session.pk, "It hums.", "question", user=engineer, sessions=ALL, form_key=uuid4())
    first, second = at_once(session, [add, add])
    assert first == second == Fact.objects.get()


def test_the_limit_holds_for_many_at_once(engineer: User, session: AISession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "FACTS_MAX", 2)
    add = partial(facts.add, session.pk, "It hums.", "question", user=engineer, sessions=ALL)
    results = at_once(session, [add] * 4)
    assert sum(isinstance(each, TooManyFacts) for each in results) == 2
    assert Fact.objects.count() == 2
