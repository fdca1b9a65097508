"""An account with up to a million sessions, each with one fix and its two events, written by SQL."""

import pgtrigger
from django.db import connection, transaction
from django.test import Client

from accounts.models import Role, User
from accounts.tests.clients import let_in
from accounts.tests.factories import AccountFactory, UserFactory

SESSIONS = """
INSERT INTO ai_sessions (id, account_id, owner_id, title, problem_summary, client_name, ticket_ref, status,
                         resolution_kind, state_version, created_at, updated_at)
SELECT md5('session' || n)::uuid, %(account)s, (%(people)s::uuid[])[1 + n %% cardinality(%(people)s::uuid[])],
       (ARRAY['Outlook asks for a password', 'Printer offline', 'VPN drops'])[1 + n %% 3] || ' for ' || md5(n::text),
       'Since the update of week ' || n %% 52, 'Client ' || n %% 400, 'CW-' || n,
       CASE WHEN n %% 5 = 0 THEN 'active' ELSE 'resolved' END,
       CASE WHEN n %% 5 = 0 THEN NULL ELSE 'verified' END,
       2, now() - n * interval '20 seconds', now() - n * interval '20 seconds'
FROM generate_series(%(first)s, %(last)s) n
"""

FIXES = """
INSERT INTO session_suggested_fixes (id, session_id, account_id, title, title_key, description, confidence_pct,
                                     origin, status, applied_at, verified_at, pending_reason, follow_up_at,
                                     status_changed_at, status_changed_by_id, version, created_at)
SELECT md5('fix' || n)::uuid, md5('session' || n)::uuid, %(account)s,
       'Clear the cache ' || n %% 1000, 'clearthecache' || n %% 1000, 'Then sign in.', n %% 101, 'built-in',
       CASE WHEN waits THEN 'applied_pending' ELSE 'applied_success' END, at,
       CASE WHEN waits THEN NULL ELSE at END, CASE WHEN waits THEN 'The power cycle at lunch' END,
       CASE WHEN waits AND n %% 3 > 0 THEN now() + (n %% 2000 - 1000) * interval '1 minute' END,
       at, (%(people)s::uuid[])[1], 2, at
FROM (SELECT n, n %% 50 = 0 AS waits, now() - n * interval '20 seconds' AS at
      FROM generate_series(%(first)s, %(last)s) n) made
"""

EVENTS = """
INSERT INTO fix_events (id, fix_id, session_id, account_id, action, from_status, to_status, notes, follow_up_at,
                        details, actor_id, source, at, state_version)
SELECT gen_random_uuid(), fix.id, fix.session_id, fix.account_id, action, from_status,
       CASE WHEN action = 'record' THEN fix.status ELSE 'proposed' END,
       CASE WHEN action = 'record' THEN fix.pending_reason END,
       CASE WHEN action = 'record' THEN fix.follow_up_at END, '{}', fix.status_changed_by_id, 'banner', fix.created_at,
       state_version
FROM session_suggested_fixes fix,
     (VALUES ('suggest', NULL, 1), ('record', 'proposed', 2)) act (action, from_status, state_version)
WHERE fix.id IN (SELECT md5('fix' || n)::uuid FROM generate_series(%(first)s, %(last)s) n)
"""

FEEDS_RETRIEVAL = "ALTER TABLE session_suggested_fixes {} TRIGGER flowpilot_new_fix"
"""It takes about 2 ms for a fix, and no list reads what it writes."""


class LargeAccount:
    """One fix in fifty is awaiting verification.

    The product itself can't write such rows: a fix begins as proposed, and a trigger sees to it.
    """

    def __init__(self, *, beyond: int = 0) -> None:
        """`beyond`: how many rows other accounts have. Ids come from their numbers."""
        self.rows = beyond
        self.account = AccountFactory.create()
        self.people = UserFactory.create_batch(20, account=self.account)
        admin = UserFactory.create(account=self.account, role=Role.ADMIN, is_staff=True)
        superuser = User.objects.create_superuser(f"root-{self.account.slug}@bench.example", display_name="Root")
        people = {"engineer": self.people[0], "admin": admin, "superuser": superuser}
        self.browsers = {who: _browser(person) for who, person in people.items()}

    def grow(self, rows: int) -> None:
        """Add sessions and fixes until the account has this many."""
        numbers = {
            "account": self.account.pk,
            "people": [person.pk for person in self.people],
            "first": self.rows + 1,
            "last": rows,
        }
        (model, trigger), *_ = pgtrigger.registered("fixes.SuggestedFix:begins_proposed")
        ignored = f"{{{trigger.get_pgid(model)}}}"
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", [ignored])
            cursor.execute(FEEDS_RETRIEVAL.format("DISABLE"))
            for statement in (SESSIONS, FIXES, EVENTS):
                cursor.execute(statement, numbers)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no table is altered before they are checked
            cursor.execute(FEEDS_RETRIEVAL.format("ENABLE"))
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        self.rows = rows


def _browser(person: User) -> Client:
    browser = Client()
    let_in(browser, person)
    return browser
