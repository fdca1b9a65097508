"""What others did to a session while somebody wrote its text, as the page that closes it says."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.dateparse import parse_datetime

from tickets.changes import Change, Difference, changes_since, differences

if TYPE_CHECKING:
    from tickets.views.closing_page import ClosingPage


@dataclass
class Overtaking:
    """How the session differs from what the person has seen of it."""

    page: "ClosingPage"

    @cached_property
    def shown_version(self) -> int:
        """The state version that the person has seen: what the form was rendered from, until they take the new one."""
        sent = self.page.sent_version
        return self.page.session.state_version if sent is None else sent

    @property
    def is_overtaken(self) -> bool:
        return self.shown_version != self.page.session.state_version

    @property
    def keeps_seen(self) -> bool:
        """Whether the form goes on saying what the person saw before the session changed."""
        return self.page.is_part and self.is_overtaken

    @property
    def next_version(self) -> int:
        """The state version that the form says it was rendered from."""
        return self.shown_version if self.keeps_seen else self.page.session.state_version

    @property
    def seen(self) -> str:
        """The sentences that the person has seen."""
        return str(self.page.form.data.get("seen", "")) if self.keeps_seen else self.page.cited.seen

    @property
    def seen_at(self) -> datetime:
        return (self._seen_at if self.keeps_seen else None) or self.page.now

    @property
    def _seen_at(self) -> datetime | None:
        sent = parse_datetime(str(self.page.form.data.get("seen_at", "")))
        return sent if sent and sent.tzinfo else None

    @property
    def saw_provisional(self) -> bool:
        return "seen_provisional" in self.page.form.data

    @property
    def next_provisional(self) -> bool:
        return self.saw_provisional if self.keeps_seen else self.page.document.is_provisional

    @cached_property
    def changes(self) -> list[Change]:
        if self.is_overtaken:
            return changes_since(self.page.session, self.shown_version, self._seen_at)
        if self.page.is_draft_old and self.page.draft:
            return changes_since(self.page.session, self.page.draft.state_version, self.page.draft.edited_at)
        return []

    @property
    def follows(self) -> str:
        """What the latest change means for the text, after "so it"."""
        is_provisional = self.page.document.is_provisional
        if not self.is_overtaken or not self.page.form.is_bound or self.saw_provisional == is_provisional:
            return ""
        return "now says provisional" if is_provisional else "no longer says provisional"

    @cached_property
    def differences(self) -> list[Difference]:
        if self.page.is_draft_old and self.page.draft and self.page.is_editing:
            return differences(self.page.draft.begun_from, self.page.markdown)
        seen = str(self.page.form.data.get("seen", ""))
        return differences(seen, self.page.cited.seen) if self.is_overtaken and seen else []
