"""Writes a proposal: the marker that suggests the fix, and what FlowPilot says about it."""

from collections.abc import Sequence
from typing import Any

from fixes.evidence import Counts
from fixes.evidence.sentences import headline
from fixes.models import SuggestedFix
from fixes.transitions import Status
from flowpilot.built_in.candidates import Candidate
from flowpilot.built_in.conversation import Conversation
from flowpilot.built_in.sentences import say
from flowpilot.built_in.words import as_typed
from flowpilot.language import Language
from flowpilot.providers import Reply
from sessions.markers import Block


def propose(candidate: Candidate, skipped: Sequence[SuggestedFix], conversation: Conversation) -> Reply:
    language = conversation.language
    said = [*_again(candidate, conversation), _basis(candidate, language)]
    if words := as_typed(candidate.found, conversation.problem):
        said.append(say("because", language, words=", ".join(words)))
    said.append(_outcomes(candidate.counts, language))
    block = Block("SUGGEST_FIX", _suggestion(candidate))
    return Reply(" ".join(said), blocks=(block,), remarks=skips(skipped))


def _again(candidate: Candidate, conversation: Conversation) -> list[str]:
    """Say that it was suggested here before, and why it is suggested again."""
    if all(fix.group != candidate.group for fix in conversation.fixes):
        return []
    return [say("again_as_last" if conversation.asks_for_next else "again", conversation.language)]


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
        helped_in_part = candidate.earlier.status == Status.PARTIAL
        key = "from_session_partly" if helped_in_part else "from_session"
        return say(key, language, name=name, title=candidate.title)
    if candidate.playbook:
        return say("from_playbook", language, problem=candidate.playbook.title, title=candidate.title)
    return say("from_template", language, title=candidate.title)


def _outcomes(counts: Counts | None, language: Language) -> str:
    """Say what came of it in the account, by the same counts as the banner."""
    if counts is None or not counts.verdicts:
        return say("untried", language)
    return f"{headline(counts) if language == 'en' else _headline_in_german(counts)}."


def _headline_in_german(counts: Counts) -> str:
    named = {"geholfen": counts.worked, "teilweise geholfen": counts.partly, "nicht geholfen": counts.failed}
    results = ", ".join(f"{number}-mal {what}" for what, number in named.items() if number)
    sessions = "einer" if counts.verdicts == 1 else f"{'' if counts.is_all else 'den letzten '}{counts.verdicts}"
    return f"In {sessions} Ihrer Sitzungen versucht: {results}"


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
