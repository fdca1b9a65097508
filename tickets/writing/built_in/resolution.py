"""The note's resolution: what was applied and what came of it, grouped by result."""

from collections import defaultdict

from fixes.transitions import Status
from tickets.bundle import Bundle
from tickets.bundle.statements import Attempt, Outcome
from tickets.writing.built_in.parts import applied_at, cited, fixed, paragraph, reopened, sources
from tickets.writing.built_in.phrases import Link, Phrases, Result
from tickets.writing.document import Block, Item, Sentence

ORDER = (Result.WORKED, Result.WAITS, Result.PARTLY, Result.REOPENED, Result.UNKNOWN, Result.FAILED)
"""What matters most comes first."""
RESULTS = {
    Status.SUCCESS: Result.WORKED,
    Status.PENDING: Result.WAITS,
    Status.PARTIAL: Result.PARTLY,
    Status.FAILED: Result.FAILED,
}
MANY, SHOWN = 5, 3
"""Of more than MANY fixes that didn't help, a note names the latest."""

Case = tuple[Attempt, Outcome | None]
"""A fix that was applied, and the outcome that a note tells of it."""


def result_of(attempt: Attempt) -> tuple[Result, Outcome | None]:
    """Return what came of a fix that was applied. Of a dismissed one it is what was found before, if it helped."""
    if attempt.outcome is None and attempt.seemed_to_work:
        return Result.REOPENED, None
    told = [each for each in attempt.outcomes if each.status != Status.DISMISSED]
    latest = told[-1] if told else None
    if latest is None or (attempt.status == Status.DISMISSED and latest.status == Status.PENDING):
        return Result.UNKNOWN, attempt.outcome
    return RESULTS[latest.status], latest


def resolution(bundle: Bundle, say: Phrases) -> list[Block]:
    groups: dict[Result, list[Case]] = defaultdict(list)
    for attempt in bundle.applied:
        result, outcome = result_of(attempt)
        groups[result].append((attempt, outcome))
    if not groups:
        return [paragraph(fixed(say.nothing_applied))]
    blocks: list[Block] = []
    links: list[Link] = []
    before: list[Case] = []
    for result in ORDER:
        if cases := groups[result]:
            links.append(_link(before, cases, links))
            blocks += _group(bundle, say, result, cases, links[-1])
            before = cases
    return blocks + _remains(bundle, groups, say)


def _link(before: list[Case], cases: list[Case], used: list[Link]) -> Link:
    """Return how this group follows the one before it in the text; no two groups begin with the same words."""
    if not before:
        return Link.NONE
    there, here = [attempt.number for attempt, _ in before], [attempt.number for attempt, _ in cases]
    link = Link.BEFORE if max(here) < min(there) else Link.AFTER if min(here) > max(there) else Link.ALSO
    return Link.ALSO if link in used else link


def is_closed(bundle: Bundle) -> bool:
    """Return whether the note may say that the problem is resolved: the current fix worked, and none waits."""
    return bool(bundle.current and bundle.current.status == Status.SUCCESS and not bundle.awaiting)


def _group(bundle: Bundle, say: Phrases, result: Result, cases: list[Case], link: Link) -> list[Block]:
    closed = result == Result.WORKED and is_closed(bundle)
    if len(cases) == 1:
        return [paragraph(*_one(say, result, *cases[0], link, closed=closed), *_reopened(cases[0][0], say))]
    is_many = result == Result.FAILED and len(cases) > MANY
    cites = cited(*(outcome.cites if outcome else attempt.applied for attempt, outcome in cases))
    intro = say.applied_most(len(cases)) if is_many else say.applied_all(result, link, closed=closed)
    shown = cases[-SHOWN:] if is_many else cases
    return [
        paragraph(Sentence(intro, cites)),
        Block("bullets", tuple(Item((_in_list(say, result, *case), *_reopened(case[0], say))) for case in shown)),
    ]


def _one(
    say: Phrases, result: Result, attempt: Attempt, outcome: Outcome | None, link: Link, *, closed: bool
) -> list[Sentence]:
    begins = say.applied(attempt.title, result, applied_at(attempt), link)
    about = [Sentence(begins, sources(attempt, outcome))]
    if outcome is None or result == Result.UNKNOWN:
        return about
    if result == Result.WORKED:
        about.append(Sentence(say.verified(outcome, closed=closed), (outcome.cites,)))
    if outcome.notes:
        noted = say.waits if result == Result.WAITS else say.noted
        about.append(Sentence(noted(outcome.notes), outcome.all_cites))
    if result == Result.WAITS:
        due = say.due(outcome.check_by) if outcome.check_by else say.no_check_by
        about.append(Sentence(due, outcome.all_cites))
    return about


def _reopened(attempt: Attempt, say: Phrases) -> list[Sentence]:
    """Return why a verdict was taken back, if that is the last word: the customer needs no history."""
    return reopened(attempt, say, named=False) if attempt.is_reopened else []


def _in_list(say: Phrases, result: Result, attempt: Attempt, outcome: Outcome | None) -> Sentence:
    """Return one bullet: “Title” (26 November 2026, 11:06): “what came of it”."""
    at, notes = applied_at(attempt), outcome.notes if outcome and result != Result.UNKNOWN else ""
    named = say.quote(attempt.title) + (f" ({say.dates.brief(at)})" if at and result != Result.WORKED else "")
    ends = []
    if result == Result.WORKED and outcome:
        ends.append(say.verified_in_list(outcome))
    if result == Result.WAITS and outcome and outcome.check_by:
        ends.append(say.due_in_list(outcome.check_by))
    text = ", ".join([named, *ends])
    cites = sources(attempt, outcome)
    return Sentence(f"{text}: {say.last(notes)}" if notes else f"{text}.", cites)


def _remains(bundle: Bundle, groups: dict[Result, list[Case]], say: Phrases) -> list[Block]:
    """Return what is left where the latest word is that a fix helped in part or not at all."""
    if is_closed(bundle) or groups[Result.WAITS]:
        return []
    partly, failed = groups[Result.PARTLY], groups[Result.FAILED]
    later = [
        attempt.number for result in (Result.WORKED, Result.REOPENED, Result.UNKNOWN) for attempt, _ in groups[result]
    ]
    stands = partly and partly[-1][0].status == Status.PARTIAL
    if stands and all(partly[-1][0].number > number for number in later):
        return [paragraph(Sentence(say.rest_is_open, _outcomes(partly)))]
    if failed and not partly and not later:
        return [paragraph(Sentence(say.none_helped, _outcomes(failed)))]
    return []


def _outcomes(cases: list[Case]) -> tuple[str, ...]:
    return cited(*(id_ for _, outcome in cases if outcome for id_ in outcome.all_cites))
