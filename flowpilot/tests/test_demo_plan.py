"""The plan of the demo's past (`flowpilot/demo/plan.py`)."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

import pytest

from fixes.evidence.counts import PRIOR, percent, rate_of
from flowpilot.calibration.counts import BINS, Bin
from flowpilot.demo.mix import MIXES, ONCE
from flowpilot.demo.plan import PastSession, plan
from flowpilot.models import Playbook
from flowpilot.playbook_files.shipped import SHIPPED

NOW = datetime(2026, 8, 3, 12, 0, tzinfo=UTC)


def playbooks() -> dict[str, Playbook]:
    slugs = {path.stem for path in SHIPPED.glob("*/*.md")}
    return {slug: Playbook(slug=slug, title=f"Problem {slug}", symptoms=["It broke"]) for slug in slugs}


def test_every_playbook_of_the_plan_is_shipped() -> None:
    planned = {slug for mixes in MIXES.values() for slug in mixes} | {slug for slugs in ONCE.values() for slug in slugs}

    assert planned <= playbooks().keys()


def test_two_plans_are_the_same() -> None:
    first, second = plan(NOW, playbooks()), plan(NOW, playbooks())

    assert [(past.id, past.began, past.title) for past in first] == [
        (past.id, past.began, past.title) for past in second
    ]
    assert len({past.id for past in first}) == len(first) == 123


def test_a_playbook_that_is_gone_takes_only_its_own_sessions_with_it() -> None:
    without = playbooks()
    del without["vpn-error-809"]

    rest = [past for past in plan(NOW, playbooks()) if past.playbook.slug != "vpn-error-809"]
    assert [(past.id, past.began, past.owner) for past in plan(NOW, without)] == [
        (past.id, past.began, past.owner) for past in rest
    ]


def test_verdicts_began_in_office_hours_of_a_weekday_and_months_ago() -> None:
    over = [past for past in plan(NOW, playbooks()) if past.outcome != "waiting" and past.account == "northwind"]
    local = [past.began.astimezone(ZoneInfo("Europe/London")) for past in over]

    assert all(began.weekday() < 5 and 8 <= began.hour < 16 for began in local)
    assert min(local) < NOW - timedelta(days=120)
    assert max(local) < NOW - timedelta(days=2)


def test_what_waits_began_lately() -> None:
    waiting = [past for past in plan(NOW, playbooks()) if past.outcome == "waiting"]

    assert len(waiting) == 4
    assert all(NOW - timedelta(days=1) < past.began < NOW for past in waiting)


@pytest.mark.parametrize("days", range(7))
def test_flowpilot_is_as_sure_as_its_fixes_work_on_whatever_weekday_the_demo_is_loaded(days: int) -> None:
    bins = calibrated(plan(NOW + timedelta(days=days), playbooks()))

    assert sum(each.outcomes for each in bins) == 98
    assert [each.first for each in bins if not each.likely_pct[0] <= each.predicted_pct <= each.likely_pct[1]] == []


def calibrated(sessions: list[PastSession]) -> list[Bin]:
    """Return how sure FlowPilot is in each of Northwind's sessions that are over, and how often it is right."""
    pairs = sorted(confidences([each for each in sessions if each.account == "northwind" and each.outcome in SCORES]))
    grouped = groupby(pairs, lambda pair: min(pair[0] * BINS // 100, BINS - 1))
    return [_bin(number, list(group)) for number, group in grouped]


def _bin(number: int, pairs: list[tuple[int, float]]) -> Bin:
    said, worked = zip(*pairs, strict=True)
    return Bin(number, len(pairs), sum(said) / len(pairs) / 100, sum(worked), squares=0)


SCORES = {"worked": 1, "partly": 0.5, "failed": 0}


def confidences(sessions: list[PastSession]) -> list[tuple[int, float]]:
    """Return confidence in per cent and outcome of each, from the verdicts that are known when it is suggested."""
    found, verdicts = [], defaultdict[str, list[float]](list)
    suggested = [(each.began + timedelta(minutes=3), 0, each) for each in sessions]
    ended = [(each.began + timedelta(minutes=20) + each.wait, 1, each) for each in sessions]
    for _, is_over, each in sorted(suggested + ended, key=lambda step: step[:2]):
        same, score = verdicts[each.playbook.slug], SCORES[each.outcome]
        if is_over:
            same.append(score)
            continue
        everything = [one for scores in verdicts.values() for one in scores]
        rate = rate_of(sum(everything), len(everything))
        found.append((percent((sum(same) + rate * PRIOR) / (len(same) + PRIOR)), score))
    return found
