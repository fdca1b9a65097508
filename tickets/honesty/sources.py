"""What a sentence may rest on: the statements that it cites, with what the record knows about each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from tickets.bundle import Attempt, Bundle, Statement
from tickets.honesty.times import calendar_keys, moment_keys
from tickets.honesty.tokens import tokens_of
from tickets.honesty.values import counts_of, values_of

T = TypeVar("T")


@dataclass(frozen=True)
class Source:
    """`texts`: what was said, then the words of its fix. `moments`: local times of what it says."""

    statement: Statement
    texts: tuple[str, ...]
    moments: tuple[datetime, ...]
    attempt: Attempt | None

    @property
    def is_outcome(self) -> bool:
        return bool(self.attempt and any(each.cites == self.statement.id for each in self.attempt.outcomes))

    @cached_property
    def keys(self) -> frozenset[str]:
        """Every value that this source carries."""
        said_on = self.statement.at and self.moments[0].date()
        keys: set[str] = set()
        for moment in self.moments:
            keys |= moment_keys(moment)
        if not self.attempt:  # "since Friday" isn't said by saying something on a Friday
            keys = {key for key in keys if not key.startswith("weekday:")}
        return frozenset(keys.union(*(_keys_of(text, said_on or None) for text in self.texts)))

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of it in lower case, names of people included."""
        return frozenset().union(*(_words_of(text) for text in (*self.texts, self.statement.person)))


class Sources:
    """The cited statements of a sentence, or all of a bundle."""

    def __init__(self, bundle: Bundle, cites: Iterable[str]) -> None:
        self.bundle = bundle
        self._kept: dict[str, Any] = {}
        attempts = _attempts_by_id(bundle)
        self.found = [_source(bundle, bundle.statements[each], attempts) for each in dict.fromkeys(cites)]

    @cached_property
    def keys(self) -> frozenset[str]:
        return frozenset().union(*(source.keys for source in self.found))

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset().union(*(source.words for source in self.found))

    def once(self, name: str, build: Callable[["Sources"], T]) -> T:
        """Return what `build` makes of these sources; it is made once."""
        if name not in self._kept:
            self._kept[name] = build(self)
        found: T = self._kept[name]
        return found

    @cached_property
    def attempts(self) -> list[Attempt]:
        """The fixes that the cited statements are about, each once."""
        return list({each.attempt.number: each.attempt for each in self.found if each.attempt}.values())

    @cached_property
    def said(self) -> list[str]:
        return [text for source in self.found for text in source.texts]


class Everything(Sources):
    """All statements of a bundle, and the day on which it was read."""

    @cached_property
    def keys(self) -> frozenset[str]:
        return super().keys | calendar_keys(self.bundle.now.astimezone(self.bundle.zone).date())

    @cached_property
    def people(self) -> frozenset[str]:
        """The parts of the names of everyone known in the session, in lower case."""
        names = [statement.person for statement in self.bundle.statements.values()] + [self.bundle.author]
        return frozenset(part.casefold() for name in set(names) for part in name.split() if len(part) > 2)

    def __init__(self, bundle: Bundle) -> None:
        super().__init__(bundle, bundle.statements)

    @cached_property
    def words(self) -> frozenset[str]:
        fields = (self.bundle.title, self.bundle.problem, self.bundle.client, self.bundle.ticket, self.bundle.author)
        return super().words.union(*map(_words_of, fields))


def _source(bundle: Bundle, statement: Statement, attempts: dict[str | int | None, Attempt]) -> Source:
    attempt = attempts.get(statement.attempt) or attempts.get(statement.id)
    texts, moments = [statement.text], [statement.at] if statement.at else []
    if attempt:
        texts += [attempt.title, attempt.description, attempt.hint]
        if statement.id == attempt.applied and attempt.applied_at:
            moments.append(attempt.applied_at)
        for outcome in attempt.outcomes:
            if outcome.cites == statement.id:
                texts.append(outcome.notes)
                moments += [outcome.at, *([outcome.check_by] if outcome.check_by else [])]
    return Source(
        statement,
        tuple(dict.fromkeys(filter(None, texts))),
        tuple(moment.astimezone(bundle.zone) for moment in moments),
        attempt,
    )


def _attempts_by_id(bundle: Bundle) -> dict[str | int | None, Attempt]:
    """Return the fixes by their number, and by the statements about them."""
    found: dict[str | int | None, Attempt] = {each.number: each for each in bundle.attempts}
    for attempt in bundle.attempts:
        for id_ in (attempt.suggested, attempt.applied, *(outcome.cites for outcome in attempt.outcomes)):
            found.setdefault(id_ or None, attempt)
    found.pop(None, None)
    return found


@lru_cache(maxsize=4_096)
def _keys_of(text: str, said_on: date | None) -> frozenset[str]:
    keys: set[str] = {f"id:{word}" for word in _words_of(text)}
    tokens = tokens_of(text)
    for value in values_of(tokens, said_on):
        keys |= value.keys | value.also
    keys |= counts_of(tokens)
    return frozenset(keys)


@lru_cache(maxsize=4_096)
def _words_of(text: str) -> frozenset[str]:
    """Return the words of a text, the parts of joined ones too."""
    words: set[str] = set()
    for token in tokens_of(text):
        words.add(token.folded)
        if not token.folded.isalnum():
            words.update(part for part in "".join(c if c.isalnum() else " " for c in token.folded).split())
    return frozenset(words)
