"""What the built-in writer says in German."""

from datetime import datetime

from fixes.transitions import Status
from tickets.bundle.statements import Outcome, Reopening
from tickets.writing.built_in.phrases import Link, Phrases, Result
from tickets.writing.words import isolated

RESULTS = {
    Status.SUCCESS: "Hat geholfen (bestätigt",
    Status.FAILED: "Hat nicht geholfen (",
    Status.PARTIAL: "Hat teilweise geholfen (",
    Status.PENDING: "Prüfung stand aus (",
}
NUMBERS = ("null", "eine", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf")
TAKEN_BACK = {
    Status.SUCCESS: ("Sie schien zu helfen und wurde", "als wirksam festgehalten"),
    Status.FAILED: ("Sie wurde", "als nicht wirksam festgehalten"),
    Status.DISMISSED: ("Sie wurde", "verworfen"),
}


class German(Phrases):
    marks = ("„", "“")
    no_findings = "Es wurden keine Feststellungen festgehalten."
    no_cause = "Die Ursache wurde nicht festgestellt."
    nothing_applied = "Es wurde keine Maßnahme durchgeführt."
    rest_is_open = "Der Rest ist noch offen."
    none_helped = "Bisher hat keine Maßnahme geholfen."
    impact = "Auswirkung"
    access = "Zugang"
    not_applied = "Vorgeschlagen, aber nicht durchgeführt:"
    only_waiting = (
        "Nur die Maßnahme unten, deren Prüfung noch aussteht.",
        "Nur die Maßnahmen unten, deren Prüfung noch aussteht.",
    )
    no_hypothesis = "Die Ursache wurde nicht festgestellt, und es gibt keine offene Hypothese."
    look_further = (
        "Hat sie nicht geholfen, nach einer anderen Ursache suchen.",
        "Hat keine davon geholfen, nach einer anderen Ursache suchen.",
    )
    begin_with_problem = "Beim Problem beginnen: Es wurde noch keine Maßnahme durchgeführt."
    decide_what_is_left = "Entscheiden, was noch zu tun ist."
    ask_what_is_left = (
        "Nachfragen, was noch zu tun ist: Die letzte Maßnahme hat geholfen, und der Grund der Übergabe ist nicht "
        "festgehalten."
    )
    answer_question = "Die Frage oben beantworten; die letzte Maßnahme hat geholfen."
    no_check_by = "Ein Zeitpunkt für die Prüfung ist nicht festgelegt."

    def applied(self, title: str, result: Result, at: datetime | None, link: Link) -> str:
        ends = {
            Result.PARTLY: ", die teilweise geholfen hat",
            Result.UNKNOWN: "; ob sie geholfen hat, ist nicht bekannt",
            Result.FAILED: ", die nicht geholfen hat",
        }
        return f"{self._we(at, link)} diese Maßnahme durchgeführt{ends.get(result, '')}: {self.last(title)}"

    def applied_all(self, result: Result, link: Link, *, closed: bool) -> str:
        worked = ", die geholfen haben"
        ends = {
            Result.WORKED: f"{worked}; das Problem ist gelöst:" if closed else f"{worked}:",
            Result.WAITS: "; ob sie helfen, zeigt sich erst später:",
            Result.PARTLY: ", die teilweise geholfen haben:",
            Result.UNKNOWN: "; ob sie geholfen haben, ist nicht bekannt:",
            Result.REOPENED: "; sie schienen zunächst zu helfen:",
            Result.FAILED: ", die nicht geholfen haben:",
        }
        return f"{self._we(None, link)} diese Maßnahmen durchgeführt{ends[result]}"

    def applied_most(self, count: int) -> str:
        return f"Wir haben {count} Maßnahmen durchgeführt, die nicht geholfen haben, zuletzt diese:"

    def verified(self, outcome: Outcome, *, closed: bool) -> str:
        begins = "Sie hat geholfen, und das Problem ist gelöst" if closed else "Sie hat geholfen"
        return f"{begins}: {self._verified(outcome, 'das', 'Das')}."

    def verified_in_list(self, outcome: Outcome) -> str:
        return f"bestätigt{self._by(outcome.person)} {self.when(outcome)}"

    def noted(self, notes: str) -> str:
        return f"Dazu festgehalten: {self.last(notes)}"

    def reopened(self, verdict: Outcome, reopening: Reopening, *, named: bool) -> str:
        begins, does = TAKEN_BACK[verdict.status]
        recorded, again = self._taken_back(verdict, reopening, named=named)
        reason = self.last(reopening.reason)
        if named:
            return f"{begins} {does} {recorded}, dann aber wieder geöffnet {again}: {reason}"
        return f"{begins} {recorded} {does}, dann aber {again} wieder geöffnet: {reason}"

    def asked(self, question: str, answer: str) -> str:
        return f"Gefragt: {self.quote(question)} Antwort: {answer}"

    def recorded_by(self, outcome: Outcome) -> str:
        return f"festgehalten {'von' if outcome.person else 'am'} {self.stamp_of(outcome)}"

    def waits(self, reason: str) -> str:
        return f"Ob sie hilft, zeigt sich erst später; der Grund: {self.last(reason)}"

    def due(self, at: datetime) -> str:
        return f"Die Prüfung ist bis zum {self.dates.until(at)} vorgesehen."

    def due_in_list(self, at: datetime) -> str:
        return f"zu prüfen bis zum {self.dates.until(at)}"

    def more_findings(self, count: int) -> str:
        if count > 1:
            return f"{count} weitere Feststellungen sind festgehalten."
        return "Eine weitere Feststellung ist festgehalten."

    def result(self, outcome: Outcome) -> str:
        stamp = self.stamp_of(outcome)
        joint = (" von " if outcome.person else " am ") if outcome.status == Status.SUCCESS else ""
        return f"{RESULTS[outcome.status]}{joint}{stamp})"

    def earlier(self, outcome: Outcome) -> str:
        result = self.result(outcome)
        return f"Davor: {result}{self._noted(outcome)}"

    def was_applied(self, stamp: str) -> str:
        return f"Durchgeführt ({stamp})."

    def applied_without_outcome(self, stamp: str) -> str:
        return f"Durchgeführt ({stamp}); ein Ergebnis wurde nicht festgehalten."

    def dropped(self, stamp: str, outcome: Outcome) -> str:
        return f"Durchgeführt ({stamp}), dann verworfen ({self.stamp_of(outcome)})"

    def script_run(self, person: str, at: datetime) -> str:
        return f"Das Skript dazu wurde ausgeführt ({self.stamp(person, at)})."

    def suggested(self, title: str, at: datetime) -> str:
        return f"{self.quote(title)}, vorgeschlagen {self.dates.on(at)}."

    def dismissed(self, title: str, outcome: Outcome) -> str:
        done = "nie durchgeführt" if outcome.never_applied else "verworfen"
        return f"{self.quote(title)}, {done} ({self.stamp_of(outcome)}){self._noted(outcome)}"

    def leading(self, title: str) -> str:
        return f"Die führende Hypothese ist, dass diese Maßnahme hilft: {self.last(title)}"

    def waits_too(self, title: str, stamp: str, outcome: Outcome, *, replaced: bool) -> str:
        which = f"der inzwischen ersetzten Maßnahme {self.quote(title)}" if replaced else f"von {self.quote(title)}"
        done = f"Auch die Prüfung {which} steht noch aus (durchgeführt: {stamp})"
        return f"{done}: {self.reason_and_check(outcome)}"

    def applied_unverified(self, person: str, at: datetime | None) -> str:
        when = f" {self.dates.on(at)}" if at else ""
        begins = f"{isolated(person)} hat sie{when} durchgeführt" if person else f"Sie wurde{when} durchgeführt"
        return f"{begins}; geprüft ist sie noch nicht."

    def recorded_unverified(self, outcome: Outcome) -> str:
        return f"Sie wurde durchgeführt ({self.recorded_by(outcome)}); geprüft ist sie noch nicht."

    def described(self, text: str) -> str:
        return f"Aus ihrer Beschreibung: {self.last(text)}"

    def waits_on(self, reason: str) -> str:
        return f"Gewartet wird auf Folgendes: {self.last(reason)}"

    def unknown(self, title: str) -> str:
        begins = "Die offene Hypothese ist, dass diese Maßnahme geholfen hat; ihr Ergebnis ist nicht festgehalten"
        return f"{begins}: {self.last(title)}"

    def seemed_to_work(self, title: str) -> str:
        begins = "Diese Maßnahme schien zu helfen, wurde aber wieder geöffnet; was daraus wurde, ist offen"
        return f"{begins}: {self.last(title)}"

    def first_message(self, text: str) -> str:
        return f"Aus der ersten Nachricht: {self.last(text)}"

    def best_lead(self, title: str) -> str:
        return f"Der beste Ansatz ist diese Maßnahme, die teilweise geholfen hat: {self.last(title)}"

    def latest_worked(self, title: str) -> str:
        return f"Es gibt keine offene Hypothese; die letzte Maßnahme hat geholfen: {self.last(title)}"

    def cause_so_far(self, cause: str) -> str:
        return f"Als Ursache bisher genannt: {self.last(cause)}"

    def check(self, title: str, check_by: datetime | None, *, first: bool) -> str:
        begins = f"{'Zuerst' if first else 'Auch'} prüfen, ob {self.quote(title)} geholfen hat"
        return f"{begins}, und zwar bis zum {self.dates.until(check_by)}." if check_by else f"{begins}."

    def how_to_tell(self, hint: str) -> str:
        return f"Woran man es erkennt: {self.last(hint.replace('`', ''))}"

    def find_out(self, title: str) -> str:
        return f"Herausfinden, ob {self.quote(title)} geholfen hat."

    def go_on(self, title: str) -> str:
        return f"Bei dem weitermachen, was {self.quote(title)} offengelassen hat."

    def consider(self, titles: list[str]) -> str:
        return f"Erwägen, was vorgeschlagen, aber nicht durchgeführt wurde: {self.all_quoted(titles)}"

    def failed_fixes(self, title: str, count: int, others: int) -> str:
        if title:
            return f"{self.quote(title)} hat"
        number = NUMBERS[count] if count < len(NUMBERS) else str(count)
        return f"{number} der Maßnahmen oben haben" if others else f"die {number} Maßnahmen oben haben"

    def another_cause(self, fixes: str, checks: int) -> str:
        if checks:
            return f"{self.look_further[checks > 1][:-1]}; auch {fixes} nicht geholfen."
        return f"Nach einer anderen Ursache suchen: {_capital(fixes)} nicht geholfen."

    def addendum(self, at: datetime) -> str:
        return f"Nachtrag, {self.dates.brief(at)}"

    def has_worked(self, title: str, outcome: Outcome) -> str:
        return f"{self.quote(title)} hat geholfen, {self._as(outcome, 'bestätigt')}."

    def has_failed(self, title: str, outcome: Outcome) -> str:
        return f"{self.quote(title)} hat nicht geholfen, {self._as(outcome, 'festgehalten')}."

    def has_partly(self, title: str, outcome: Outcome) -> str:
        return f"{self.quote(title)} hat teilweise geholfen, {self._as(outcome, 'festgehalten')}."

    def still_waits(self, title: str, outcome: Outcome) -> str:
        return f"Ob {self.quote(title)} hilft, zeigt sich erst später; der Grund: {self.last(outcome.notes)}"

    def was_dropped(self, title: str, outcome: Outcome) -> str:
        return f"{self.quote(title)} wird nicht weiterverfolgt, {self._as(outcome, 'festgehalten')}."

    def was_never_applied(self, title: str, outcome: Outcome) -> str:
        return f"{self.quote(title)} wurde doch nie durchgeführt, {self._as(outcome, 'festgehalten')}."

    def taken_back(self, title: str, person: str, at: datetime) -> str:
        when = self.dates.on(at)
        who = f"{isolated(person)} hat es {when} zurückgenommen" if person else f"Es wurde {when} zurückgenommen"
        return f"Was zu {self.quote(title)} festgehalten war, gilt nicht mehr: {who}."

    def reason_given(self, reason: str) -> str:
        return f"Der Grund: {self.last(reason)}"

    def _we(self, at: datetime | None, link: Link) -> str:
        """Return "Wir haben", "Davor haben wir am 26. November um 11:06 Uhr"."""
        when = f" {self.dates.on(at)}" if at else ""
        if word := {Link.BEFORE: "Davor", Link.AFTER: "Danach"}.get(link):
            return f"{word} haben wir{when}"
        also = " außerdem" if link == Link.ALSO else ""
        return f"{_capital(when.strip())} haben wir{also}" if when else f"Wir haben{also}"

    def _verified(self, outcome: Outcome, what: str, begins: str) -> str:
        when = self.when(outcome)
        if outcome.person:
            return f"{isolated(outcome.person)} hat {what} {when} bestätigt"
        return f"{begins} wurde {when} bestätigt"

    def _as(self, outcome: Outcome, done: str) -> str:
        """Return "wie Maya Lindqvist am 26. November um 13:38 Uhr bestätigt hat"."""
        when = self.when(outcome)
        return f"wie {isolated(outcome.person)} {when} {done} hat" if outcome.person else f"wie {when} {done} wurde"

    def _by(self, person: str) -> str:
        return f" von {isolated(person)}" if person else ""

    def _noted(self, outcome: Outcome) -> str:
        return f": {self.last(outcome.notes)}" if outcome.notes else "."


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
