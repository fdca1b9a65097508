"""The built-in copilot: it answers without a model and without a network (docs/copilot.md).

It works in this order: an outcome said in plain words; small talk; the reply to a question; what worked before.
"""

from dataclasses import replace
from typing import Any

from fixes.models import SuggestedFix
from fixes.transitions import Status
from flowpilot.built_in import candidates, choosing, conversation, small_talk
from flowpilot.built_in.candidates import Candidate, Searched
from flowpilot.built_in.choosing import Choice
from flowpilot.built_in.codes import codes_in
from flowpilot.built_in.conversation import Conversation, has_failed
from flowpilot.built_in.missing import ask_for_detail
from flowpilot.built_in.outcomes import ASKS_OUTCOME, outcome_reply
from flowpilot.built_in.proposing import listed, propose, skips
from flowpilot.built_in.sentences import say
from flowpilot.built_in.small_talk import Kind
from flowpilot.built_in.words import SHOWN
from flowpilot.providers import Question, Reply
from sessions.markers import Block

BETTER = 1.2
"""Another fix replaces one that nobody has applied yet when its value is so many times greater."""


def reply(question: Question) -> Reply:
    """Return the answer to an engineer's message."""
    talk = conversation.read(question)
    if outcome := outcome_reply(talk):
        return outcome
    kind = small_talk.small_talk(talk.last)
    if kind is Kind.THANKS:
        return _thanks(talk)
    if _is_new_problem(talk):
        return _new_problem(talk)
    found = candidates.find(talk.session.account_id, talk.problem, talk.names)
    if kind is Kind.GREETING and not found.fitting:
        return Reply(say("greeting", talk.language), blocks=(), remarks={"why": "There is no problem to look for yet."})
    return _search(found, talk)


def _thanks(talk: Conversation) -> Reply:
    text = say("thanks_open", talk.language, title=talk.current.title) if talk.current else say("thanks", talk.language)
    return Reply(text, blocks=(), remarks={"why": "Nothing was asked."})


def _is_new_problem(talk: Conversation) -> bool:
    """Return whether an error code came up that the current fix, which nobody has applied, wasn't suggested for."""
    is_waiting = talk.current and talk.current.status == Status.PROPOSED and not talk.current.applied_at
    return bool(is_waiting and talk.new_codes and not talk.asks_for_next)


def _new_problem(talk: Conversation) -> Reply:
    """Answer what was said since the current fix was suggested, by itself: "still fits best" would be a guess."""
    current = talk.current
    assert current
    found = candidates.find(talk.session.account_id, talk.since_current, talk.names).fitting
    if found and found[0].group == current.group:
        return _stay(current, talk)
    choice = choosing.choose(found, talk)
    if choice.best:
        return _with_fact(propose(choice.best, choice.skipped, talk), talk)
    if not codes_in(talk.last):
        return _with_fact(ask_for_detail(talk, skips(choice.skipped)), talk)
    codes = listed(talk.new_codes[:SHOWN], talk.language)
    text = say("new_code", talk.language, codes=codes, title=current.title)
    return _with_fact(
        Reply(text, blocks=(), remarks={"why": "A new error code came up that nothing is known of."}), talk
    )


def _search(searched: Searched, talk: Conversation) -> Reply:
    found = searched.fitting
    choice = choosing.choose(found, talk)
    current = talk.current
    if current and not _goes_on(current, talk) and not _is_better(choice.best, current, found, talk):
        return _stay(current, talk)
    if choice.question:
        return _with_fact(_ask(choice, choice.question, talk), talk)
    if choice.best:
        return _with_fact(propose(choice.best, choice.skipped, talk), talk)
    return _with_fact(ask_for_detail(talk, skips(choice.skipped), searched.nearest), talk)


def _with_fact(answer: Reply, talk: Conversation) -> Reply:
    """Add what the engineer answered to a question of a playbook to what is known."""
    if talk.answered is None:
        return answer
    question, option = talk.answered
    fact = Block("PROMOTE", {"text": f"{question['ask']} {option.capitalize()}", "kind": "question"})
    return replace(answer, blocks=(fact, *(answer.blocks or ())))


def _goes_on(current: SuggestedFix, talk: Conversation) -> bool:
    """Return whether something else may be suggested although the current fix is open."""
    helped_in_part = current.status == Status.PARTIAL
    return helped_in_part or has_failed(current) or talk.asks_for_next


def _is_better(best: Candidate | None, current: SuggestedFix, found: list[Candidate], talk: Conversation) -> bool:
    """Return whether the candidate may replace a fix that is open: never one that was applied.

    A fix whose playbook is contradicted by an answer has no value left.
    """
    if best is None or current.applied_at:
        return False
    same = (candidate for candidate in found if candidate.group == current.group)
    present = next((candidate.value * choosing.agreement(candidate, talk) for candidate in same), 0.0)
    return best.value * choosing.agreement(best, talk) >= present * BETTER


def _stay(current: SuggestedFix, talk: Conversation) -> Reply:
    remarks = {"why": "The current fix has no outcome yet."}
    if current.status == Status.PENDING:
        key = "current_waiting"
    elif current.applied_at:
        key = "current_applied"
        remarks[ASKS_OUTCOME] = str(current.pk)
    else:
        key = "current_proposed"
    return Reply(say(key, talk.language, title=current.title), blocks=(), remarks=remarks)


def _ask(choice: Choice, question: dict[str, Any], talk: Conversation) -> Reply:
    assert choice.best
    assert choice.other
    text = say("two", talk.language, first=choice.best.title, second=choice.other.title, ask=question["ask"])
    remarks = {"why": "Two fixes fit, and the answer decides between them.", "asked": question}
    return Reply(text, blocks=(), remarks=remarks | skips(choice.skipped))
