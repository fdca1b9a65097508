"""The acts on a session without a tenant's scope, for tests that are about something else."""

from functools import partial

from sessions import acts
from sessions.models import AISession

begin = acts.begin
post = partial(acts.post, sessions=AISession.objects.all())
edit = partial(acts.edit, sessions=AISession.objects.all())
reopen = partial(acts.reopen, sessions=AISession.objects.all())
