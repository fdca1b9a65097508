"""What the built-in writer says in English."""

from datetime import datetime

from fixes.transitions import Status
from tickets.bundle.statements import Outcome, Reopening
from tickets.writing.built_in.phrases import Link, Phrases, Result
from tickets.writing.words import isolated

RESULTS = {
    Status.SUCCESS: "Worked (verified",
    Status.FAILED: "Didn’t work (",
    Status.PARTIAL: "Partly worked (",
    Status.PENDING: "Awaiting verification (",
}
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
TAKEN_BACK = {
    Status.SUCCESS: "It seemed to work and was recorded as having worked",
    Status.FAILED: "It was recorded as not having worked",
    Status.DISMISSED: "It was dismissed",
}


class English(Phrases):
    marks = ("“", "”")
    no_findings = "No findings were recorded."
    no_cause = "No cause was established."
    nothing_applied = "No fix was applied."
    rest_is_open = "The rest is still open."
    none_helped = "No fix has helped so far."
    impact = "Impact"
    access = "Access"
    not_applied = "Suggested, but not applied:"
    only_waiting = (
        "Only the fix below, which awaits verification.",
        "Only the fixes below, which await verification.",
    )
    no_hypothesis = "No cause was established, and no hypothesis is open."
    look_further = ("If it has not helped, look for another cause.", "If none has helped, look for another cause.")
    begin_with_problem = "Begin with the problem: no fix has been applied yet."
    decide_what_is_left = "Decide what is left to do."
    ask_what_is_left = "Ask what is left to do: the last fix worked, and why the case is handed over is not recorded."
    answer_question = "Answer the question above; the last fix worked."
    no_check_by = "No time has been set for the check."

    def applied(self, title: str, result: Result, at: datetime | None, link: Link) -> str:
        ends = {
            Result.PARTLY: ", and it helped in part",
            Result.UNKNOWN: "; whether it helped is not known",
            Result.FAILED: ", and it did not help",
        }
        return f"{self._we(at, link)} applied this fix{ends.get(result, '')}: {self.last(title)}"

    def applied_all(self, result: Result, link: Link, *, closed: bool) -> str:
        ends = {
            Result.WORKED: ", and they worked; the problem is resolved:" if closed else ", and they worked:",
            Result.WAITS: "; whether they help can be seen only later:",
            Result.PARTLY: ", and they helped in part:",
            Result.UNKNOWN: "; whether they helped is not known:",
            Result.REOPENED: "; they seemed to work at first:",
            Result.FAILED: ", and they did not help:",
        }
        return f"{self._we(None, link)} applied these fixes{ends[result]}"

    def applied_most(self, count: int) -> str:
        return f"We applied {count} fixes that did not help, most recently these:"

    def verified(self, outcome: Outcome, *, closed: bool) -> str:
        begins = "It worked, and the problem is resolved" if closed else "It worked"
        return f"{begins}: {self._verified_by(outcome.person, 'this')} {self.when(outcome)}."

    def verified_in_list(self, outcome: Outcome) -> str:
        return f"verified{self._by(outcome.person)} {self.when(outcome)}"

    def noted(self, notes: str) -> str:
        return f"Recorded with it: {self.last(notes)}"

    def reopened(self, verdict: Outcome, reopening: Reopening, *, named: bool) -> str:
        recorded, again = self._taken_back(verdict, reopening, named=named)
        return f"{TAKEN_BACK[verdict.status]} {recorded}, but was reopened {again}: {self.last(reopening.reason)}"

    def asked(self, question: str, answer: str) -> str:
        return f"Asked: {self.quote(question)} Answer: {answer}"

    def recorded_by(self, outcome: Outcome) -> str:
        return f"recorded {'by ' if outcome.person else ''}{self.stamp_of(outcome)}"

    def waits(self, reason: str) -> str:
        return f"Whether it helps can be seen only later; the reason: {self.last(reason)}"

    def due(self, at: datetime) -> str:
        return f"The check is due by {self.dates.until(at)}."

    def due_in_list(self, at: datetime) -> str:
        return f"to be checked by {self.dates.until(at)}"

    def more_findings(self, count: int) -> str:
        return f"{count} more findings are on record." if count > 1 else "One more finding is on record."

    def result(self, outcome: Outcome) -> str:
        stamp = self.stamp_of(outcome)
        joint = (" by " if outcome.person else " ") if outcome.status == Status.SUCCESS else ""
        return f"{RESULTS[outcome.status]}{joint}{stamp})"

    def earlier(self, outcome: Outcome) -> str:
        result = self.result(outcome)
        return f"Before that: {result[0].lower()}{result[1:]}{self._noted(outcome)}"

    def was_applied(self, stamp: str) -> str:
        return f"Applied ({stamp})."

    def applied_without_outcome(self, stamp: str) -> str:
        return f"Applied ({stamp}); no outcome was recorded."

    def dropped(self, stamp: str, outcome: Outcome) -> str:
        return f"Applied ({stamp}), then dismissed ({self.stamp_of(outcome)})"

    def script_run(self, person: str, at: datetime) -> str:
        return f"Its script was run ({self.stamp(person, at)})."

    def suggested(self, title: str, at: datetime) -> str:
        return f"{self.quote(title)}, suggested {self.dates.on(at)}."

    def dismissed(self, title: str, outcome: Outcome) -> str:
        done = "never applied" if outcome.never_applied else "dismissed"
        return f"{self.quote(title)}, {done} ({self.stamp_of(outcome)}){self._noted(outcome)}"

    def leading(self, title: str) -> str:
        return f"The leading hypothesis is that this fix helps: {self.last(title)}"

    def waits_too(self, title: str, stamp: str, outcome: Outcome, *, replaced: bool) -> str:
        which = f"{self.quote(title)}, since replaced by another fix," if replaced else self.quote(title)
        return f"{which} awaits verification, too (applied: {stamp}): {self.reason_and_check(outcome)}"

    def applied_unverified(self, person: str, at: datetime | None) -> str:
        when = f" {self.dates.on(at)}" if at else ""
        begins = f"{isolated(person)} applied it{when}" if person else f"It was applied{when}"
        return f"{begins}; it is not verified yet."

    def recorded_unverified(self, outcome: Outcome) -> str:
        return f"It was applied ({self.recorded_by(outcome)}); it is not verified yet."

    def described(self, text: str) -> str:
        return f"From its description: {self.last(text)}"

    def waits_on(self, reason: str) -> str:
        return f"It is waiting on this: {self.last(reason)}"

    def unknown(self, title: str) -> str:
        return f"The open hypothesis is that this fix helped; its outcome is not recorded: {self.last(title)}"

    def seemed_to_work(self, title: str) -> str:
        return f"This fix seemed to work, but was reopened; what came of it is open: {self.last(title)}"

    def first_message(self, text: str) -> str:
        return f"From the first message: {self.last(text)}"

    def best_lead(self, title: str) -> str:
        return f"The best lead is this fix, which helped in part: {self.last(title)}"

    def latest_worked(self, title: str) -> str:
        return f"No hypothesis is open; the latest fix worked: {self.last(title)}"

    def cause_so_far(self, cause: str) -> str:
        return f"The cause as stated so far: {self.last(cause)}"

    def check(self, title: str, check_by: datetime | None, *, first: bool) -> str:
        begins = f"Check {'first ' if first else ''}whether {self.quote(title)} has helped{'' if first else ', too'}"
        return f"{begins}, by {self.dates.until(check_by)}." if check_by else f"{begins}."

    def how_to_tell(self, hint: str) -> str:
        return f"How to tell: {self.last(hint.replace('`', ''))}"

    def find_out(self, title: str) -> str:
        return f"Find out whether {self.quote(title)} has helped."

    def go_on(self, title: str) -> str:
        return f"Go on from what {self.quote(title)} left open."

    def consider(self, titles: list[str]) -> str:
        return f"Consider what was suggested, but not applied: {self.all_quoted(titles)}"

    def failed_fixes(self, title: str, count: int, others: int) -> str:
        number = NUMBERS[count] if count < len(NUMBERS) else str(count)
        return self.quote(title) if title else f"{number} of the fixes above" if others else f"the {number} fixes above"

    def another_cause(self, fixes: str, checks: int) -> str:
        if checks:
            return f"{self.look_further[checks > 1][:-1]}; {fixes} did not help either."
        return f"Look for another cause: {fixes} did not help."

    def addendum(self, at: datetime) -> str:
        return f"Addendum, {self.dates.brief(at)}"

    def has_worked(self, title: str, outcome: Outcome) -> str:
        verified = self._verified_by(outcome.person, "it")
        return f"{self.quote(title)} has worked; {verified} {self.when(outcome)}."

    def has_failed(self, title: str, outcome: Outcome) -> str:
        return f"{self.quote(title)} has not helped, {self._recorded(outcome)}."

    def has_partly(self, title: str, outcome: Outcome) -> str:
        return f"{self.quote(title)} has helped in part, {self._recorded(outcome)}."

    def still_waits(self, title: str, outcome: Outcome) -> str:
        return f"Whether {self.quote(title)} helps can be seen only later; the reason: {self.last(outcome.notes)}"

    def was_dropped(self, title: str, outcome: Outcome) -> str:
        return f"{self.quote(title)} is not being pursued any further, {self._recorded(outcome)}."

    def was_never_applied(self, title: str, outcome: Outcome) -> str:
        return f"{self.quote(title)} was never applied after all, {self._recorded(outcome)}."

    def taken_back(self, title: str, person: str, at: datetime) -> str:
        who = f"{isolated(person)} took it back" if person else "it was taken back"
        return f"What was recorded of {self.quote(title)} no longer stands: {who} {self.dates.on(at)}."

    def reason_given(self, reason: str) -> str:
        return f"The reason: {self.last(reason)}"

    def _we(self, at: datetime | None, link: Link) -> str:
        """Return "We", "Before that, on 26 November at 11:06, we"."""
        when = f"{self.dates.on(at)}" if at else ""
        if word := {Link.BEFORE: "Before that", Link.AFTER: "After that"}.get(link):
            return ", ".join(filter(None, [word, when, "we"]))
        subject = "we also" if link == Link.ALSO else "we"
        return _capital(f"{when} {subject}".strip())

    def _verified_by(self, person: str, what: str) -> str:
        return f"{isolated(person)} verified {what}" if person else f"{what} was verified"

    def _recorded(self, outcome: Outcome) -> str:
        who = f"as {isolated(outcome.person)} recorded" if outcome.person else "as was recorded"
        return f"{who} {self.when(outcome)}"

    def _by(self, person: str) -> str:
        return f" by {isolated(person)}" if person else ""

    def _noted(self, outcome: Outcome) -> str:
        return f": {self.last(outcome.notes)}" if outcome.notes else "."


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
