"""The package's list of everything that was tried."""

from fixes.transitions import Status
from tickets.bundle import Bundle
from tickets.bundle.statements import Attempt
from tickets.writing.built_in.parts import application, cited, fixed, paragraph, reopened, sources
from tickets.writing.built_in.phrases import Phrases
from tickets.writing.document import Block, Item, Sentence
from tickets.writing.words import isolated, quotable


def tried(bundle: Bundle, say: Phrases) -> list[Block]:
    """Return what was applied and has its result, then what was suggested only.

    A fix that waits isn't here: it is the hypothesis.
    """
    settled = [each for each in bundle.applied if each.status != Status.PENDING]
    unapplied = [each for each in bundle.attempts if not each.was_applied]
    blocks = (
        [Block("attempts", tuple(_attempt(each, bundle, say) for each in settled))] if settled else [_none(bundle, say)]
    )
    if unapplied:
        blocks += [
            paragraph(fixed(say.not_applied)),
            Block(
                "bullets", tuple(Item((_unapplied(each, say), *reopened(each, say, named=True))) for each in unapplied)
            ),
        ]
    return blocks


def _none(bundle: Bundle, say: Phrases) -> Block:
    waiting = len(bundle.awaiting)
    return paragraph(fixed(say.only_waiting[waiting > 1] if waiting else say.nothing_applied))


def _attempt(attempt: Attempt, bundle: Bundle, say: Phrases) -> Item:
    sentences = [_result(attempt, say), *reopened(attempt, say, named=True)]
    earlier = [each for each in attempt.outcomes[:-1] if each.status != attempt.status]
    sentences += [Sentence(say.earlier(each), each.all_cites) for each in reversed(earlier)]
    run = bundle.statements.get(attempt.script)
    if run and run.at:
        sentences.append(Sentence(say.script_run(run.person, run.at), cited(run.id, attempt.applied)))
    return Item(tuple(sentences), lead=isolated(quotable(attempt.title, say.longest)), status=attempt.status)


def _result(attempt: Attempt, say: Phrases) -> Sentence:
    outcome = attempt.outcome
    if outcome is None:
        applied = say.was_applied if attempt.is_reopened else say.applied_without_outcome
        return Sentence(applied(application(attempt, say)), sources(attempt))
    is_dropped = outcome.status == Status.DISMISSED
    text = say.dropped(application(attempt, say), outcome) if is_dropped else say.result(outcome)
    return Sentence(f"{text}: {say.last(outcome.notes)}" if outcome.notes else f"{text}.", sources(attempt, outcome))


def _unapplied(attempt: Attempt, say: Phrases) -> Sentence:
    outcome = attempt.outcome
    if outcome is None:
        return Sentence(say.suggested(attempt.title, attempt.suggested_at), sources(attempt))
    return Sentence(say.dismissed(attempt.title, outcome), sources(attempt, outcome))
