"""The plan of the demo's past (`flowpilot/demo/plan.py`)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from flowpilot.demo.mix import MIXES, ONCE
from flowpilot.demo.plan import plan
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
