"""“What we know” in the lane of the session page: the facts, the form that is open, and what was just removed."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from common.compiled_query import compiled
from common.ids import uuid_or_none
from sessions.models import AISession, Author, Fact, FactKind, Message
from sessions.status import UNDO_WINDOW

COLUMNS = (
    *("session_id", "text", "kind", "version", "created_at", "deleted_at", "user_id", "changed_by_id"),
    *("user__display_name", "user__email", "changed_by__display_name", "changed_by__email"),
    *("source_message__sequence", "source_message__author", "source_message__created_at"),
    *("source_message__user__display_name", "source_message__user__email"),
)
NEW = "new"
"""The value of `?fact=` that opens the form of a new fact; the id of one opens its form."""

_NUMBER = re.compile(r"\d{1,9}")


@dataclass
class FactForm:
    """The form of a fact. `fact`: the one being edited, None for a new one. `source`: the message of a new one."""

    fact: Fact | None = None
    source: Message | None = None
    text: str = ""
    kind: str = FactKind.ENGINEER_NOTE
    errors: dict[str, str] = field(default_factory=dict)
    refusal: str = ""

    @property
    def kinds(self) -> list[tuple[str, str, bool]]:
        """Value, label and whether it is chosen, of each way to know something."""
        order = (FactKind.DIAGNOSTIC_CHECK, FactKind.QUESTION, FactKind.ENGINEER_NOTE)
        return [(kind.value, kind.label, kind == self.kind) for kind in order]

    def draft_key(self, user: User, session: AISession) -> str:
        return draft_key(user, session.pk, self.fact, self.source.sequence if self.source else None)


@dataclass
class Known:
    """`facts`: those to show, oldest first; a removed one among them offers *Undo*. `focused`: the one just written.

    `refusal`: why a button did nothing; it is shown at `refused`, or above the list.
    """

    session: AISession
    user: User
    facts: list[Fact]
    form: FactForm | None = None
    focused: UUID | None = None
    refusal: str = ""
    refused: UUID | None = None

    @property
    def count(self) -> int:
        return sum(not fact.is_removed for fact in self.facts)

    @property
    def may_change(self) -> bool:
        return self.user.can_work and not self.session.is_closed

    @property
    def draft_key(self) -> str:
        return self.form.draft_key(self.user, self.session) if self.form else ""


def draft_key(user: User, session_id: UUID, fact: Fact | None, source: int | None) -> str:
    """Return the key under which a browser keeps the unsent text of a form (static/js/drafts.js)."""
    return f"{user.pk}:{fact.pk}:fact" if fact else f"{user.pk}:{session_id}:fact:{source or NEW}"


def facts_of(session: AISession, user: User, *also: UUID) -> list[Fact]:
    """Return the session's facts, oldest first: one query.

    Of removed ones, those that this person has just removed, and those with the ids in `also`.
    """
    removed_since = timezone.now() - UNDO_WINDOW
    if also:
        return list(_facts(session.pk, user.pk, removed_since, *also))
    return _facts_of(session.pk, user.pk, removed_since)


def _facts(session_id: UUID, user_id: UUID, removed_since: datetime, *also: UUID) -> QuerySet[Fact]:
    removed_just_now = Q(deleted_at__gt=removed_since, changed_by=user_id)
    facts = Fact.objects.filter(Q(deleted_at=None) | removed_just_now | Q(pk__in=also), session_id=session_id)
    return facts.select_related("user", "changed_by", "source_message__user").only(*COLUMNS)


_facts_of = compiled(UUID, UUID, datetime)(_facts)


def read_known(session: AISession, user: User, query: QueryDict) -> Known:
    """Return what is known, with the form open that an address names: `?fact=new&message=5`, or `?fact=` and an id.

    The id of a removed fact shows it where it was, with *Undo*.
    """
    name = query.get("fact", "")
    named = uuid_or_none(name)
    known = Known(session, user, facts_of(session, user, *([named] if named else ())))
    if name == NEW and known.may_change:
        known.form = FactForm(source=message_of(session, query.get("message")))
    fact = next((each for each in known.facts if each.pk == named), None)
    if fact and not fact.is_removed and known.may_change:
        known.form = FactForm(fact, text=fact.text, kind=fact.kind)
    return known


def message_of(session: AISession, number: str | None) -> Message | None:
    """Return the message with this number if people may take a fact from it; None for anything else."""
    if not number or not _NUMBER.fullmatch(number):
        return None
    written = session.messages.exclude(author=Author.SYSTEM).select_related("user")
    return written.filter(sequence=int(number)).first()
