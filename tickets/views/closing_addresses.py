"""The addresses of the page that closes a session, and of what its buttons do."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from tickets.models import Kind

ACT = {Kind.NOTE: "resolve", Kind.PACKAGE: "escalate"}
"""Kind of text → the act that posts it, as addresses name it."""


@dataclass(frozen=True)
class Addresses:
    """The addresses of the page that posts this kind of text about a session."""

    session_id: UUID
    kind: Kind

    def of(self, part: str = "") -> str:
        return reverse(f"session-{ACT[self.kind]}{part}", args=[self.session_id])

    @property
    def page(self) -> str:
        return self.of()

    @property
    def preview(self) -> str:
        return self.of("-preview")

    @property
    def draft(self) -> str:
        return self.of("-draft")

    @property
    def discard(self) -> str:
        return self.of("-discard")

    @property
    def retry(self) -> str:
        return self.of("-retry")

    @property
    def draft_file(self) -> str:
        return self.of("-draft-file")

    @property
    def session(self) -> str:
        return reverse("session", args=[self.session_id])
