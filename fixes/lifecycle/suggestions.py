"""What a suggestion must look like before it becomes a fix (docs/domain.md §3)."""

import math
import re
from typing import Any, Final
from uuid import UUID

from common.refusals import InvalidInput
from common.text import required_text
from fixes.models import ScriptTemplate, SuggestedFix

TITLE_MAX = 200
DESCRIPTION_MAX = SCRIPT_MAX = 50_000
WORDS = (
    *("title", "description", "confidence_pct"),
    *("script_template_id", "ai_drafted_script", "ai_drafted_parameters"),
)
"""What a suggestion says; an edit may correct these and nothing else."""
_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")


def checked(account_id: UUID, given: dict[str, Any]) -> dict[str, Any]:
    """The columns of a new fix.

    `given`: title, description, confidence_pct (0 to 100) and, if there are any, script_template_id,
    ai_drafted_script, ai_drafted_parameters, id. Raises InvalidInput on the field that is wrong.
    """
    words = dict(given)
    words["title"] = required_text(words.get("title"), "title", "A fix needs a title.", max_length=TITLE_MAX)
    words["description"] = required_text(
        words.get("description"), "description", "A fix needs a description.", max_length=DESCRIPTION_MAX
    )
    confidence = words.get("confidence_pct")
    if type(confidence) is not int or not 0 <= confidence <= 100:
        raise InvalidInput(confidence_pct="A whole number of per cent, from 0 to 100.")
    _check_script(words.get("ai_drafted_script"))
    if not is_storable(words.get("ai_drafted_parameters")):
        raise InvalidInput(ai_drafted_parameters="Leave out NUL, lone surrogates and infinity.")
    _check_template(account_id, words.get("script_template_id"))
    return words


def corrected(fix: SuggestedFix, given: dict[str, Any]) -> dict[str, Any]:
    """Those of the given words that differ from what the fix says. Raises InvalidInput as `checked` does."""
    standing = {column: getattr(fix, column) for column in WORDS}
    words = standing | given
    if words["script_template_id"] == standing["script_template_id"]:
        del words["script_template_id"]  # it may have been retired since
    cleaned = checked(fix.account_id, words)
    told_of = (column for column in WORDS if column in given and column in cleaned)
    return {column: cleaned[column] for column in told_of if cleaned[column] != standing[column]}


def told(value: Any) -> Any:
    """A word as JSON has it."""
    return str(value) if isinstance(value, UUID) else value


def _check_script(script: str | None) -> None:
    if script is not None and (not is_storable(script) or len(script) > SCRIPT_MAX):
        raise InvalidInput(ai_drafted_script=f"At most {SCRIPT_MAX:,} characters, without NUL and lone surrogates.")


def is_storable(value: Any) -> bool:
    """Whether PostgreSQL takes this text or JSON. Without recursion: people send any depth."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            waiting += [*part.keys(), *part.values()]
        elif isinstance(part, list):
            waiting += part
        elif not _is_storable_alone(part):
            return False
    return True


def _is_storable_alone(part: Any) -> bool:
    if isinstance(part, str):
        return not _UNSTORABLE.search(part)
    return not isinstance(part, float) or math.isfinite(part)


def _check_template(account_id: UUID, template_id: UUID | None) -> None:
    if template_id and not ScriptTemplate.objects.usable_by(account_id).filter(pk=template_id).exists():
        raise InvalidInput(script_template_id="There is no such script template in this account.")
