"""What came of the same fix before: who counts, the confidence that follows, and the words for it."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import AccountFactory, UserFactory
from fixes.evidence import confidence_from_outcomes, counts_for_fixes, evidence_for
from fixes.evidence.beta import cumulative, quantile
from fixes.evidence.counts import Counts, rate_of
from fixes.evidence.sentences import sentence
from fixes.models import ScriptTemplate, SuggestedFix
from fixes.same_fix import group_of
from fixes.tests import lifecycle
from fixes.tests.acting import by
from fixes.tests.factories import NOTES, make_fix
from fixes.transitions import Status
from sessions.models import AISession
from sessions.tests.factories import SessionFactory

TITLE = "Clear cached credentials"
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


def tried(owner: User, *statuses: Status, title: str = TITLE, template: ScriptTemplate | None = None) -> None:
    """One session for each status."""
    for status in statuses:
        make_fix(SessionFactory(owner=owner), status, title=title, script_template_id=template and template.pk)


def counted(owner: User, title: str = TITLE, template: ScriptTemplate | None = None) -> Counts:
    group = group_of(title, template.pk if template else None)
    assert owner.account_id
    return confidence_from_outcomes(owner.account_id, [group])[group]


def numbers(counts: Counts) -> tuple[int, int, int, int]:
    return counts.worked, counts.partly, counts.failed, counts.waiting


WORKED, FAILED, PARTIAL, PENDING = Status.SUCCESS, Status.FAILED, Status.PARTIAL, Status.PENDING


class TestWhatCounts:
    def test_every_outcome_but_dismissed_and_none(self, engineer: User) -> None:
        tried(engineer, WORKED, WORKED, PARTIAL, FAILED, PENDING, Status.DISMISSED, Status.PROPOSED)
        assert numbers(counted(engineer)) == (2, 1, 1, 1)

    def test_titles_that_differ_in_form_only(self, engineer: User) -> None:
        tried(engineer, WORKED, title="CLEAR cached-credentials!")
        tried(engineer, WORKED, title="Clear the cached credentials")
        assert numbers(counted(engineer)) == (1, 0, 0, 0)

    def test_of_a_template_its_own_fixes_whatever_their_titles(self, engineer: User) -> None:
        template = ScriptTemplate.objects.create(account=engineer.account, name="Clear", body="cmdkey")
        tried(engineer, WORKED, title="Run the script", template=template)
        tried(engineer, FAILED, title="Run it again", template=template)
        tried(engineer, WORKED)
        assert numbers(counted(engineer, template=template)) == (1, 0, 1, 0)
        assert numbers(counted(engineer)) == (1, 0, 0, 0)

    def test_of_one_session_its_latest_verdict(self, engineer: User) -> None:
        session = SessionFactory(owner=engineer)
        for status in (FAILED, PARTIAL, WORKED):
            make_fix(session, status)
        assert numbers(counted(engineer)) == (1, 0, 0, 0)

    def test_a_session_that_has_a_verdict_does_not_wait(self, engineer: User) -> None:
        session = SessionFactory(owner=engineer)
        make_fix(session, FAILED)
        make_fix(session, PENDING)
        assert numbers(counted(engineer)) == (0, 0, 1, 0)

    def test_a_fix_that_was_marked_as_applied_and_then_dismissed_does_not(self, engineer: User) -> None:
        fix = make_fix(SessionFactory(owner=engineer), applied=True)
        lifecycle.record(fix.pk, Status.DISMISSED, by(engineer))
        assert counted(engineer).is_empty

    def test_other_accounts_do_not(self, engineer: User) -> None:
        tried(UserFactory(account=AccountFactory()), WORKED, FAILED)
        counts = counted(engineer)
        assert counts.is_empty
        assert counts.rate == 0.5

    def test_a_fix_does_not_count_for_itself(self, session: AISession, engineer: User) -> None:
        fix = make_fix(session, WORKED)
        tried(engineer, FAILED)
        assert numbers(evidence_for(fix).counts) == (0, 0, 1, 0)
        assert numbers(counts_for_fixes([fix])[fix.pk]) == (0, 0, 1, 0)

    def test_an_attempt_that_failed_in_the_same_session_does(self, session: AISession) -> None:
        make_fix(session, FAILED)
        assert numbers(evidence_for(make_fix(session)).counts) == (0, 0, 1, 0)

    def test_many_groups_and_fixes_take_one_statement(self, engineer: User, django_assert_num_queries: object) -> None:
        tried(engineer, WORKED, FAILED)
        tried(engineer, PARTIAL, title="Restart")
        groups = [group_of(TITLE), group_of("Restart"), group_of("Never")]
        assert engineer.account_id
        with django_assert_num_queries(1):  # type: ignore[operator]
            found = confidence_from_outcomes(engineer.account_id, groups)
        assert [numbers(found[group]) for group in groups] == [(1, 0, 1, 0), (0, 1, 0, 0), (0, 0, 0, 0)]
        fixes = list(SuggestedFix.objects.all())
        with django_assert_num_queries(1):  # type: ignore[operator]
            assert len(counts_for_fixes(fixes)) == 3

    def test_no_groups_are_no_statement(self, engineer: User, django_assert_num_queries: object) -> None:
        assert engineer.account_id
        with django_assert_num_queries(0):  # type: ignore[operator]
            assert confidence_from_outcomes(engineer.account_id, []) == {}


class TestConfidence:
    def test_seven_of_eight_at_a_rate_of_six_tenths_is_78_percent(self, engineer: User) -> None:
        tried(engineer, *[WORKED] * 7, FAILED)
        tried(engineer, *[WORKED] * 2, *[FAILED] * 5, title="Another")
        counts = counted(engineer)
        assert (counts.rate, counts.confidence_pct, counts.interval_pct) == (0.6, 78, (57, 94))

    def test_partly_counts_one_half(self) -> None:
        assert Counts(6, 2, 0, 0, rate=0.6).score == 7
        assert Counts(6, 2, 0, 5, rate=0.6).confidence_pct == 78

    def test_without_a_verdict_it_is_the_accounts_rate(self) -> None:
        assert Counts(0, 0, 0, 0, rate=0.6).confidence_pct == 60

    @pytest.mark.parametrize(
        ("score", "verdicts", "rate"),
        [(0, 0, 0.5), (1, 1, 0.55), (9, 15, 0.6), (6, 10, 0.6), (2, 3, 0.55), (1000, 1000, 0.95), (0, 50, 0.05)],
    )
    def test_the_rate_of_an_account_with_few_verdicts_is_near_one_half(
        self, score: float, verdicts: int, rate: float
    ) -> None:
        assert rate_of(score, verdicts) == rate

    def test_the_accounts_rate_counts_every_verdict(self, engineer: User) -> None:
        tried(engineer, *[WORKED] * 5, *[PARTIAL] * 2, *[FAILED] * 3, PENDING, Status.DISMISSED, title="Other")
        assert counted(engineer).rate == 0.6


class TestBetaQuantiles:
    """Against closed forms, and against the density, integrated."""

    @pytest.mark.parametrize("probability", [0.001, 0.05, 0.5, 0.95, 0.999])
    @pytest.mark.parametrize("shape", [0.2, 1.0, 3.5, 400.0])
    def test_with_one_parameter_of_1(self, probability: float, shape: float) -> None:
        assert quantile(probability, shape, 1) == pytest.approx(probability ** (1 / shape), abs=1e-9)
        assert quantile(probability, 1, shape) == pytest.approx(1 - (1 - probability) ** (1 / shape), abs=1e-9)

    @pytest.mark.parametrize(
        ("probability", "a", "b", "expected"),
        [
            (0.05, 2, 2, 0.1353503),
            (0.95, 2, 2, 0.8646497),
            (0.05, 0.5, 0.5, 0.006155830),
        ],
    )
    def test_of_a_polynomial_and_of_an_arcsine(self, probability: float, a: float, b: float, expected: float) -> None:
        assert quantile(probability, a, b) == pytest.approx(expected, abs=1e-7)

    @pytest.mark.parametrize(("a", "b"), [(9.4, 2.6), (0.2, 3.8), (900.5, 103.5), (2.2, 800)])
    def test_it_is_the_inverse_of_the_distribution(self, a: float, b: float) -> None:
        for probability in (0.05, 0.3, 0.95):
            assert cumulative(quantile(probability, a, b), a, b) == pytest.approx(probability, abs=1e-9)

    @pytest.mark.parametrize(("a", "b"), [(9.4, 2.6), (3.0, 3.0), (2.5, 7.25), (40.0, 12.0)])
    def test_the_distribution_is_the_integrated_density(self, a: float, b: float) -> None:
        steps = 4_000
        density = [(n / steps) ** (a - 1) * (1 - n / steps) ** (b - 1) for n in range(steps + 1)]
        below = [(one + other) / 2 for one, other in pairwise(density)]
        for x in (0.2, 0.5, 0.8):
            assert cumulative(x, a, b) == pytest.approx(sum(below[: int(x * steps)]) / sum(below), abs=1e-5)

    def test_the_distribution_is_symmetric(self) -> None:
        assert cumulative(0.3, 5, 2) == pytest.approx(1 - cumulative(0.7, 2, 5), abs=1e-12)


class TestSentence:
    @pytest.mark.parametrize(
        ("counts", "said"),
        [
            ((7, 0, 1, 1), "Worked in 7 of 8 sessions, last on 3 November; 1 still waits"),
            ((5, 2, 1, 0), "Worked in 5 of 8 sessions, partly in 2, last on 3 November"),
            ((0, 2, 1, 2), "Partly worked in 2 of 3 sessions; 2 still wait"),
            ((0, 0, 3, 0), "Didn’t work in any of 3 sessions"),
            ((1, 0, 2, 0), "Worked in 1 of 3 sessions, on 3 November"),
            ((1, 0, 1, 0), "Tried twice: it worked once, on 3 November"),
            ((2, 0, 0, 0), "Tried twice: it worked both times, last on 3 November"),
            ((0, 0, 2, 0), "Tried twice: it didn’t work either time"),
            ((0, 1, 1, 0), "Tried twice: it partly worked once"),
            ((1, 0, 0, 0), "Worked the only time it was tried here, on 3 November"),
            ((0, 1, 0, 1), "Partly worked the only time it was tried here; 1 still waits"),
            ((0, 0, 1, 0), "Didn’t work the only time it was tried here"),
            ((0, 0, 0, 1), "No outcome yet; 1 still waits"),
            ((0, 0, 0, 0), "Not tried here yet"),
            ((197, 0, 1, 0), "Worked in 197 of 198 sessions, last on 3 November"),
            ((198, 0, 1, 0), "Worked in 198 of the last 199 sessions, last on 3 November"),
        ],
    )
    def test_of_every_kind(self, counts: tuple[int, int, int, int], said: str) -> None:
        last = datetime(2026, 11, 3, 15, 20, tzinfo=UTC) if counts[0] else None
        assert sentence(Counts(*counts, rate=0.6, last_worked=last), NOW) == said

    def test_names_another_year(self) -> None:
        counts = Counts(3, 0, 0, 0, rate=0.6, last_worked=datetime(2025, 12, 31, 23, 30, tzinfo=UTC))
        assert sentence(counts, NOW) == "Worked in 3 of 3 sessions, last on 31 December 2025"
        with timezone.override("Europe/Berlin"):
            assert sentence(counts, NOW) == "Worked in 3 of 3 sessions, last on 1 January"


class TestCases:
    def test_failed_and_waiting_sessions_come_first_then_the_latest(self, session: AISession, engineer: User) -> None:
        for number, status in enumerate([WORKED, WORKED, PARTIAL, FAILED, PENDING]):
            other = make_fix(SessionFactory(owner=engineer, ticket_ref=f"CW-{number}", client_name="Nordwind"))
            at = NOW + timedelta(hours=number)
            lifecycle.record(other.pk, status, by(engineer, at), notes=NOTES.get(status, "Seen."))
        cases = evidence_for(make_fix(session)).cases
        assert [case.name for case in cases] == ["CW-3", "CW-4", "CW-2", "CW-1", "CW-0"]
        assert [case.notes for case in cases] == ["Seen.", NOTES[PENDING], NOTES[PARTIAL], None, None]
        assert cases[0].at == NOW + timedelta(hours=3)
        assert (cases[0].client_name, cases[0].status) == ("Nordwind", FAILED)

    def test_at_most_twelve_are_listed(self, session: AISession, engineer: User) -> None:
        tried(engineer, *[WORKED] * 23)
        evidence = evidence_for(make_fix(session))
        assert (evidence.sessions, len(evidence.cases), evidence.unlisted) == (23, 12, 11)

    def test_it_takes_one_statement(
        self, session: AISession, engineer: User, django_assert_num_queries: object
    ) -> None:
        tried(engineer, WORKED, FAILED, PENDING)
        fix = make_fix(session)
        with django_assert_num_queries(1):  # type: ignore[operator]
            evidence_for(fix)
