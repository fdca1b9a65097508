"""Joins several acts on a session into one: they share its lock, its state version and the order of its events.

A message with its markers, or a resolve with an outcome, is several acts in the code but one act to people.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from sessions.models import ActInProgress, AISession

Sessions = QuerySet[AISession]

_in_progress: ContextVar[Mapping[UUID, AISession]] = ContextVar("acts in progress", default=MappingProxyType({}))


@contextmanager
def one_act(session_id: UUID, *, sessions: Sessions) -> Iterator[AISession]:
    """Lock the session. Acts on it inside this block are one act: the state version rises once.

    Raises AISession.DoesNotExist for a session that isn't among `sessions`.
    """
    with transaction.atomic():
        locked = sessions.select_for_update(of=("self",)).get(pk=session_id)
        with act_on(locked) as session:
            yield session


@contextmanager
def act_on(locked: AISession) -> Iterator[AISession]:
    """Begin an act on a session whose row the caller has locked, or join the act in progress on it.

    Yields the instance to write to: in a joined act, the one that the first part began with. A part that raises
    leaves that instance as it found it, so its caller may go on after rolling back to a savepoint.
    """
    acts = _in_progress.get()
    session = acts.get(locked.pk)
    if session is not None:
        before = vars(session).copy(), vars(session.act).copy()
        try:
            yield session
        except BaseException:
            vars(session).update(before[0])
            vars(session.act).update(before[1])
            raise
        return
    locked.act = ActInProgress()
    token = _in_progress.set({**acts, locked.pk: locked})
    try:
        yield locked
    finally:
        _in_progress.reset(token)
