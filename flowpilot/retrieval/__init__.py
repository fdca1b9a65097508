"""Finds what worked before for a problem: fixes, script templates and playbooks (docs/copilot.md, *How it finds*).

The database does it, in one function, `flowpilot_find` (docs/decisions/0021-retrieval-in-postgresql.md).
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from flowpilot.models import CaseKind

SAID_MAX = 20_000
"""Characters of a problem that are searched for."""


@dataclass(frozen=True)
class Hit:
    """A case near to the problem. `id`: of the fix, template or playbook.

    `score`: compares hits of the same kind. `share`: 0 to 1, of the problem's words (by rarity) that this case has.
    `found`: those words, as the database stores them, the rarest first.
    """

    kind: CaseKind
    id: UUID
    score: float
    share: float
    found: tuple[str, ...]


def find(account_id: UUID, said: str) -> list[Hit]:
    """Return the nearest cases of the account and of the shared library, at most 20 of each shelf, the best first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, id, score, share, found FROM flowpilot_find(%s, %s)", [account_id, said[:SAID_MAX]]
        )
        return [Hit(CaseKind(kind), id_, score, share, tuple(found)) for kind, id_, score, share, found in cursor]
