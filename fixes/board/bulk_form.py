"""The form of the bar at the foot of the board: which rows, which answer, and its words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from common.refusals import InvalidInput
from fixes.banner.check_by import CheckBy
from fixes.banner.forms import RecordForm
from fixes.board.bulk_controls import ASKS, BY_OUTCOME, CHECK_BY, Ask
from fixes.lifecycle.validation import notes_for
from fixes.transitions import Status

LIMIT = 100
"""So many fixes can be answered at once."""


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
        self._check_picks()
        if ask := BY_OUTCOME.get(self.pressed):
            self._check_answer(ask, data)
        else:
            self.add_error(None, "Choose what came of them.")
        return data

    def _check_picks(self) -> None:
        if not self.picks:
            self.add_error(None, "Nothing is selected. Tick the fixes that this is the answer to.")
        elif len(self.picks) > LIMIT:
            self.add_error(None, f"{len(self.picks):,} are selected, and at most {LIMIT} are answered at once.")

    def _check_answer(self, ask: Ask, data: dict[str, Any]) -> None:
        if ask.outcome == CHECK_BY:
            if not data.get("check_by") and "check_by" not in self.errors:
                self.add_error("check_by", "Choose a time, or “No check-by time”.")
        elif "notes" not in self.errors:
            self._check_words(ask, data["notes"])

    def _check_words(self, ask: Ask, words: str) -> None:
        try:
            cleaned = notes_for(Status(ask.outcome), words)
        except InvalidInput as refused:
            return self.add_refusals(refused)
        if ask.needs and cleaned is None:
            self.add_error("notes", ask.needs)

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
    def check_by_fields(self) -> CheckBy:
        return CheckBy(timezone.now(), sent=self if self.sent else None, default="")
