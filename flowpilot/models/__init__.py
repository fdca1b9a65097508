"""FlowPilot's answers, what was sent to a model for them, playbooks, and what retrieval finds (docs/domain.md §3)."""

from flowpilot.models.answer import OPEN, Answer, AnswerState
from flowpilot.models.call import ModelCall, Rating
from flowpilot.models.case import Case, CaseKind
from flowpilot.models.playbook import Playbook

__all__ = ["OPEN", "Answer", "AnswerState", "Case", "CaseKind", "ModelCall", "Playbook", "Rating"]
