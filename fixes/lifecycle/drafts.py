"""The queue of scripts that may become templates: one draft for a fix whose decision says so, none for others."""

from fixes.lifecycle.by import By
from fixes.models import DraftTemplate, SuggestedFix
from fixes.transitions import Decision


def follow_decision(fix: SuggestedFix, by: By) -> None:
    """Queue the script that ran, or take it out of the queue, as the fix's decision says now."""
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
