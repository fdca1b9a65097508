"""Chooses among candidates: what was tried here is left out, and a question is asked where two of them need one."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from fixes.models import SuggestedFix
from fixes.same_fix import Group
from fixes.transitions import Status
from flowpilot.built_in.candidates import Candidate
from flowpilot.built_in.conversation import Conversation, has_failed

CLOSE, FAR = 0.6, 0.5
"""Shares of the best candidate's value, or of its fit: above the first another may be the right one, below the second
none is. Its fit counts by itself, so that a long record of one fix doesn't keep FlowPilot from asking.
"""
COMPARED = 5
"""The best candidates that are compared."""
IN_A_ROW = 2
"""So many questions are asked before something is proposed."""
AGREES, TRIED_BEFORE = 1.3, 0.5
"""Factors of a candidate's value: an answer fits its question; it was suggested here before without an outcome."""

MOST = 2
"""So often a fix is suggested here to those who ask for the next one and never try it."""


@dataclass(frozen=True)
class Choice:
    """`skipped`: fixes of this session that would fit and have failed. `question`: to be asked first,
    because `best` and `other` need different answers to it.
    """

    best: Candidate | None
    other: Candidate | None
    question: dict[str, Any] | None
    skipped: Sequence[SuggestedFix]


def choose(candidates: Sequence[Candidate], conversation: Conversation) -> Choice:
    failed = {fix.group: fix for fix in conversation.fixes if has_failed(fix)}
    top = max((candidate.value for candidate in candidates), default=0)
    skipped = [failed[one.group] for one in candidates if one.group in failed and one.value >= top * CLOSE]
    near = max((candidate.fit for candidate in candidates), default=0) * FAR
    within_reach = [one for one in candidates if one.value >= top * FAR or one.fit >= near]
    left = ranked(within_reach, conversation, set(failed))
    question, other = _question(left, conversation)
    return Choice(left[0] if left else None, other, question, skipped)


def ranked(
    candidates: Sequence[Candidate], conversation: Conversation, failed: Collection[Group] = ()
) -> list[Candidate]:
    """Return the candidates near to the best one that can be proposed here, the best first.

    To "what next?" a fix that was passed over comes after all others, and only once more.
    """
    before = {fix.group: fix for fix in conversation.fixes}
    passed_over = Counter(fix.group for fix in conversation.fixes if not fix.is_current)
    valued = []
    for candidate in candidates:
        fix = before.get(candidate.group)
        if candidate.group in failed or (fix and (fix.is_current or fix.status != Status.PROPOSED)):
            continue
        if conversation.asks_for_next and passed_over[candidate.group] >= MOST:
            continue
        factor = agreement(candidate, conversation) * (TRIED_BEFORE if fix else 1)
        if factor:
            valued.append((candidate.value * factor, candidate))
    last = set(passed_over) if conversation.asks_for_next else set()
    valued.sort(key=lambda each: (each[1].group in last, -each[0]))
    if not valued:
        return []
    value_of_best, best = valued[0]
    return [
        candidate for value, candidate in valued if value >= value_of_best * CLOSE or candidate.fit >= best.fit * CLOSE
    ][:COMPARED]


def agreement(candidate: Candidate, conversation: Conversation) -> float:
    """Return 0 when an answer contradicts the candidate's playbook, more than 1 when answers agree with it."""
    factor = 1.0
    for question in candidate.playbook.questions if candidate.playbook else ():
        said = conversation.answer_to(question)
        if said is not None and said != question["fits"]:
            return 0
        factor *= AGREES if said else 1
    return factor


def _question(left: Sequence[Candidate], conversation: Conversation) -> tuple[dict[str, Any] | None, Candidate | None]:
    """Return the first question of the best candidate that another one needs answered differently, and that one."""
    if not left or not left[0].playbook or _asked_in_a_row(conversation) >= IN_A_ROW:
        return None, None
    for question in left[0].playbook.questions:
        other = next((candidate for candidate in left[1:] if _needs_another(candidate, question)), None)
        if other and not conversation.has_asked(question["id"]) and conversation.answer_to(question) is None:
            return dict(question), other
    return None, None


def _needs_another(candidate: Candidate, question: dict[str, Any]) -> bool:
    asked = candidate.playbook.questions if candidate.playbook else ()
    return any(each["id"] == question["id"] and each["fits"] != question["fits"] for each in asked)


def _asked_in_a_row(conversation: Conversation) -> int:
    """Return how many of the engineer's latest messages are replies to questions."""
    count = 0
    for message in reversed(conversation.messages):
        if message.sequence not in conversation.replies:
            break
        count += 1
    return count
