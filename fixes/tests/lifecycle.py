"""The acts on a fix without a tenant's scope, for tests that are about something else."""

from functools import partial

from fixes import lifecycle
from fixes.models import SuggestedFix
from sessions.models import AISession

EVERY_FIX, EVERY_SESSION = SuggestedFix.objects.all(), AISession.objects.all()

suggest = partial(lifecycle.suggest, sessions=EVERY_SESSION, again=True)
apply = partial(lifecycle.apply, fixes=EVERY_FIX)
decide = partial(lifecycle.decide, fixes=EVERY_FIX)
record = partial(lifecycle.record, fixes=EVERY_FIX)
add_notes = partial(lifecycle.add_notes, fixes=EVERY_FIX)
propose = partial(lifecycle.propose, fixes=EVERY_FIX)
confirm = partial(lifecycle.confirm, fixes=EVERY_FIX)
reject = partial(lifecycle.reject, fixes=EVERY_FIX)
undo = partial(lifecycle.undo, fixes=EVERY_FIX)
snooze = partial(lifecycle.snooze, fixes=EVERY_FIX)
reopen = partial(lifecycle.reopen, fixes=EVERY_FIX)
edit = partial(lifecycle.edit, fixes=EVERY_FIX)
