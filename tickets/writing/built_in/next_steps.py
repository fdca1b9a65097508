"""The package's next steps: they follow from what waits, and from what was and wasn't tried."""

from fixes.transitions import Status
from tickets.bundle import Bundle
from tickets.bundle.statements import Attempt
from tickets.writing.built_in.hypothesis import best_lead, is_settled, unanswered, waiting
from tickets.writing.built_in.parts import cited, fixed, sources
from tickets.writing.built_in.phrases import Phrases
from tickets.writing.document import Item, Sentence

MOST = 3
"""So many fixes without an answer, and so many suggestions, are named."""


def next_steps(bundle: Bundle, say: Phrases) -> list[Item]:
    return checks(bundle, say) + further_steps(bundle, say)


def checks(bundle: Bundle, say: Phrases) -> list[Item]:
    """Return the steps that are always the product's: to find out what came of fixes that were applied."""
    steps = [_check(each, say, is_first=number == 0) for number, each in enumerate(waiting(bundle))]
    for each in unanswered(bundle)[:MOST]:
        steps.append(Item((Sentence(say.find_out(each.title), sources(each)), *_hint(each, say))))
    return steps


def further_steps(bundle: Bundle, say: Phrases) -> list[Item]:
    """Return the steps after the checks, which a model may phrase in its own words."""
    checked = len(bundle.awaiting) + len(unanswered(bundle)[:MOST])
    steps: list[Sentence] = []
    if not is_settled(bundle):
        steps += [] if checked else _go_on(bundle, say)
        steps += _suggestions(bundle, say) or ([] if steps else _another_cause(bundle, say, checked))
    if not steps and not checked:
        steps.append(_nothing_follows(bundle, say))
    return [Item((each,)) for each in steps]


def _nothing_follows(bundle: Bundle, say: Phrases) -> Sentence:
    current = bundle.current
    if current and is_settled(bundle):
        text = say.answer_question if bundle.inputs.question else say.ask_what_is_left
        return Sentence(text, sources(current, current.outcome))
    return fixed(say.decide_what_is_left if bundle.applied else say.begin_with_problem)


def _check(attempt: Attempt, say: Phrases, *, is_first: bool) -> Item:
    outcome = attempt.outcome
    text = say.check(attempt.title, outcome.check_by if outcome else None, first=is_first)
    return Item((Sentence(text, sources(attempt, outcome)), *_hint(attempt, say)))


def _hint(attempt: Attempt, say: Phrases) -> list[Sentence]:
    return [Sentence(say.how_to_tell(attempt.hint), cited(attempt.hint_cite))] if attempt.hint else []


def _go_on(bundle: Bundle, say: Phrases) -> list[Sentence]:
    lead = best_lead(bundle)
    return [Sentence(say.go_on(lead.title), sources(lead, lead.outcome))] if lead else []


def _suggestions(bundle: Bundle, say: Phrases) -> list[Sentence]:
    """Return the latest suggestions that nobody applied or dismissed."""
    untried = [each for each in bundle.attempts if each.status == Status.PROPOSED and not each.was_applied]
    latest = untried[::-1][:MOST]
    cites = cited(*(id_ for each in latest for id_ in sources(each)))
    return [Sentence(say.consider([each.title for each in latest]), cites)] if latest else []


def _another_cause(bundle: Bundle, say: Phrases, checked: int) -> list[Sentence]:
    failed = [each for each in bundle.applied if each.status == Status.FAILED]
    if not failed:
        return [fixed(say.look_further[checked > 1])] if checked else []
    cites = cited(*(id_ for each in failed for id_ in sources(each, each.outcome)))
    named = failed[0].title if len(failed) == 1 else ""
    others = len([each for each in bundle.applied if each.status not in {Status.FAILED, Status.PENDING}])
    fixes = say.failed_fixes(named, len(failed), others)
    return [Sentence(say.another_cause(fixes, checked), cites)]
