"""The acts on a session, on rows of any account, for tests about something else."""

from functools import partial
from typing import Any
from uuid import UUID

from sessions import acts, status
from sessions.models import AISession

post = partial(acts.post, sessions=AISession.objects.all())
reopen = partial(status.reopen, sessions=AISession.objects.all())
undo = partial(status.undo, sessions=AISession.objects.all())


def edit(session_id: UUID, changes: dict[str, str], **options: Any) -> AISession:
    """Edit a session as its owner, or as `user`."""
    sessions = options.pop("sessions", AISession.objects.all())
    user = options.pop("user", None) or AISession.objects.get(pk=session_id).owner
    return acts.edit(session_id, changes, user=user, sessions=sessions, **options)
