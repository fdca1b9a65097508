"""Says that nothing fits, and asks for the detail that is missing; for each detail once."""

import re
from typing import Any

from flowpilot.built_in.candidates import Candidate
from flowpilot.built_in.conversation import Conversation
from flowpilot.built_in.proposing import listed
from flowpilot.built_in.sentences import say
from flowpilot.built_in.words import as_typed, looked_for
from flowpilot.providers import Reply

DETAILS = ("detail-message", "detail-change", "detail-scope")
_CODE = re.compile(r"0x[0-9a-f]{4,}|\b\d{3,}\b|\b[a-z]+\d{4,}\b", re.IGNORECASE)


def ask_for_detail(conversation: Conversation, remarks: dict[str, Any], nearest: Candidate | None = None) -> Reply:
    """Return the reply when nothing fits, or nothing else does. `nearest`: what comes closest; it is only named."""
    language = conversation.language
    words = looked_for(conversation.problem)
    if any(fix.origin for fix in conversation.fixes):
        said = say("nothing_more", language)
    elif nearest:
        said = _distant(nearest, conversation)
    elif words:
        said = say("nothing", language, words=listed(words, language))
    else:
        said = say("nothing_to_look_for", language)
    detail = next((each for each in DETAILS if not _is_known(each, conversation)), None)
    remarks = remarks | {"why": "Nothing in your earlier fixes, scripts and playbooks fits."}
    if detail:
        asked = {"id": detail, "ask": say(detail, language), "options": {}, "fits": ""}
        remarks["asked"] = asked
    return Reply(f"{said} {say(detail or 'detail-none', language)}", blocks=(), remarks=remarks)


def _distant(nearest: Candidate, conversation: Conversation) -> str:
    language = conversation.language
    words = listed(as_typed(nearest.found, conversation.problem), language)
    title = nearest.playbook.title if nearest.playbook else nearest.title
    return say("nothing_fits_well", language, title=title, words=words)


def _is_known(detail: str, conversation: Conversation) -> bool:
    if conversation.has_asked(detail):
        return True
    return detail == "detail-message" and bool(_CODE.search(conversation.problem))
