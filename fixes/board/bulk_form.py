"""The bar at the foot of the board: the answers that it offers, and its form."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone

from fixes import check_by
from fixes.answers import notes_for
from fixes.forms import RecordForm
from fixes.transitions import Status
from sessions.refusals import InvalidInput

LIMIT = 100
"""So many fixes can be answered at once."""

CHECK_BY = "check_by"
"""Beside the outcomes: moves the check-by time and leaves the rest as it is."""


@dataclass(frozen=True)
class Ask:
    """One answer that the bar at the foot of the board offers, and what it asks first."""

    outcome: str
    label: str
    icon: str
    question: str
    hint: str
    button: str
    said: str
    needs: str = ""


ASKS = (
    Ask(
        Status.SUCCESS,
        "It worked…",
        "check",
        "How was it verified?",
        "It stands in the history of each of them.",
        "Record as worked",
        "recorded as worked",
        needs="Say how it was verified. Nothing was recorded yet.",
    ),
    Ask(
        Status.FAILED,
        "Didn’t work…",
        "failed",
        "What happened instead?",
        "Optional. It stands in the history of each of them.",
        "Record as didn’t work",
        "recorded as didn’t work",
    ),
    Ask(
        Status.PARTIAL,
        "Partly…",
        "partial",
        "What worked, and what didn’t?",
        "It goes into each ticket as you write it.",
        "Record as partly",
        "recorded as partly worked",
    ),
    Ask(CHECK_BY, "Check by…", "pending", "", "", "Move the check-by time", "given another check-by time"),
    Ask(
        Status.DISMISSED,
        "Dismiss…",
        "dismissed",
        "Why are they dismissed?",
        "Optional. It stands in the history of each of them.",
        "Dismiss them",
        "dismissed",
    ),
)
BY_OUTCOME = {ask.outcome: ask for ask in ASKS}


@dataclass(frozen=True)
class Pick:
    """A ticked box: the fix, and its version when the page was drawn."""

    fix_id: UUID
    version: int

    @classmethod
    def read(cls, text: str) -> "Pick | None":
        fix_id, _, version = text.partition(":")
        try:
            return cls(UUID(fix_id), min(int(version), 2**31 - 1))
        except ValueError:
            return None


def picks_of(sent: Iterable[str]) -> list[Pick]:
    """Each fix once; what can't be read is left out."""
    found = {pick.fix_id: pick for pick in map(Pick.read, sent) if pick}
    return list(found.values())


class BulkForm(RecordForm):
    """The bar's form: every answer has its own words, `<outcome>-notes`; the pressed button says which is meant."""

    version = None  # type: ignore[assignment]  # each row has its own

    def __init__(self, sent: Any = None) -> None:
        self.sent = sent
        self.picks = picks_of(sent.getlist("pick")) if sent else []
        self.still_picked: set[UUID] = {pick.fix_id for pick in self.picks}
        self.pressed: str = sent.get("outcome", "") if sent else ""
        super().__init__(self._meant() if sent else None)

    def _meant(self) -> dict[str, str]:
        """What belongs to the pressed button. What was begun under the others stays as it was typed, and counts not."""
        fields = ("check_by", "follow_up_at") if self.pressed == CHECK_BY else ()
        meant = {name: str(self.sent.get(name, "")) for name in fields}
        return {"outcome": self.pressed, "notes": self.words_of(self.pressed), **meant}

    def words_of(self, outcome: str) -> str:
        return str(self.sent.get(f"{outcome}-notes", "")) if self.sent else ""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        ask = BY_OUTCOME.get(self.pressed)
        if not self.picks:
            self.add_error(None, "Nothing is selected. Tick the fixes that this is the answer to.")
        elif len(self.picks) > LIMIT:
            self.add_error(None, f"{len(self.picks):,} are selected, and at most {LIMIT} are answered at once.")
        if ask is None:
            self.add_error(None, "Choose what came of them.")
        elif ask.needs and not str(data.get("notes", "")).strip():
            self.add_error("notes", ask.needs)
        elif "notes" not in self.errors and ask.outcome != CHECK_BY:
            self._check_words(ask, data)
        if ask and ask.outcome == CHECK_BY and not data.get("check_by") and "check_by" not in self.errors:
            self.add_error("check_by", "Choose a time, or “No reminder”.")
        return data

    def _check_words(self, ask: Ask, data: dict[str, Any]) -> None:
        try:
            notes_for(Status(ask.outcome), data["notes"])
        except InvalidInput as refused:
            self.add_refusals(refused)

    @property
    def asks(self) -> list[dict[str, Any]]:
        """For the template: each answer, its words as sent, and whether it is open: when there is something to mend."""
        return [
            {
                "ask": ask,
                "words": self.words_of(ask.outcome),
                "is_open": bool(self.errors) and ask.outcome == self.pressed,
                "errors": self.errors.get("notes", []) if ask.outcome == self.pressed else [],
            }
            for ask in ASKS
        ]

    @property
    def problems(self) -> list[str]:
        return [str(error) for error in self.non_field_errors()]

    @property
    def check_by_errors(self) -> list[str]:
        return [str(error) for name in ("check_by", "follow_up_at") for error in self.errors.get(name, [])]

    @property
    def check_by_choices(self) -> list[check_by.Choice]:
        zone = timezone.get_current_timezone()
        return check_by.offered(timezone.now(), zone if isinstance(zone, ZoneInfo) else ZoneInfo("UTC"), None)

    @property
    def check_by_chosen(self) -> str:
        return str(self.sent.get("check_by", "")) if self.sent else ""

    @property
    def zone_name(self) -> str:
        return timezone.get_current_timezone_name()

    @property
    def follow_up_sent(self) -> str:
        return str(self.sent.get("follow_up_at", "")) if self.sent else ""
