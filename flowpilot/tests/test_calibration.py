"""How often fixes worked, against how sure FlowPilot was: the numbers, and the page that shows them."""

from uuid import UUID
from xml.etree.ElementTree import Element

import pytest
from django.test import Client

from accounts.models import Role, User
from accounts.tests.clients import let_in
from accounts.tests.factories import UserFactory
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import COPILOT, by
from fixes.tests.factories import NOTES, WORDS
from fixes.transitions import Status
from flowpilot.calibration.chart import Chart
from flowpilot.calibration.counts import Bin, Calibration, calibration_of
from sessions.tests.factories import SessionFactory
from tests.markup import find, read, text

PAGE = "/insights/calibration/"
WORKED, FAILED, PARTIAL = Status.SUCCESS, Status.FAILED, Status.PARTIAL


def suggested(owner: User, confidence: int, *outcomes: Status, origin: str = "built-in") -> None:
    """A fix with this confidence for each outcome, in a session of its own."""
    for outcome in outcomes:
        words = WORDS | {"confidence_pct": confidence}
        fix = lifecycle.suggest(SessionFactory(owner=owner).pk, words, COPILOT, origin=origin)
        if outcome != Status.PROPOSED:
            lifecycle.record(fix.pk, outcome, by(owner), notes=NOTES.get(outcome))


def of(owner: User) -> list[Calibration]:
    assert owner.account_id
    return calibration_of(owner.account_id)


class TestNumbers:
    def test_fixes_are_counted_by_confidence(self, engineer: User) -> None:
        suggested(engineer, 72, WORKED, FAILED)
        suggested(engineer, 78, WORKED, PARTIAL)
        suggested(engineer, 100, WORKED)
        suggested(engineer, 0, FAILED)
        (found,) = of(engineer)
        assert [(each.first, each.last, each.outcomes, each.worked) for each in found.bins] == [
            (0, 9, 1, 0),
            (70, 79, 4, 2.5),
            (90, 100, 1, 1),
        ]
        assert found.bins[1].confidence == pytest.approx(0.75)
        assert found.bins[1].observed_pct == 62.5
        assert (found.name, found.outcomes, found.is_enough) == ("Built-in copilot", 6, False)

    def test_the_brier_score_is_the_mean_squared_difference(self, engineer: User) -> None:
        suggested(engineer, 80, WORKED, FAILED, PARTIAL)
        (found,) = of(engineer)
        assert found.brier_score == pytest.approx((0.2**2 + 0.8**2 + 0.3**2) / 3)

    def test_only_verdicts_count(self, engineer: User) -> None:
        suggested(engineer, 80, Status.PENDING, Status.DISMISSED, Status.PROPOSED)
        assert of(engineer) == []

    def test_the_latest_outcome_counts_once(self, engineer: User) -> None:
        suggested(engineer, 80, PARTIAL)
        (before,) = of(engineer)
        assert before.bins[0].worked == 0.5
        lifecycle.record(_latest(), WORKED, by(engineer))
        (after,) = of(engineer)
        assert (after.outcomes, after.bins[0].worked) == (1, 1)

    def test_the_confidence_is_the_one_it_was_suggested_with(self, engineer: User) -> None:
        suggested(engineer, 80, WORKED)
        for confidence in (30, 10):
            lifecycle.edit(_latest(), {"confidence_pct": confidence}, by(engineer))
        (found,) = of(engineer)
        assert [(each.first, each.outcomes) for each in found.bins] == [(80, 1)]
        assert found.brier_score == pytest.approx(0.04)

    def test_each_model_has_its_own_and_people_have_none(self, engineer: User) -> None:
        for origin in ("", "zephyr", "built-in", "llama"):
            suggested(engineer, 80, WORKED, origin=origin)
        assert [found.name for found in of(engineer)] == ["Built-in copilot", "llama", "zephyr"]

    def test_other_accounts_have_their_own(self, engineer: User) -> None:
        suggested(UserFactory(), 80, WORKED)
        assert of(engineer) == []


def _latest() -> UUID:
    return SuggestedFix.objects.latest("created_at").pk


def test_the_chart_goes_from_the_lower_left_to_the_upper_right() -> None:
    bins = [Bin(0, 5, 0.0, 0, 0.0), Bin(9, 20, 1.0, 20, 0.0)]
    low, high = Chart(Calibration("built-in", bins)).dots
    assert (low.x, low.y) == (34, 208)
    assert (high.x, high.y) == (234, 8)
    assert high.radius == 2 * low.radius
    assert high.y <= high.high_y < high.low_y


class TestPage:
    def page(self, client: Client) -> Element:
        answer = client.get(PAGE)
        assert answer.status_code == 200
        return find(read(answer), ".//main")

    def test_below_twenty_outcomes_there_is_a_sentence_and_nothing_else(
        self, browser_client: Client, engineer: User
    ) -> None:
        suggested(engineer, 80, *[WORKED] * 19)
        page = self.page(browser_client)
        assert "19 outcomes so far. From 20 on" in text(page)
        assert page.find(".//table") is None
        assert page.find(".//svg[@class='calibration-chart']") is None
        assert "Brier score" not in text(find(page, ".//section"))

    def test_without_outcomes_it_says_what_will_be_here(self, browser_client: Client) -> None:
        assert "No fix that FlowPilot suggested has an outcome yet." in text(self.page(browser_client))

    def test_from_twenty_on_chart_and_table_say_the_same(self, browser_client: Client, engineer: User) -> None:
        suggested(engineer, 80, *[WORKED] * 15, *[FAILED] * 5)
        page = self.page(browser_client)
        assert "20 outcomes Brier score 0.190" in text(page)
        assert [text(cell) for cell in page.findall(".//tbody/tr/*")] == ["80–89%", "20", "80%", "75%", "57–88%"]
        chart = find(page, ".//svg[@class='calibration-chart']")
        assert text(find(chart, "title")) == "Built-in copilot: confidence and how often the fixes worked"
        assert text(find(chart, "desc")) == "Suggested with 80% on average: 75% of 20 worked."
        assert len(chart.findall("circle")) == 1

    def test_a_models_name_is_shown_as_text(self, browser_client: Client, engineer: User) -> None:
        suggested(engineer, 80, *[WORKED] * 20, origin="<b>llama</b>")
        assert "<b>llama</b>" in text(find(self.page(browser_client), ".//h2"))

    def test_it_takes_one_statement_more_than_any_page(
        self, browser_client: Client, engineer: User, django_assert_max_num_queries: object
    ) -> None:
        suggested(engineer, 80, *[WORKED] * 20)
        with django_assert_max_num_queries(3):  # type: ignore[operator]
            self.page(browser_client)

    @pytest.mark.parametrize(("role", "shown"), [(Role.VIEWER, False), (Role.ENGINEER, True), (Role.ADMIN, True)])
    def test_engineers_and_admins_find_it_in_the_navigation(
        self, client: Client, engineer: User, role: Role, shown: bool
    ) -> None:
        let_in(client, UserFactory(account=engineer.account, role=role))
        assert ("Calibration" in text(read(client.get("/sessions/")))) is shown
        assert client.get(PAGE).status_code == (200 if shown else 403)
