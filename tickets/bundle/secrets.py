"""Removes passwords, keys and tokens from what texts quote (docs/texts.md). The session keeps them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import chain
from typing import Any

from accounts.models import Language
from flowpilot.masking import KNOWN_AGAIN, Masks
from flowpilot.masking.forms import KEY, PASSWORD, RECOVERY_KEY, TOKEN
from tickets.bundle.inputs import TEXTS, ClosingInput
from tickets.bundle.statements import Attempt, Bundle, Outcome, Reopening, Statement, StatementKind

REMOVED = {
    Language.ENGLISH: {
        PASSWORD: "[password removed]",
        KEY: "[key removed]",
        TOKEN: "[token removed]",
        RECOVERY_KEY: "[recovery key removed]",
    },
    Language.GERMAN: {
        PASSWORD: "[Passwort entfernt]",
        KEY: "[Schlüssel entfernt]",
        TOKEN: "[Token entfernt]",
        RECOVERY_KEY: "[Wiederherstellungsschlüssel entfernt]",
    },
}
"""What a text says in place of a secret, by its kind."""

Remove = Callable[[str], str]


def remover(bundle: Bundle, language: Language) -> Remove:
    """Return what takes the secrets out of a text: those of known forms, and those that the session calls secret."""
    masks = Masks(bundle.session_id)
    masks.learn(_worth_reading(bundle))
    return cache(lambda text: masks.replaced(text, REMOVED[language].__getitem__) if text else text)


def without_secrets(bundle: Bundle, remove: Remove) -> Bundle:
    """Return the bundle without the secrets. Of its messages only the one changes that a text may quote."""
    return replace(
        bundle,
        title=remove(bundle.title),
        problem=remove(bundle.problem),
        client=remove(bundle.client),
        ticket=remove(bundle.ticket),
        statements={id_: _statement(each, bundle, remove) for id_, each in bundle.statements.items()},
        attempts=tuple(_attempt(each, remove) for each in bundle.attempts),
        inputs=_inputs(bundle.inputs, remove),
    )


def _worth_reading(bundle: Bundle) -> Iterator[str]:
    """Yield what texts quote, and the messages that have a word of it that may be a secret: reading all takes long."""
    quoted = {each.text for each in bundle.statements.values() if not _is_long(each, bundle)}
    yield from quoted
    words = set(chain.from_iterable(map(str.split, quoted)))
    telling = {bare for word in words if len(bare := word.strip("\"'`“”„‘’«»()[]{}<>,;.:!?")) >= KNOWN_AGAIN}
    telling = {word for word in telling if not word.isalpha()}
    for each in bundle.messages:
        text = bundle.statements[each].text
        if any(word in text for word in telling):
            yield text


def _is_long(statement: Statement, bundle: Bundle) -> bool:
    return statement.kind == StatementKind.MESSAGE and statement.id != bundle.first_message


def _statement(statement: Statement, bundle: Bundle, remove: Remove) -> Statement:
    if _is_long(statement, bundle) or (text := remove(statement.text)) == statement.text:
        return statement
    return replace(statement, text=text)


def _attempt(attempt: Attempt, remove: Remove) -> Attempt:
    return replace(
        attempt,
        title=remove(attempt.title),
        description=remove(attempt.description),
        hint=remove(attempt.hint),
        outcomes=tuple(_outcome(each, remove) for each in attempt.outcomes),
        history=tuple(_of_history(each, remove) for each in attempt.history),
    )


def _of_history(each: Outcome | Reopening, remove: Remove) -> Outcome | Reopening:
    return _outcome(each, remove) if isinstance(each, Outcome) else replace(each, reason=remove(each.reason))


def _outcome(outcome: Outcome, remove: Remove) -> Outcome:
    return replace(outcome, notes=notes) if (notes := remove(outcome.notes)) != outcome.notes else outcome


def _inputs(inputs: ClosingInput, remove: Remove) -> ClosingInput:
    texts: dict[str, Any] = {name: remove(text) for name in TEXTS if (text := getattr(inputs, name))}
    return replace(inputs, **texts)
