"""The package's next steps: they follow from what waits, and from what was and wasn't tried."""

from fixes.transitions import Status
from tickets.bundle import Bundle
from tickets.bundle.statements import Attempt
from tickets.writing.built_in.hypothesis import best_lead, open_question, waiting
from tickets.writing.built_in.parts import cited, fixed, sources
from tickets.writing.built_in.phrases import Phrases
from tickets.writing.built_in.resolution import result_of
from tickets.writing.document import Item, Sentence

MOST_SUGGESTIONS = 3


def checks(bundle: Bundle, say: Phrases) -> list[Item]:
    """Return the steps that are always the product's: to find out what came of fixes that were applied."""
    steps = [_check(each, say, is_first=number == 0) for number, each in enumerate(waiting(bundle))]
    if not steps and (attempt := open_question(bundle)):
        steps.append(Item((Sentence(say.find_out(attempt.title), sources(attempt)), *_hint(attempt, say))))
    return steps


def next_steps(bundle: Bundle, say: Phrases) -> list[Item]:
    return checks(bundle, say) + further_steps(bundle, say)


def further_steps(bundle: Bundle, say: Phrases) -> list[Item]:
    """Return the steps after the checks, which a model may phrase in its own words."""
    current = bundle.current
    steps: list[Sentence] = []
    has_check = bool(bundle.awaiting or open_question(bundle))
    if current and current.status == Status.SUCCESS and not has_check:
        return [Item((fixed(say.decide_what_is_left),))]
    if not has_check and (lead := best_lead(bundle)):
        _, outcome = result_of(lead)
        steps.append(Sentence(say.go_on(lead.title, outcome.notes if outcome else ""), sources(lead, outcome)))
    steps += [Sentence(say.consider(each.title), sources(each)) for each in _suggestions(bundle)]
    steps += _another_cause(bundle, say, has_check=has_check, has_step=bool(steps))
    if not steps and not has_check:
        steps.append(fixed(say.begin_with_problem))
    return [Item((each,)) for each in steps]


def _check(attempt: Attempt, say: Phrases, *, is_first: bool) -> Item:
    outcome = attempt.outcome
    text = say.check(attempt.title, outcome.check_by if outcome else None, first=is_first)
    return Item((Sentence(text, sources(attempt, outcome)), *_hint(attempt, say)))


def _hint(attempt: Attempt, say: Phrases) -> list[Sentence]:
    return [Sentence(say.how_to_tell(attempt.hint), cited(attempt.hint_cite))] if attempt.hint else []


def _suggestions(bundle: Bundle) -> list[Attempt]:
    """Return the latest suggestions that nobody applied or dismissed."""
    untried = [each for each in bundle.attempts if each.status == Status.PROPOSED and not each.was_applied]
    return untried[::-1][:MOST_SUGGESTIONS]


def _another_cause(bundle: Bundle, say: Phrases, *, has_check: bool, has_step: bool) -> list[Sentence]:
    failed = [each for each in bundle.applied if each.status == Status.FAILED]
    cites = tuple(id_ for each in failed if each.outcome for id_ in each.outcome.all_cites)
    if has_check and not has_step:
        text = say.another_cause(len(failed), if_not_helped=True) if failed else say.look_further
        return [Sentence(text, cites, is_fixed=not failed)]
    if failed and not has_step:
        return [Sentence(say.another_cause(len(failed), if_not_helped=False), cites)]
    return []
