"""FlowPilot's answers, what was sent to a model, playbooks, and what retrieval finds (docs/domain.md §3)."""

from flowpilot.models.answer import OPEN, Answer, AnswerState
from flowpilot.models.call import ModelCall, Purpose, Rating
from flowpilot.models.case import Case, CaseKind
from flowpilot.models.playbook import Playbook
from flowpilot.models.text_tokens import TextTokens

__all__ = [
    "OPEN",
    "Answer",
    "AnswerState",
    "Case",
    "CaseKind",
    "ModelCall",
    "Playbook",
    "Purpose",
    "Rating",
    "TextTokens",
]
