"""Finds what worked before for a problem: fixes, script templates and playbooks (docs/copilot.md, *How it finds*).

The database does it, in one function, `flowpilot_find` (docs/decisions/0022-retrieval-in-postgresql.md).
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from flowpilot.models import CaseKind
from flowpilot.retrieval.noise import without_noise

SAID_MAX = 20_000
"""Characters of a problem that are searched for."""


@dataclass(frozen=True)
class Hit:
    """A case near to the problem. `id`: of the fix, template or playbook.

    `found`: the problem's words that the case has, as the database stores them, the rarest first, each with its weight
    from 0 to 1; a code's goes to 2. `score`: the sum of the weights, adjusted to the length of the case.
    """

    kind: CaseKind
    id: UUID
    score: float
    found: dict[str, float]

    @property
    def weight(self) -> float:
        return sum(self.found.values())


def find(account_id: UUID, said: str) -> list[Hit]:
    """Return the nearest cases of the account and of the shared library, at most 20 of each shelf, the best first."""
    with connection.cursor() as cursor:
        cursor.execute(FIND, [account_id, without_noise(said[:SAID_MAX])])
        return [
            Hit(CaseKind(kind), id_, score, dict(zip(found, weights, strict=True)))
            for kind, id_, score, found, weights in cursor
        ]


FIND = "SELECT kind, id, score, found, weights FROM flowpilot_find(%s, %s)"
