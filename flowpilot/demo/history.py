"""Carries the demo's past out: the steps of all sessions, in the order in which they happened.

So FlowPilot's confidence in each proposal is what the outcomes until then justified.
"""

from datetime import datetime

from accounts.demo import ACCOUNTS
from accounts.models import Account, User
from flowpilot.demo.plan import plan
from flowpilot.demo.replay import steps_of
from flowpilot.models import Playbook
from sessions.models import AISession


def load_history(now: datetime) -> int:
    """Create the past sessions that are missing, and return how many were. The shipped playbooks have to be there."""
    playbooks = {playbook.slug: playbook for playbook in Playbook.objects.filter(account=None, retired=False)}
    planned = plan(now, playbooks)
    present = set(AISession.objects.filter(pk__in=[past.id for past in planned]).values_list("pk", flat=True))
    missing = [past for past in planned if past.id not in present]
    accounts = {account.slug: account for account in Account.objects.filter(slug__in=ACCOUNTS)}
    people = {user.email: user for user in User.objects.filter(account__in=accounts.values())}
    steps = []
    for past in missing:
        steps += steps_of(past, accounts[past.account], people[f"{past.owner}@{past.account}.example"], now)
    for step in sorted(steps, key=lambda step: step.at):
        step.act(step.at)
    return len(missing)
