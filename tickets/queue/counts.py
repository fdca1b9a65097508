"""How many escalations there are to do: on the queue's tabs."""

from dataclasses import dataclass

from django.db import connection

from accounts.models import User

COUNTED = 99
"""The highest number that is shown; above it stands "99+"."""

TO_DO = """
    SELECT
        (SELECT count(*) FROM (SELECT FROM handoffs
            WHERE account_id = %(account)s AND state = 'waiting' LIMIT %(most)s) AS everyone),
        (SELECT count(*) FROM (SELECT FROM handoffs
            WHERE target_id = %(user)s AND state = 'waiting' LIMIT %(most)s) AS for_me),
        (SELECT count(*) FROM (SELECT session_id FROM handoffs WHERE claimed_by_id = %(user)s AND state = 'claimed'
            ORDER BY coalesce(ended_at, claimed_at, created_at) DESC, id DESC LIMIT %(most)s) AS claimed
            JOIN ai_sessions ON ai_sessions.id = session_id
            WHERE owner_id = %(user)s AND status IN ('active', 'paused')),
        (SELECT count(*) FROM (SELECT FROM handoffs
            WHERE from_user_id = %(user)s AND state = 'waiting' LIMIT %(most)s) AS from_me)
"""
"""Each reads at most 100 entries of an index. Of the claimed ones, those whose session is still the claimer's to do."""


@dataclass(frozen=True)
class Counts:
    """`unclaimed` in the account; `tabs`: key of a tab → its number as it is shown, "" in place of 0."""

    unclaimed: int
    tabs: dict[str, str]

    @property
    def title(self) -> str:
        """The queue's title in the browser's tab."""
        return f"{shown(self.unclaimed)} unclaimed · Escalations" if self.unclaimed else "Escalations"


def counts_for(user: User) -> Counts:
    """Count in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(TO_DO, {"account": user.account_id, "user": user.pk, "most": COUNTED + 1})
        everyone, for_me, claimed, from_me = cursor.fetchone()
    tabs = {"": everyone, "for-me": for_me, "claimed": claimed, "from-me": from_me}
    return Counts(everyone, {key: shown(number) if number else "" for key, number in tabs.items()})


def shown(count: int) -> str:
    return f"{COUNTED}+" if count > COUNTED else str(count)
