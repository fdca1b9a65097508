"""What a message said, as a model may know it: nothing of other sessions, which the built-in copilot tells from."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from fixes.models import ScriptTemplate, SuggestedFix
from flowpilot.models import Answer, Playbook
from flowpilot.models.answer import BUILT_IN
from sessions.models import AISession, Message


def said_in(messages: Sequence[Message]) -> dict[UUID, str]:
    """Return the text of each message.

    Where the built-in copilot suggested a fix or chose between two, it named other sessions, their clients and their
    outcomes. There the text is only what it suggested, or what it asked.
    """
    built_in = [message for message in messages if message.origin == BUILT_IN]
    asked, titles = _asked_in(built_in), _titles_in(built_in)
    own = {message.pk: _own(message, titles, asked.get(message.pk)) for message in built_in}
    return {message.pk: own.get(message.pk) or message.content for message in messages}


def _own(message: Message, titles: dict[str, str], asked: str | None) -> str | None:
    """Return what the message suggested or asked; None where it told nothing of other sessions."""
    suggestions = [effect for effect in message.effects if effect["marker"] == "SUGGEST_FIX"]
    if suggestions:
        title = next((titles[each["id"]] for each in suggestions if each["result"] == "done"), None)
        return f"Suggested: {title}" if title else "Suggested a fix, which was not taken up."
    return asked


def _asked_in(messages: Sequence[Message]) -> dict[UUID | None, str]:
    answers = Answer.objects.filter(reply__in=[message.pk for message in messages], remarks__has_key="asked")
    return {reply: remarks["asked"]["ask"] for reply, remarks in answers.values_list("reply", "remarks")}


def _titles_in(messages: Sequence[Message]) -> dict[str, str]:
    ids = [effect["id"] for message in messages for effect in message.effects if effect["marker"] == "SUGGEST_FIX"]
    fixes = SuggestedFix.objects.filter(pk__in=[each for each in ids if each])
    return {str(fix.pk): fix.title for fix in fixes.only("title")}


def copied_in(session: AISession, fixes: Sequence[SuggestedFix]) -> set[UUID]:
    """Return the fixes whose description the built-in copilot copied from another session.

    A description that stands in a playbook or a script template belongs to no session.
    """
    texts = {fix.pk: fix.description for fix in fixes if fix.origin == BUILT_IN}
    if not texts:
        return set()
    usable = Q(account=session.account_id) | Q(account=None), Q(description__in=texts.values())
    known = {
        text
        for model in (Playbook, ScriptTemplate)
        for text in model.objects.filter(*usable).values_list("description", flat=True)
    }
    return {pk for pk, text in texts.items() if text not in known}
