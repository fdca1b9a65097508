"""An account with up to 200,000 earlier fixes whose texts are like those of tickets, and engineers who ask."""

import random
import time
from itertools import accumulate
from uuid import UUID

import pgtrigger
import psutil
from django.db import connection, transaction

from accounts.tests.factories import UserFactory
from flowpilot.models import Answer
from sessions import copilot
from sessions.models import AISession, Author
from sessions.tests import acts
from sessions.tests.factories import SessionFactory

SYLLABLES = [
    consonant + vowel
    for consonant in ("b", "c", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "st", "tr", "pr")
    for vowel in ("a", "e", "i", "o", "u", "en", "er", "on", "al", "it")
]
VOCABULARY, PROBLEMS, CODES = 40_000, 4_000, 3_000
COMMON = 40
"""Zipf's law begins behind so many words, because the commonest words of a language are stop words."""
TRUE_WORDS, OTHER_WORDS = 8, 45
"""Words of a fix's text that tell its problem, and others."""

WRITE = """
WITH texts AS (
    SELECT id, number, problem, said, now() - number * interval '1 minute' AS at FROM bench_texts WHERE NOT written
), new_sessions AS (
    INSERT INTO ai_sessions (id, account_id, owner_id, title, problem_summary, client_name, ticket_ref, status,
                             resolution_kind, state_version, created_at, updated_at)
    SELECT id, %(account)s, %(owner)s, 'Ticket ' || number, said, 'Client ' || number %% 400, 'CW-' || number,
           'resolved', 'verified', 2, at, at FROM texts
)
INSERT INTO session_suggested_fixes (id, session_id, account_id, title, title_key, description, confidence_pct, status,
                                     applied_at, verified_at, status_changed_at, status_changed_by_id, version,
                                     created_at)
SELECT gen_random_uuid(), id, %(account)s, 'Fix problem ' || problem, 'fixproblem' || problem, 'Then sign in.', 70,
       'applied_success', at, at, at, %(owner)s, 2, at
FROM texts
"""


class EarlierFixes:
    """All of the fixes worked: so all of them are found by retrieval, which is its worst case."""

    def __init__(self) -> None:
        self.random = random.Random(8)  # noqa: S311  the same texts in every run
        self.words = self._vocabulary()
        self.weights = list(accumulate(1 / (place + COMMON) for place in range(len(self.words))))
        codes = [f"0x{self.random.randrange(16**8):08x}" for _ in range(CODES)]
        self.problems = [(self.random.sample(self.words[200:], 14), self.random.choice(codes)) for _ in range(PROBLEMS)]
        self.owner = UserFactory.create()
        self.rows = 0
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE TEMP TABLE bench_texts (id uuid DEFAULT gen_random_uuid(), number int, problem int, said text,"
                " written bool DEFAULT false)"
            )

    def _vocabulary(self) -> list[str]:
        choices = self.random.choices
        return list(
            dict.fromkeys("".join(choices(SYLLABLES, k=self.random.choice((2, 3, 3, 4)))) for _ in range(VOCABULARY))
        )

    def text(self, problem: int, true_words: int, other_words: int) -> str:
        """Return words that tell this problem among others, with a code or a host in some of the texts."""
        telling, code = self.problems[problem]
        words = self.random.sample(telling, true_words)
        words += self.random.choices(self.words, cum_weights=self.weights, k=other_words)
        if self.random.random() < 0.4:
            words.append(code)
        if self.random.random() < 0.3:
            words.append(f"SRV-{self.random.choice(self.words[:400])}-{self.random.randrange(20):02}")
        self.random.shuffle(words)
        return " ".join(words)

    def grow(self, rows: int) -> None:
        """Add sessions and fixes until the account has this many."""
        trigger = next(
            each.get_pgid(model) for model, each in pgtrigger.registered("fixes.SuggestedFix:begins_proposed")
        )
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", [f"{{{trigger}}}"])
            with cursor.copy("COPY bench_texts (number, problem, said) FROM STDIN") as copy:
                for number in range(self.rows, rows):
                    problem = self.random.randrange(PROBLEMS)
                    copy.write_row((number, problem, self.text(problem, TRUE_WORDS, OTHER_WORDS)))
            cursor.execute(WRITE, {"account": self.owner.account_id, "owner": self.owner.pk})
            cursor.execute("UPDATE bench_texts SET written = true")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        self.rows = rows

    def ask(self) -> tuple[float, bool]:
        """Let an engineer ask about some problem. Return the seconds, and whether its fix was proposed."""
        problem = self.random.randrange(PROBLEMS)
        session = SessionFactory.create(owner=self.owner, title="Ticket", problem_summary="")
        text = self.text(problem, self.random.choice((4, 6, 8)), self.random.choice((4, 12, 40)))
        acts.post(session.pk, Author.ENGINEER, text, user=self.owner, asks=True)
        began = time.perf_counter()
        copilot.registered().write_answers(session.pk)
        seconds = time.perf_counter() - began
        answer = Answer.objects.get(session=session)
        assert answer.reply, answer.error
        titles = session.suggested_fixes.values_list("title", flat=True)
        return seconds, list(titles) == [f"Fix problem {problem}"]

    def cpu_seconds(self) -> float:
        """Return the CPU time that this process and its PostgreSQL backend have taken so far, in steps of 10 ms."""
        backend = psutil.Process(connection.connection.info.backend_pid).cpu_times()
        return time.process_time() + backend.user + backend.system

    def time_of_verdict(self, *, feeds: bool) -> float:
        """Return the seconds that the statement of a verdict takes; it is rolled back."""
        fix = self._open_fix()
        with transaction.atomic(), connection.cursor() as cursor:
            if not feeds:
                cursor.execute("ALTER TABLE session_suggested_fixes DISABLE TRIGGER flowpilot_changed_fix")
            began = time.perf_counter()
            cursor.execute(
                "UPDATE session_suggested_fixes SET status = 'applied_success', applied_at = now(), verified_at = now()"
                " WHERE id = %s",
                [fix],
            )
            seconds = time.perf_counter() - began
            transaction.set_rollback(True)
        return seconds

    def _open_fix(self) -> UUID:
        from fixes.tests.factories import make_fix

        text = self.text(self.random.randrange(PROBLEMS), TRUE_WORDS, OTHER_WORDS)
        session: AISession = SessionFactory.create(owner=self.owner, title="Ticket", problem_summary=text)
        return make_fix(session).pk
