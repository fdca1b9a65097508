"""What a row of the session list shows.

A row is a dict of finished strings: a template takes several times as long to look them up and escape them.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.safestring import SafeString

from common.addresses import address
from common.escaped import escaped
from common.templatetags.times import ago, check_time
from sessions.extensions import Summary
from sessions.models import AISession
from sessions.templatetags.sessions import session_state, state

Row = dict[str, Any]


def row_of(session: AISession, summaries: Iterable[Summary]) -> Row:
    """Return one row, with what other apps say of its session."""
    return {
        "address": SafeString(address("session", session.pk)),
        "title": escaped(session.title),
        "state": session_state(session),
        "ticket": escaped(session.ticket_ref),
        "client": escaped(session.client_name),
        "owner": escaped(str(session.owner)),
        "summaries": SafeString("".join(state(each.tone, each.icon, each.word) for each in summaries)),
        "due": SafeString("".join(check_time(each.due) for each in summaries if each.due)),
        "changed": ago(session.updated_at),
    }
