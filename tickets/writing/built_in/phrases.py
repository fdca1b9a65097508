"""What the built-in writer says, in every language: `english` and `german` have the words.

A fix's title is an order in any language ("Restart the spooler"), so no sentence bends it: it is always quoted.
No sentence about a fix that isn't verified has a word that claims closure (docs/texts.md).
"""

from abc import ABC, abstractmethod
from datetime import datetime
from enum import Enum, auto

from tickets.bundle.statements import Outcome, Reopening
from tickets.writing.dates import Dates
from tickets.writing.words import isolated, quotable

ENDS = ("!", "?", "…", "。", "؟", "।")
"""What ends a quotation so that its sentence needs no full stop."""


class Result(Enum):
    """What came of a fix that was applied."""

    WORKED = auto()
    WAITS = auto()
    PARTLY = auto()
    UNKNOWN = auto()
    REOPENED = auto()  # it seemed to work
    FAILED = auto()


class Link(Enum):
    """How a group of fixes stands to the group before it in the text: what happened earlier can come later."""

    NONE = auto()
    BEFORE = auto()
    AFTER = auto()
    ALSO = auto()


class Phrases(ABC):
    """The sentences of one section, whose `dates` name the year once. `longest`: characters of a quotation."""

    marks: tuple[str, str]
    """The quotation marks."""

    # fixed sentences and labels
    no_findings: str
    no_cause: str
    nothing_applied: str
    rest_is_open: str
    none_helped: str
    impact: str
    access: str
    not_applied: str
    only_waiting: tuple[str, str]
    no_hypothesis: str
    look_further: tuple[str, str]
    begin_with_problem: str
    decide_what_is_left: str
    ask_what_is_left: str
    answer_question: str
    no_check_by: str

    def __init__(self, dates: Dates, *, longest: int) -> None:
        self.dates, self.longest = dates, longest

    def quote(self, text: str) -> str:
        """Return the text in quotation marks; a long one is shortened."""
        return self.marks[0] + isolated(quotable(text, self.longest)) + self.marks[1]

    def last(self, text: str) -> str:
        """Return the quotation that ends a sentence, with the sentence's full stop where it needs one."""
        ends_itself = quotable(text, self.longest).endswith(ENDS)
        return self.quote(text) + ("" if ends_itself else ".")

    def all_quoted(self, titles: list[str]) -> str:
        return "; ".join([*map(self.quote, titles[:-1]), self.last(titles[-1])])

    def stamp(self, person: str, at: datetime) -> str:
        """Return "Maya Lindqvist, 26 November 2026, 11:12"."""
        return ", ".join(filter(None, [isolated(person), self.dates.brief(at)]))

    def when(self, outcome: Outcome) -> str:
        """Return when an outcome was recorded: of one that is only said in the form, the day."""
        return self.dates.on_day(outcome.at) if outcome.is_said else self.dates.on(outcome.at)

    def stamp_of(self, outcome: Outcome) -> str:
        """Return who recorded an outcome, and when."""
        when = self.dates.brief_day(outcome.at) if outcome.is_said else self.dates.brief(outcome.at)
        return ", ".join(filter(None, [isolated(outcome.person), when]))

    def _taken_back(self, verdict: Outcome, reopening: Reopening, *, named: bool) -> tuple[str, str]:
        """Return when a verdict was recorded, and when it was taken back; in brackets with by whom."""
        if named:
            return f"({self.stamp_of(verdict)})", f"({self.stamp(reopening.person, reopening.at)})"
        return self.when(verdict), self.dates.on(reopening.at)

    def reason_and_check(self, outcome: Outcome) -> str:
        """Return what a fix waits for and when it is to be checked, as the end of a sentence."""
        if not outcome.check_by:
            return self.last(outcome.notes)
        return f"{self.quote(outcome.notes)}; {self.due_in_list(outcome.check_by)}."

    # the note
    @abstractmethod
    def applied(self, title: str, result: Result, at: datetime | None, link: Link) -> str:
        """Say that one fix was applied, and unless it worked or waits, what came of it."""

    @abstractmethod
    def applied_all(self, result: Result, link: Link, *, closed: bool) -> str:
        """Introduce the list of fixes with this result."""

    @abstractmethod
    def applied_most(self, count: int) -> str:
        """Introduce the latest of many fixes that didn't help."""

    @abstractmethod
    def verified(self, outcome: Outcome, *, closed: bool) -> str: ...

    @abstractmethod
    def verified_in_list(self, outcome: Outcome) -> str: ...

    @abstractmethod
    def noted(self, notes: str) -> str:
        """Quote the notes of an outcome. They can be anything: a check, an event, a word."""

    @abstractmethod
    def reopened(self, verdict: Outcome, reopening: Reopening, *, named: bool) -> str:
        """Say what a fix was recorded as, and that it was reopened, and why."""

    @abstractmethod
    def asked(self, question: str, answer: str) -> str:
        """Return a finding that is a question with its answer. Both have their punctuation."""

    @abstractmethod
    def recorded_by(self, outcome: Outcome) -> str:
        """Return who recorded that a fix was applied, and when, for brackets."""

    @abstractmethod
    def waits(self, reason: str) -> str:
        """Say that it isn't known yet whether a fix helps."""

    @abstractmethod
    def due(self, at: datetime) -> str:
        """Say by when somebody is to check; it stays true when that time has passed."""

    @abstractmethod
    def due_in_list(self, at: datetime) -> str: ...

    @abstractmethod
    def more_findings(self, count: int) -> str: ...

    # the package
    @abstractmethod
    def result(self, outcome: Outcome) -> str:
        """Return what came of a fix, by whom and when, without a full stop."""

    @abstractmethod
    def earlier(self, outcome: Outcome) -> str: ...

    @abstractmethod
    def was_applied(self, stamp: str) -> str: ...

    @abstractmethod
    def applied_without_outcome(self, stamp: str) -> str: ...

    @abstractmethod
    def dropped(self, stamp: str, outcome: Outcome) -> str:
        """Say that a fix was applied and then dismissed; without a full stop."""

    @abstractmethod
    def script_run(self, person: str, at: datetime) -> str: ...

    @abstractmethod
    def suggested(self, title: str, at: datetime) -> str: ...

    @abstractmethod
    def dismissed(self, title: str, outcome: Outcome) -> str: ...

    @abstractmethod
    def leading(self, title: str) -> str: ...

    @abstractmethod
    def waits_too(self, title: str, stamp: str, outcome: Outcome, *, replaced: bool) -> str:
        """Return all of a further fix that waits. `stamp`: who applied it and when."""

    @abstractmethod
    def applied_unverified(self, person: str, at: datetime | None) -> str: ...

    @abstractmethod
    def recorded_unverified(self, outcome: Outcome) -> str:
        """Say that a fix was applied, which is only known from who recorded its outcome."""

    @abstractmethod
    def described(self, text: str) -> str: ...

    @abstractmethod
    def waits_on(self, reason: str) -> str: ...

    @abstractmethod
    def unknown(self, title: str) -> str: ...

    @abstractmethod
    def seemed_to_work(self, title: str) -> str: ...

    @abstractmethod
    def first_message(self, text: str) -> str: ...

    @abstractmethod
    def best_lead(self, title: str) -> str: ...

    @abstractmethod
    def latest_worked(self, title: str) -> str: ...

    @abstractmethod
    def cause_so_far(self, cause: str) -> str: ...

    @abstractmethod
    def check(self, title: str, check_by: datetime | None, *, first: bool) -> str: ...

    @abstractmethod
    def how_to_tell(self, hint: str) -> str: ...

    @abstractmethod
    def find_out(self, title: str) -> str: ...

    @abstractmethod
    def go_on(self, title: str) -> str: ...

    @abstractmethod
    def consider(self, titles: list[str]) -> str: ...

    @abstractmethod
    def failed_fixes(self, title: str, count: int, others: int) -> str:
        """Return the fixes that didn't help, as a subject. `title`: of the only one; `others`: listed with them."""

    @abstractmethod
    def another_cause(self, fixes: str, checks: int) -> str:
        """Say to look further, if the fixes to check turn out not to have helped."""

    # the addendum
    @abstractmethod
    def addendum(self, at: datetime) -> str: ...

    @abstractmethod
    def has_worked(self, title: str, outcome: Outcome) -> str: ...

    @abstractmethod
    def has_failed(self, title: str, outcome: Outcome) -> str: ...

    @abstractmethod
    def has_partly(self, title: str, outcome: Outcome) -> str: ...

    @abstractmethod
    def still_waits(self, title: str, outcome: Outcome) -> str: ...

    @abstractmethod
    def was_dropped(self, title: str, outcome: Outcome) -> str: ...

    @abstractmethod
    def was_never_applied(self, title: str, outcome: Outcome) -> str: ...

    @abstractmethod
    def taken_back(self, title: str, person: str, at: datetime) -> str: ...

    @abstractmethod
    def reason_given(self, reason: str) -> str: ...
