"""What a closing page asks: what came of the fix, and what the package lacks."""

from dataclasses import dataclass, field

from fixes.transitions import NOTES_NEEDED, Status
from tickets.bundle import Bundle
from tickets.forms.closing import NOTES, ClosingForm
from tickets.gaps import GAPS, gaps_of, most_missed
from tickets.outcome_choices import Choice
from tickets.views.words import ANSWERS, Answer


@dataclass(frozen=True)
class ShownChoice:
    """One answer about the fix, with its words. `field`: the name of its notes, "" without any."""

    choice: Choice
    words: Answer
    is_chosen: bool
    notes: str
    errors: list[str]

    @property
    def field(self) -> str:
        return NOTES + self.choice.outcome if self.words.asks else ""

    @property
    def is_required(self) -> bool:
        """Whether its field can't stay empty; for what the fix stands at already, the notes are there."""
        return self.choice.outcome in NOTES_NEEDED


@dataclass(frozen=True)
class ShownGap:
    """What a package should say. `says`: how far that is known. `is_field`: whether the page has a field for it."""

    key: str
    label: str
    hint: str
    is_missing: bool
    says: str
    is_field: bool
    text: str = ""
    errors: list[str] = field(default_factory=list)
    is_most_missed: bool = False


def shown_choices(form: ClosingForm) -> list[ShownChoice]:
    """Return the answers about the fix that this form offers."""
    words = ANSWERS[form.kind]
    return [
        ShownChoice(
            choice,
            words[choice.outcome],
            choice.outcome == form.outcome,
            form.typed(NOTES + choice.outcome),
            errors_of(form, NOTES + choice.outcome),
        )
        for choice in form.choices
    ]


def shown_gaps(form: ClosingForm, bundle: Bundle) -> list[ShownGap]:
    """Return what a package should say, and how far that is known."""
    missing, says = gaps_of(bundle), _known(bundle)
    most = most_missed(form.session.account, now=form.now)
    return [
        ShownGap(
            gap.key,
            gap.label,
            gap.asks,
            gap.key in missing,
            LACKS.get(gap.key, "missing") if gap.key in missing else says.get(gap.key, "known"),
            bool(gap.asks),
            form.typed(gap.key),
            errors_of(form, gap.key),
            gap.key == most,
        )
        for gap in GAPS
    ]


LACKS = {"waited_on": "no check-by time"}


def _known(bundle: Bundle) -> dict[str, str]:
    tried = len(bundle.applied)
    waits = any(each.status == Status.PENDING for each in bundle.attempts)
    return {"tried": f"{tried} attempt{'' if tried == 1 else 's'}", "waited_on": "known" if waits else "nothing"}


def errors_of(form: ClosingForm, name: str) -> list[str]:
    return [str(error) for error in form.errors.get(name, [])] if form.is_bound else []
