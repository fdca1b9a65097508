"""What the pages of `sessions` show of texts and handoffs (`sessions.extensions`)."""

from dataclasses import dataclass
from uuid import UUID

from accounts.requests import MemberRequest
from sessions.extensions import Entry, Extension, Summary
from sessions.models import AISession


@dataclass
class Panel:
    session: AISession
    tab_state: str = ""
    entries: tuple[Entry, ...] = ()


def _panel(request: MemberRequest, session: AISession) -> Panel:
    return Panel(session)


def _summaries(sessions: list[AISession]) -> dict[UUID, Summary]:
    return {}


EXTENSION = Extension(
    name="tickets",
    panel=_panel,
    summaries=_summaries,
    templates={},
    entry_template="",
)
