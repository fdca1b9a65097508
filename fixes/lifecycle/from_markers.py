"""What the markers SUGGEST_FIX and FIX_OUTCOME do (docs/domain.md §6, *Markers*).

They call the acts that every edge calls. Only here a confidence is rounded and brought between 0 and 100, and a text
that is too long is cut at a word; the effect says so.
"""

from typing import Any

from common.ids import uuid_or_none
from common.refusals import InvalidInput
from common.text import NOTES_MAX, clean_line, clean_text
from fixes.lifecycle.acts import propose
from fixes.lifecycle.by import By
from fixes.lifecycle.suggestions import HINT_MAX, TITLE_MAX, refuse_unknown, suggest
from fixes.models import SuggestedFix
from fixes.transitions import Source, Status
from sessions.markers import Done, MarkerContext
from sessions.models import AISession

COPILOT = By(None, Source.COPILOT)

OUTCOMES = {
    "success": Status.SUCCESS,
    "failure": Status.FAILED,
    "partial": Status.PARTIAL,
    "pending": Status.PENDING,
}
"""What a marker calls an outcome → the status that it proposes."""

MARKER_MAX = 50_000
"""Characters of one value: no message holds more."""


def suggest_fix(context: MarkerContext, payload: dict[str, Any]) -> Done:
    """Suggest a fix: it becomes the session's current one. Raises what `suggest` raises."""
    refuse_unknown(payload)
    notes: list[str] = []
    fields = dict(payload)
    fields["title"] = _cut("title", clean_line(payload.get("title"), "title", max_length=MARKER_MAX), TITLE_MAX, notes)
    fields["confidence_pct"] = _confidence(payload.get("confidence_pct"), notes)
    if "verification_hint" in payload:
        hint = clean_text(payload["verification_hint"], "verification_hint", max_length=MARKER_MAX)
        fields["verification_hint"] = _cut("verification hint", hint, HINT_MAX, notes)
    if payload.get("script_template_id") is not None:
        fields["script_template_id"] = _id_of(payload, "script_template_id", "There is no such script template.")
    sessions = AISession.objects.filter(account=context.session.account_id)
    fix = suggest(context.session.pk, fields, COPILOT, sessions=sessions, origin=context.origin)
    return Done(fix.pk, " ".join(notes))


def fix_outcome(context: MarkerContext, payload: dict[str, Any]) -> Done:
    """Propose an outcome for the session's current fix; people decide. Raises what `propose` raises."""
    known = ("fix_id", "outcome", "reason")
    if unknown := [key for key in payload if key not in known]:
        raise InvalidInput(**{unknown[0]: f"There is no such field. Use {', '.join(known)}."})
    notes: list[str] = []
    outcome = payload.get("outcome")
    if not isinstance(outcome, str) or outcome not in OUTCOMES:
        raise InvalidInput(outcome=f"“{str(outcome)[:50]}” is not one of {', '.join(OUTCOMES)}.")
    reason = _cut("reason", clean_text(payload.get("reason"), "reason", max_length=MARKER_MAX), NOTES_MAX, notes)
    fix_id = _id_of(payload, "fix_id", NO_SUCH_FIX)
    fixes = SuggestedFix.objects.filter(session=context.session.pk)
    try:
        fix = propose(fix_id, OUTCOMES[outcome], reason, COPILOT, fixes=fixes, message_id=context.message.pk)
    except SuggestedFix.DoesNotExist:
        raise InvalidInput(fix_id=NO_SUCH_FIX) from None
    return Done(fix.pk, " ".join(notes))


NO_SUCH_FIX = "There is no such fix in this session."


def _id_of(payload: dict[str, Any], field: str, missing: str) -> Any:
    found = uuid_or_none(payload.get(field))
    if found is None:
        raise InvalidInput(**{field: missing})
    return found


def _confidence(value: Any, notes: list[str]) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidInput(confidence_pct=f"{_quoted(value)} is not a number from 0 to 100.")
    within = min(max(value, 0), 100)
    if within != value:
        notes.append(f"The confidence was brought to {within}: it goes from 0 to 100.")
    return int(within + 0.5)


def _quoted(value: Any) -> str:
    return "Nothing" if value is None else f"“{str(value)[:50]}”"


def _cut(name: str, text: str | None, most: int, notes: list[str]) -> str | None:
    """Return the text, cut at a word to `most` characters with an ellipsis at its end."""
    if text is None or len(text) <= most:
        return text
    notes.append(f"The {name} had {len(text):,} characters and was cut to {most:,}.")
    kept = text[: most - 1]
    if not text[most - 1].isspace():
        words = kept.rsplit(maxsplit=1)
        kept = words[0] if len(words) > 1 and len(words[0]) > most // 2 else kept
    return kept.rstrip() + "…"
