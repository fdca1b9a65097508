"""What tells previews of the same session, kind, language and writer apart (docs/texts.md, *Previews*).

Besides what the form says, that is what a text depends on although no act on the session changes it: the names of
people, the account's time zone, and the day.
"""

import json
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models.expressions import RawSQL
from django.utils import timezone

from accounts.models import User
from sessions.models import AISession
from tickets.bundle import ClosingInput

DIGEST = r"""
    encode(sha256(convert_to(%s || (
        SELECT coalesce(string_agg(coalesce(nullif(display_name, ''), email), E'\n' ORDER BY id), '')
        FROM users WHERE account_id = %s OR account_id IS NULL
    ), 'UTF8')), 'hex')
"""
"""SHA-256 of what is known here and of everybody whom a text of the account can name: superusers have no account.

PostgreSQL reads the names while it looks for the preview, so that a preview from the cache takes one statement.
"""


def digest_of(session: AISession, inputs: ClosingInput, user: User) -> RawSQL:
    """Return the digest as an expression: the form's input, whose form it is if it says anything, and the rest."""
    zone = session.account.time_zone
    today = timezone.now().astimezone(ZoneInfo(zone)).date()
    said = inputs.as_json()
    known = json.dumps([said, str(user.pk) if said else "", zone, today.isoformat()], sort_keys=True)
    return RawSQL(DIGEST, [known, session.account_id])  # noqa: S611 - a constant


def value_of(digest: RawSQL) -> str:
    """Return the digest itself: one query."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {digest.sql}", digest.params)
        return str(cursor.fetchone()[0])
