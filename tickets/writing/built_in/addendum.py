"""The addendum to a posted text: what became known after it."""

from fixes.transitions import Status
from tickets.bundle import Bundle
from tickets.bundle.outcomes import counting
from tickets.bundle.secrets import remover, without_secrets
from tickets.bundle.statements import Attempt, Outcome, Reopening
from tickets.models.text import Kind, Language
from tickets.writing.built_in.parts import phrases, sources
from tickets.writing.built_in.phrases import Phrases
from tickets.writing.document import Block, Document, Item, Section, Sentence


def addendum(bundle: Bundle, since_state_version: int, language: Language) -> Document | None:
    """Return what verdicts recorded after the posted text say; None when there is nothing to add.

    `since_state_version`: the posted text's, or that of its latest addendum.
    """
    bundle = without_secrets(bundle, remover(bundle, language))
    say = phrases(bundle, Kind.ADDENDUM, language)
    heading = say.addendum(bundle.now)
    items = [item for each in bundle.attempts if (item := _item(each, since_state_version, say))]
    if not items:
        return None
    section = Section("addendum", heading, (Block("paragraph", tuple(items)),))
    return Document(Kind.ADDENDUM, language, (section,), is_provisional=bool(bundle.awaiting))


def _item(attempt: Attempt, since: int, say: Phrases) -> Item | None:
    """Return what changed for this fix: its result, the notes or the check-by time of it; None if nothing did."""
    then = counting(attempt.history, until=since)
    stood, now = then[-1] if then else None, attempt.outcome
    if stood is None and (now is None or not (attempt.was_applied or now.never_applied)):
        return None  # the text doesn't speak of it, and nobody applied it since
    if stood and now and _told(stood) == _told(now):
        return None
    sentences = _taken_back(attempt, stood, since, say) if stood else []
    if now:
        sentences += _outcome(attempt, now, say)
    return Item(tuple(sentences), status=attempt.status) if sentences else None


def _told(outcome: Outcome) -> tuple[Status, str, object]:
    return outcome.status, outcome.notes, outcome.check_by


def _outcome(attempt: Attempt, outcome: Outcome, say: Phrases) -> list[Sentence]:
    title, cites = attempt.title, sources(attempt, outcome)
    if outcome.status == Status.PENDING:
        due = say.due(outcome.check_by) if outcome.check_by else say.no_check_by
        return [Sentence(say.still_waits(title, outcome), cites), Sentence(due, outcome.all_cites)]
    if outcome.status == Status.DISMISSED:
        text = say.was_never_applied if outcome.never_applied else say.was_dropped
        return [Sentence(text(title, outcome), cites)]
    verdict = {Status.SUCCESS: say.has_worked, Status.FAILED: say.has_failed, Status.PARTIAL: say.has_partly}[
        outcome.status
    ]
    sentences = [Sentence(verdict(title, outcome), cites)]
    if outcome.notes:
        sentences.append(Sentence(say.noted(outcome.notes), outcome.all_cites))
    return sentences


def _taken_back(attempt: Attempt, stood: Outcome, since: int, say: Phrases) -> list[Sentence]:
    """Say that the outcome in the text no longer stands, if somebody took it back."""
    later = [each for each in attempt.history if isinstance(each, Reopening) and each.version > since]
    undone = next((each for each in later if each.status == stood.status), None)
    if not undone:
        return []
    sentences = [Sentence(say.taken_back(attempt.title, undone.person, undone.at), (undone.cites,))]
    if undone.reason:
        sentences.append(Sentence(say.reason_given(undone.reason), (undone.cites,)))
    return sentences
