"""Acts on the facts of a session, “what we know”: add one, change it, remove it, restore it (docs/domain.md §3).

Their parameters `sessions`, `version` and `form_key` are those of `sessions.acts`. Each act is one step of the
session's state version.
"""

from datetime import datetime, timedelta
from typing import Any, TypedDict
from uuid import UUID

from django.db.models import Count, Max, Q
from django.utils import timezone

from accounts.models import User
from common.refusals import InvalidInput
from common.text import required_text
from common.versions import Seen
from sessions.models import AISession, Fact, FactKind, Message
from sessions.one_act import Sessions, one_act
from sessions.refusals import FactChanged, FormReused, SessionClosed, TooManyFacts, refuse_stale_session

TEXT_MAX = 2_000
FACTS_MAX = 200
"""Facts of one session that aren't removed: the page shows all of them."""

TICK = timedelta(microseconds=1)


class Changes(TypedDict, total=False):
    """What to change of a fact. `removed`: True removes it, False restores it."""

    text: str | None
    kind: str
    removed: bool


def add(
    session_id: UUID,
    text: str | None,
    kind: str,
    *,
    user: User | None,
    source: UUID | int | None = None,
    at: datetime | None = None,
    sessions: Sessions,
    version: Seen | None = None,
    form_key: UUID | None = None,
) -> Fact:
    """Add a fact. `user`: who adds it; None for FlowPilot. `source`: id or number of the message it comes from.

    Raises InvalidInput on `text`, `kind` and `source_message_id`; SessionClosed; TooManyFacts; FormReused for a key
    that has added another fact.
    """
    columns = _cleaned({"text": text, "kind": kind})
    with one_act(session_id, sessions=sessions) as session:
        if added := _added_before(session, user, form_key):
            return _same_fact(added, columns)
        message = _source(session, source)
        refuse_stale_session(session, version)
        _refuse_closed(session)
        now = _after_the_last(session, at or timezone.now())
        session.advance(now)
        owned = {"session": session, "account_id": session.account_id, "user": user, "form_key": form_key}
        return Fact.objects.create(**owned, **columns, source_message=message, created_at=now)


def change(
    session_id: UUID,
    fact_id: UUID,
    changes: Changes,
    *,
    user: User,
    sessions: Sessions,
    version: Seen | None = None,
    seen: int | None = None,
) -> Fact:
    """Change text or kind of a fact, remove or restore it. What would change nothing writes nothing.

    `seen`: the fact's own version when the caller's form was rendered. Raises Fact.DoesNotExist; InvalidInput;
    SessionClosed; FactChanged when someone else has changed or removed the fact since.
    """
    columns = _cleaned(changes)
    with one_act(session_id, sessions=sessions) as session:
        fact = session.facts.select_related("source_message__user", "user", "changed_by").get(pk=fact_id)
        now = timezone.now()
        removed = changes.get("removed", fact.is_removed)
        if removed != fact.is_removed:
            columns["deleted_at"] = now if removed else None
        new = {name: value for name, value in columns.items() if getattr(fact, name) != value}
        edits_a_removed_one = removed and fact.is_removed and columns
        if not new and not edits_a_removed_one:
            return fact
        refuse_stale_session(session, version)
        _refuse_closed(session)
        if edits_a_removed_one:
            raise FactChanged("This fact was removed. Restore it to change it.", fact=fact, code="fact_removed")
        if seen is not None and seen != fact.version:
            raise FactChanged("Someone changed this fact. Nothing has been saved.", fact=fact)
        if removed is False and fact.is_removed:
            _refuse_too_many(session)
        session.advance(now)
        return _write(fact, changed_at=now, changed_by=user, version=fact.version + 1, **new)


def _cleaned(given: Changes) -> dict[str, Any]:
    """Return the given columns, cleaned. Raises one InvalidInput that names every invalid field."""
    columns: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    if "text" in given:
        try:
            columns["text"] = required_text(given["text"], "text", "Write what you know.", max_length=TEXT_MAX)
        except InvalidInput as refused:
            wrong |= refused.errors
    if "kind" in given:
        columns["kind"] = given["kind"]
        if given["kind"] not in FactKind.values:
            wrong["kind"] = f"Choose one of: {', '.join(FactKind.values)}."
    if wrong:
        raise InvalidInput(**wrong)
    return columns


def _added_before(session: AISession, user: User | None, form_key: UUID | None) -> Fact | None:
    return session.facts.filter(user=user, form_key=form_key).first() if form_key else None


def _same_fact(added: Fact, columns: dict[str, Any]) -> Fact:
    if any(getattr(added, name) != value for name, value in columns.items()):
        raise FormReused(f"This was already added as “{added}”. Add your text as another fact?")
    return added


def _source(session: AISession, source: UUID | int | None) -> Message | None:
    if source is None:
        return None
    lookup = {"sequence": source} if isinstance(source, int) else {"pk": source}
    message = session.messages.select_related("user").filter(**lookup).first()
    if message is None:
        raise InvalidInput(source_message_id="There is no such message in this session.")
    return message


def _refuse_closed(session: AISession) -> None:
    if session.is_closed:
        raise SessionClosed(f"This session is {session.status}. Reopen it to change what we know.")


def _after_the_last(session: AISession, now: datetime) -> datetime:
    """Return a time for a new fact: facts are shown in the order in which they were added, also by one message."""
    last = _refuse_too_many(session)
    return max(now, last + TICK) if last else now


def _refuse_too_many(session: AISession) -> datetime | None:
    """Raise TooManyFacts if the session has no room for another fact. Returns when the last one was added."""
    live = Count("id", filter=Q(deleted_at=None))
    facts = session.facts.aggregate(live=live, last=Max("created_at"))
    if facts["live"] >= FACTS_MAX:
        raise TooManyFacts(f"This session has {FACTS_MAX} facts, which is the limit. Remove one first.")
    last: datetime | None = facts["last"]
    return last


def _write(fact: Fact, **columns: Any) -> Fact:
    for name, value in columns.items():
        setattr(fact, name, value)
    fact.save(update_fields=list(columns))
    return fact
