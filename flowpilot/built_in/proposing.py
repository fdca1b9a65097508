"""Writes a proposal: the marker that suggests the fix, and what FlowPilot says about it."""

from collections.abc import Sequence
from typing import Any

from fixes.evidence import Counts
from fixes.models import SuggestedFix
from flowpilot.built_in.candidates import Candidate
from flowpilot.built_in.conversation import Conversation
from flowpilot.built_in.sentences import say
from flowpilot.built_in.words import as_typed
from flowpilot.language import Language
from flowpilot.providers import Reply
from sessions.markers import Block


def propose(candidate: Candidate, skipped: Sequence[SuggestedFix], conversation: Conversation) -> Reply:
    language = conversation.language
    said = [_basis(candidate, language)]
    if words := as_typed(candidate.found, conversation.problem):
        said.append(say("because", language, words=", ".join(words)))
    said.append(_outcomes(candidate.counts, language))
    block = Block("SUGGEST_FIX", _suggestion(candidate))
    return Reply(" ".join(said), blocks=(block,), remarks=skips(skipped))


def skips(skipped: Sequence[SuggestedFix]) -> dict[str, Any]:
    """Return the remark on fixes that were left out."""
    return {"skipped": [{"title": fix.title, "fix_id": str(fix.pk)} for fix in skipped]} if skipped else {}


def listed(words: Sequence[str], language: Language) -> str:
    """Return "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {'and' if language == 'en' else 'und'} {words[-1]}"


def _basis(candidate: Candidate, language: Language) -> str:
    if candidate.earlier:
        session = candidate.earlier.session
        reference = session.ticket_ref or f"“{session.title}”"
        name = f"{reference} ({session.client_name})" if session.client_name else reference
        return say("from_session", language, name=name, title=candidate.title)
    if candidate.playbook:
        return say("from_playbook", language, problem=candidate.playbook.title, title=candidate.title)
    return say("from_template", language, title=candidate.title)


def _outcomes(counts: Counts | None, language: Language) -> str:
    if counts is None or not counts.verdicts:
        return say("untried", language)
    if counts.is_enough:
        return say("worked", language, worked=counts.worked, verdicts=counts.verdicts)
    return say("worked_before" if counts.score else "failed_before", language)


def _suggestion(candidate: Candidate) -> dict[str, Any]:
    """Return the marker's payload. A playbook's own text outranks that of an earlier fix, which may be older."""
    fields: dict[str, Any] = {"title": candidate.title, "confidence_pct": candidate.confidence_pct}
    if playbook := candidate.playbook:
        fields |= {"description": playbook.description, "verification_hint": playbook.verification_hint or None}
        fields["ai_drafted_script"] = playbook.script or None
    elif earlier := candidate.earlier:
        fields |= {"description": earlier.description, "verification_hint": earlier.verification_hint}
        if earlier.script_template is None:
            fields |= {
                "ai_drafted_script": earlier.ai_drafted_script,
                "ai_drafted_parameters": earlier.ai_drafted_parameters,
            }
    elif candidate.template:
        fields["description"] = candidate.template.description or candidate.template.name
    if template_id := _usable_template(candidate):
        fields["script_template_id"] = template_id
    return {name: value for name, value in fields.items() if value is not None}


def _usable_template(candidate: Candidate) -> str | None:
    template = candidate.template or (candidate.earlier.script_template if candidate.earlier else None)
    return str(template.pk) if template and not template.retired else None
