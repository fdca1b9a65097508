import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Account, User
from sessions.models import AISession
from tickets.models.text import Kind, Language

BUILT_IN = "built-in"
"""The writer that needs no model."""


class PreviewState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    WRITING = "writing", "Writing"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"


OPEN = frozenset({PreviewState.WAITING, PreviewState.WRITING})
"""The states in which a model still has to write."""


class Preview(models.Model):
    """A text before it is posted, kept for everyone who asks for the same one: the cache of all processes.

    One row for each session, kind, language, writer, state version and input of the form (`digest`). A model's text
    is written by a job: until it is done, `document` is the built-in one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # the unique index below begins with the session
    session = models.ForeignKey(AISession, models.CASCADE, related_name="+", db_index=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=18, choices=Kind)
    language = models.CharField(max_length=2, choices=Language)
    writer = models.CharField("built-in, or the model’s name", max_length=100, default=BUILT_IN)
    state_version = models.PositiveIntegerField("the session's, which it describes")
    digest = models.CharField("SHA-256 of the form's input", max_length=64)
    inputs = models.JSONField("the form's input", default=dict)
    state = models.CharField(max_length=7, choices=PreviewState, default=PreviewState.DONE)
    document = models.JSONField("the text, see tickets.writing.document", default=dict)
    slots = models.JSONField("what the model phrased, see tickets.writing.slots", null=True)
    error = models.TextField("why the model failed, in words for people", default="")
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # Who writes: only the holder of the latest claim can finish, however late an earlier one wakes up
    claim = models.UUIDField(null=True, editable=False)
    job = models.CharField("job that claimed it", max_length=40, default="", editable=False)
    attempt = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField("when a busy server may be asked again", null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    started_at = models.DateTimeField(null=True, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        db_table = "text_previews"
        ordering: ClassVar = ["created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["session", "kind", "language", "writer", "state_version", "digest"], name="text_previews_one"
            ),
            models.CheckConstraint(condition=Q(state__in=PreviewState.values), name="text_previews_state"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["created_at"], condition=Q(state__in=("waiting", "writing")), name="text_previews_unwritten"
            )
        ]

    def __str__(self) -> str:
        return f"Preview of {self.session_id} by {self.writer}: {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_overtaken(self) -> bool:
        """Whether the session has changed since, and this describes what was."""
        return self.state_version != self.session.state_version
