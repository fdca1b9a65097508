"""The package's hypothesis: the fix that awaits verification, or what comes nearest to one."""

from fixes.transitions import Status
from tickets.bundle import Bundle
from tickets.bundle.statements import Attempt
from tickets.writing.built_in.parts import application, applied_at, cited, fixed, paragraph, reopened, sources
from tickets.writing.built_in.phrases import Phrases
from tickets.writing.document import Block, Item, Sentence
from tickets.writing.words import first_paragraph


def waiting(bundle: Bundle) -> list[Attempt]:
    """Return the fixes that await verification, the current one first, then the newest."""
    return sorted(bundle.awaiting, key=lambda each: (not each.is_current, -each.number))


def hypothesis(bundle: Bundle, say: Phrases) -> list[Block]:
    items = [(_waits_too if number else _leading)(each, say) for number, each in enumerate(waiting(bundle))]
    items = items or _without_wait(bundle, say)
    if cause := bundle.root_cause:
        items.append(Item((Sentence(say.cause_so_far(cause.text), (cause.id,)),)))
    return [Block("paragraph", tuple(items))] if items else [paragraph(fixed(say.no_hypothesis))]


def _leading(attempt: Attempt, say: Phrases) -> Item:
    sentences = [
        Sentence(say.leading(attempt.title), sources(attempt, attempt.outcome)),
        _applied_unverified(attempt, say),
        *reopened(attempt, say, named=True),
        *_described(attempt, say),
    ]
    if outcome := attempt.outcome:
        if outcome.notes:
            sentences.append(Sentence(say.waits_on(outcome.notes), outcome.all_cites))
        due = say.due(outcome.check_by) if outcome.check_by else say.no_check_by
        sentences.append(Sentence(due, outcome.all_cites))
    return Item(tuple(sentences))


def _applied_unverified(attempt: Attempt, say: Phrases) -> Sentence:
    if outcome := attempt.recorded_as_applied:
        return Sentence(say.recorded_unverified(outcome), sources(attempt))
    return Sentence(say.applied_unverified(attempt.applied_by, applied_at(attempt)), sources(attempt))


def _waits_too(attempt: Attempt, say: Phrases) -> Item:
    outcome = attempt.outcome
    assert outcome  # it awaits verification
    text = say.waits_too(attempt.title, application(attempt, say), outcome, replaced=not attempt.is_current)
    return Item((Sentence(text, sources(attempt, outcome)), *reopened(attempt, say, named=True)))


def _described(attempt: Attempt, say: Phrases) -> list[Sentence]:
    text = first_paragraph(attempt.description)
    return [Sentence(say.described(text), cited(attempt.suggested))] if text else []


def unanswered(bundle: Bundle) -> list[Attempt]:
    """Return the fixes that were applied and of which nobody said what came, newest first; none once one worked."""
    if is_settled(bundle):
        return []
    return [each for each in reversed(bundle.applied) if each.status == Status.PROPOSED]


def is_settled(bundle: Bundle) -> bool:
    return bool(bundle.current and bundle.current.status == Status.SUCCESS)


def best_lead(bundle: Bundle) -> Attempt | None:
    """Return the latest fix that stands at having helped in part, unless the current one worked."""
    if is_settled(bundle):
        return None
    return next((each for each in reversed(bundle.applied) if each.status == Status.PARTIAL), None)


def _without_wait(bundle: Bundle, say: Phrases) -> list[Item]:
    if attempt := next(iter(unanswered(bundle)), None):
        text = (say.seemed_to_work if attempt.seemed_to_work else say.unknown)(attempt.title)
        return [Item((Sentence(text, sources(attempt)), *_described(attempt, say)))]
    if attempt := best_lead(bundle):
        return [Item((Sentence(say.best_lead(attempt.title), sources(attempt, attempt.outcome)),))]
    current = bundle.current
    if current and current.status == Status.SUCCESS:
        return [Item((Sentence(say.latest_worked(current.title), sources(current, current.outcome)),))]
    return []
