"""Runs the markers of a message, and says what each of them did (docs/domain.md §6)."""

import logging
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from common.refusals import InvalidInput, Refusal
from sessions.markers import Block, Done, MarkerContext, kind_of

log = logging.getLogger(__name__)

Effect = dict[str, Any]
"""`marker`, `result` ("done", "refused" or "malformed"), `id` of what it is about, `reason`, `code` of a refusal."""


def run(context: MarkerContext, blocks: Sequence[Block]) -> list[Effect]:
    """Do what the markers say, in the order of the text, and return the effect of each.

    The caller holds the session's lock and has appended the message. A refused marker leaves nothing written.
    """
    last = {block.name: number for number, block in enumerate(blocks) if block.payload is not None}
    return [_effect(context, block, is_last=last.get(block.name) == number) for number, block in enumerate(blocks)]


def _effect(context: MarkerContext, block: Block, *, is_last: bool) -> Effect:
    if block.payload is None:
        log.warning("malformed marker %s in message %s: %s", block.name, context.message.pk, block.reason)
        return _of(block, "malformed", reason=block.reason)
    kind = kind_of(block.name)
    if not is_last and not kind.each:
        return _of(block, "refused", reason=f"A later {block.name} in the same message counts.")
    try:
        with transaction.atomic():
            done = kind.handler(context, block.payload)
    except InvalidInput as invalid:
        return _of(block, "refused", reason=_sentence(invalid), code="invalid_input")
    except Refusal as refusal:
        return _of(block, "refused", reason=refusal.message, code=refusal.code, row_id=refusal.row_id)
    return _of(block, "done", done)


def _of(
    block: Block,
    result: str,
    done: Done | None = None,
    *,
    reason: str = "",
    code: str | None = None,
    row_id: UUID | None = None,
) -> Effect:
    about = done.id if done else row_id
    return {
        "marker": block.name,
        "result": result,
        "id": str(about) if about else None,
        "reason": (done.note if done else reason) or None,
        "code": code,
    }


def _sentence(invalid: InvalidInput) -> str:
    return " ".join(f"{field}: {message}" for field, message in invalid.errors.items())
