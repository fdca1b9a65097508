"""Keeps the queue of draft templates: one for each fix with the decision *draft template*."""

from fixes.lifecycle.by import By
from fixes.models import DraftTemplate, SuggestedFix
from fixes.transitions import Decision


def follow_decision(fix: SuggestedFix, by: By) -> None:
    """Add the fix's script to the queue or remove it, according to the fix's present decision."""
    if fix.user_decision != Decision.DRAFT_TEMPLATE:
        DraftTemplate.objects.filter(fix=fix).delete()
        return
    draft = {
        "account_id": fix.account_id,
        "drafted_by": by.user,
        "name": fix.title,
        "body": fix.script or "",
        "parameters": fix.ai_drafted_parameters,
    }
    DraftTemplate.objects.update_or_create(fix=fix, defaults=draft)
