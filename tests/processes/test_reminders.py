"""Two real workers remind at once, and one is killed while the mail server has its email: nobody is left out."""

import signal
import sys
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.mail_server import MailServer
from tests.processes.checkout import Checkout, Started, eventually
from tests.processes.test_api_calls import ENGINEER

PEOPLE = 12
DOMAIN = "reminders.example"

SQL = f"""
    INSERT INTO users SELECT (jsonb_populate_record(one, jsonb_build_object(
        'id', gen_random_uuid(), 'email', 'p' || n || '@{DOMAIN}'
    ))).* FROM users AS one, generate_series(1, {PEOPLE}) AS n WHERE one.email = '{ENGINEER}';
    INSERT INTO ai_sessions SELECT (jsonb_populate_record(one, jsonb_build_object(
        'id', gen_random_uuid(), 'owner_id', owner.id, 'title', 'Reminded', 'form_key', null, 'import_digest', null
    ))).* FROM ai_sessions AS one, users AS owner
        WHERE one.id = (SELECT id FROM ai_sessions WHERE status = 'active' LIMIT 1) AND owner.email LIKE '%@{DOMAIN}';
    INSERT INTO session_suggested_fixes SELECT (jsonb_populate_record(one, jsonb_build_object(
        'id', gen_random_uuid(), 'session_id', session.id, 'account_id', session.account_id, 'superseded_at', null
    ))).* FROM session_suggested_fixes AS one, ai_sessions AS session
        WHERE one.id = (SELECT id FROM session_suggested_fixes WHERE status = 'proposed' LIMIT 1)
            AND session.title = 'Reminded';
    UPDATE session_suggested_fixes SET status = 'applied_pending', pending_reason = 'The line.', applied_at = now(),
        ai_outcome_proposal = null, follow_up_at = now() - interval '1 minute'
        WHERE session_id IN (SELECT id FROM ai_sessions WHERE title = 'Reminded');
"""
"""Twelve people with a check that is due, each in a session of their own."""

FORGET = f"""
    DELETE FROM notices WHERE session_id IN (SELECT id FROM ai_sessions WHERE title = 'Reminded');
    DELETE FROM reminders WHERE session_id IN (SELECT id FROM ai_sessions WHERE title = 'Reminded');
    DELETE FROM session_suggested_fixes WHERE session_id IN (SELECT id FROM ai_sessions WHERE title = 'Reminded');
    DELETE FROM ai_sessions WHERE title = 'Reminded';
    DELETE FROM users WHERE email LIKE '%@{DOMAIN}';
"""
OF_OURS = "session_id IN (SELECT id FROM ai_sessions WHERE title = 'Reminded')"


@pytest.fixture
def due(checkout: Checkout) -> Iterator[Checkout]:
    checkout.manage("db", "start")
    checkout.sql(SQL)
    yield checkout
    checkout.sql(FORGET)
    checkout.manage("db", "stop")


def worker(checkout: Checkout, server: MailServer) -> Started:
    """A worker that has begun to look for what is due."""
    started = Started(checkout, (sys.executable, "manage.py", "work"), {"EMAIL_URL": server.url})
    started.wait_for("The worker runs")
    return started


def sent(server: MailServer) -> Counter[str]:
    return Counter(message["To"] for message in server.received if message["To"].endswith(DOMAIN))


def still_to_send(checkout: Checkout) -> int:
    return int(checkout.sql(f"SELECT count(*) FROM reminders WHERE mailed_at IS NULL AND {OF_OURS}")[0])


def test_with_two_workers_everybody_is_told_once(due: Checkout) -> None:
    with MailServer() as server:
        workers = [worker(due, server) for _ in range(2)]
        assert eventually(lambda: len(sent(server)) == PEOPLE and still_to_send(due) == 0)
        assert [each.stop() for each in workers] == [0, 0]
        assert set(sent(server).values()) == {1}
    assert due.sql(f"SELECT count(*) FROM notices WHERE {OF_OURS}") == [PEOPLE]
    for each in workers:
        each.end()


def test_a_worker_that_is_killed_in_the_middle_loses_none(due: Checkout) -> None:
    with MailServer(holds=True) as server:
        killed = worker(due, server)
        assert server.holding.wait(60)
        other = worker(due, server)
        killed.stop(signal.SIGKILL)
        server.release.set()
        assert eventually(lambda: still_to_send(due) == 0)
        assert other.stop() == 0
        assert len(sent(server)) == PEOPLE
        again = {address: count for address, count in sent(server).items() if count > 1}
        assert len(again) <= 2  # of each of the two senders, the email that the server had just taken
        assert set(again.values()) <= {2}
        for address in again:
            assert len({message["Message-ID"] for message in server.to(address)}) == 1
    assert due.sql(f"SELECT count(*) FROM notices WHERE {OF_OURS}") == [PEOPLE]
    for each in (killed, other):
        each.end()
