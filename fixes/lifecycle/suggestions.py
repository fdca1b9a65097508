"""Suggestions: their fields, their validation, and the act that creates a fix (docs/domain.md §3)."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from common.refusals import IllegalTransition, InvalidInput
from common.text import clean_text, is_storable, required_line, required_text, verbatim
from common.versions import Seen, refuse_stale
from fixes.lifecycle.by import By
from fixes.lifecycle.refusals import AlreadyFailed
from fixes.lifecycle.writer import Fixes, create
from fixes.models import ScriptTemplate, SuggestedFix
from fixes.same_fix import title_key
from fixes.transitions import Status
from sessions.models import AISession
from sessions.one_act import Sessions, one_act
from sessions.refusals import SessionClosed

TITLE_MAX = 200
HINT_MAX = 500
ORIGIN_MAX = 100
DESCRIPTION_MAX = SCRIPT_MAX = 50_000
FIELDS = (
    *("title", "description", "confidence_pct", "verification_hint"),
    *("script_template_id", "ai_drafted_script", "ai_drafted_parameters"),
)
"""The fields of a suggestion, which an edit may correct. The product sets ids, times and statuses."""


def suggest(
    session_id: UUID,
    suggestion: dict[str, Any],
    by: By,
    *,
    sessions: Sessions,
    version: Seen | None = None,
    fix_id: UUID | None = None,
    origin: str = "",
    again: bool = False,
) -> SuggestedFix:
    """Create a fix as the session's current one, and supersede the previous one.

    `suggestion`: some of FIELDS; title, description and confidence_pct (0 to 100) are required. `version`: the
    session's version that the caller saw. `fix_id`: the id of an imported fix. `origin`: whose confidence it is,
    "built-in" or a model's name; empty for a person or script. `again`: suggest it although it failed here before.
    Raises InvalidInput, Stale, SessionClosed, AlreadyFailed, and AISession.DoesNotExist for a session not among
    `sessions`.
    """
    with one_act(session_id, sessions=sessions) as session:
        fields = validated(session.account_id, suggestion)
        refuse_stale(version, session.state_version, "This session has changed since. Nothing was suggested.")
        if session.is_closed:
            raise SessionClosed(f"This session is {session.status}. Reopen it before suggesting a fix.")
        if not again:
            _refuse_failed(session, fields)
        given_id = {"id": fix_id} if fix_id else {}
        return create(session, {**fields, **given_id, "origin": origin[:ORIGIN_MAX]}, by, by.now())


def failed_before(session: AISession, title: str, template_id: UUID | None = None) -> SuggestedFix | None:
    """Return the latest fix of the session that failed and is the same as this one (`fixes.same_fix`), or None."""
    same = Q(title_key=title_key(title)) | (Q(script_template=template_id) if template_id else Q())
    return session.suggested_fixes.filter(same, status=Status.FAILED).first()


def _refuse_failed(session: AISession, fields: dict[str, Any]) -> None:
    if failed := failed_before(session, fields["title"], fields.get("script_template_id")):
        message = f"“{failed.title}” didn’t work in this session. It isn’t suggested again unless you ask."
        raise AlreadyFailed(message, failed.pk)


def suggest_again(fix_id: UUID, by: By, *, fixes: Fixes, version: Seen | None = None) -> SuggestedFix:
    """Suggest a fix again that failed in its session, because a person wants it. Asking twice is once.

    Raises what `suggest` raises, IllegalTransition for a fix that didn't fail, and SuggestedFix.DoesNotExist.
    """
    failed = fixes.get(pk=fix_id)
    sessions = AISession.objects.filter(pk=failed.session_id)
    with one_act(failed.session_id, sessions=sessions) as session:
        failed.refresh_from_db()
        current = session.suggested_fixes.current().first()
        if current and current.title_key == failed.title_key and current.status == Status.PROPOSED:
            return current
        if failed.status != Status.FAILED:
            raise IllegalTransition("This fix didn’t fail, so there is nothing to suggest again.")
        fields = {field: getattr(failed, field) for field in FIELDS}
        return suggest(session.pk, fields, by, sessions=sessions, origin=failed.origin, again=True)


def validated(account_id: UUID, suggestion: dict[str, Any]) -> dict[str, Any]:
    """Return the columns of a new fix. Raises InvalidInput on the invalid field."""
    refuse_unknown(suggestion)
    fields = dict(suggestion)
    fields["title"] = required_line(fields.get("title"), "title", "A fix needs a title.", max_length=TITLE_MAX)
    fields["description"] = required_text(
        fields.get("description"), "description", "A fix needs a description.", max_length=DESCRIPTION_MAX
    )
    confidence = fields.get("confidence_pct")
    if type(confidence) is not int or not 0 <= confidence <= 100:
        raise InvalidInput(confidence_pct="A whole number of per cent, from 0 to 100.")
    if "verification_hint" in fields:
        fields["verification_hint"] = clean_text(fields["verification_hint"], "verification_hint", max_length=HINT_MAX)
    if "ai_drafted_script" in fields:
        fields["ai_drafted_script"] = verbatim(fields["ai_drafted_script"], "ai_drafted_script", max_length=SCRIPT_MAX)
    _check_parameters(fields.get("ai_drafted_parameters"))
    _check_template(account_id, fields.get("script_template_id"))
    return fields


def corrections(fix: SuggestedFix, changes: dict[str, Any]) -> dict[str, Any]:
    """Return the changes that differ from the fix's present values. Raises InvalidInput as `validated` does."""
    present = {column: getattr(fix, column) for column in FIELDS}
    fields = present | changes
    if fields["script_template_id"] == present["script_template_id"]:
        del fields["script_template_id"]  # the template may have been retired since
    fields = validated(fix.account_id, fields)
    return {column: fields[column] for column in changes if column in fields and fields[column] != present[column]}


def refuse_unknown(suggestion: dict[str, Any]) -> None:
    """Raise InvalidInput for a key that no suggestion has, such as `id` or `applied_at`."""
    if unknown := [key for key in suggestion if key not in FIELDS]:
        raise InvalidInput(**{unknown[0]: f"There is no such field. Use {', '.join(FIELDS)}."})


def as_json(value: Any) -> Any:
    """Return a field's value as it is stored in the details of an event."""
    return str(value) if isinstance(value, UUID) else value


def _check_parameters(parameters: Any) -> None:
    if parameters is not None and not isinstance(parameters, dict):
        raise InvalidInput(ai_drafted_parameters="Parameters are a JSON object, {…}.")
    if not is_storable(parameters):
        raise InvalidInput(ai_drafted_parameters="Remove the invalid character or infinite number in it.")


def _check_template(account_id: UUID, template_id: Any) -> None:
    if template_id is None:
        return
    known = isinstance(template_id, UUID) and ScriptTemplate.objects.usable_by(account_id).filter(pk=template_id)
    if not known or not known.exists():
        raise InvalidInput(script_template_id="There is no such script template in this account.")
