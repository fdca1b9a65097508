"""Posted texts, handoffs, and what people see before they post: previews and drafts (docs/domain.md §3)."""

from tickets.models.draft import Draft
from tickets.models.handoff import Handoff, HandoffQuerySet, HandoffState, state_since, works_here
from tickets.models.handoff_event import HandoffAction, HandoffEvent
from tickets.models.preview import Preview, PreviewState
from tickets.models.text import Kind, Language, PostedText

__all__ = [
    "Draft",
    "Handoff",
    "HandoffAction",
    "HandoffEvent",
    "HandoffQuerySet",
    "HandoffState",
    "Kind",
    "Language",
    "PostedText",
    "Preview",
    "PreviewState",
    "state_since",
    "works_here",
]
