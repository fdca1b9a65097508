"""The form that resolves or escalates a session. It checks shape; the acts decide what is legal (`tickets.closing`)."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from common.fields import TypedField
from common.ids import uuid_or_none
from common.refusals import InvalidInput
from common.text import clean_text
from common.times import current_zone
from fixes.banner import check_by
from fixes.banner.check_by import CheckBy
from fixes.banner.check_by import Choice as TimeChoice
from fixes.banner.forms import CheckByField
from fixes.banner.known_times import KnownTimes, known_times
from fixes.models import SuggestedFix
from fixes.transitions import NOTES_COLUMN, Status
from sessions.models import AISession
from tickets.bundle import ClosingInput
from tickets.models import Kind, Language
from tickets.outcome_choices import Choice, choices_for
from tickets.previews import writers
from tickets.targets import possible_targets

NOTES = "notes_"
"""Before an outcome, the name of the field with its notes: each answer has its own."""

LONG = ("root_cause", "impact", "access", "question")


class KeptCheckBy(CheckBy):
    """The fields for another check-by time, where there is one: a session isn't closed by forgetting it."""

    @property
    def choices(self) -> list[TimeChoice]:
        return [choice for choice in super().choices if choice.key != check_by.NONE]


class ClosingForm(forms.Form):
    """What is said of a session when it is closed. Without `data` it shows what is known already.

    `fix`: the session's current fix. Its outcome is asked for only while it is open. `asked`: language and writer, as
    the page's address names them.
    """

    BIGGEST: ClassVar = 2**31 - 1

    version = forms.IntegerField(min_value=0, max_value=BIGGEST, required=False)
    fix_outcome = forms.CharField(required=False)
    check_by = forms.ChoiceField(
        choices=[(key, key) for key in (*check_by.KEYS, *check_by.KNOWN)],
        required=False,
        error_messages={"invalid_choice": "Choose one of these."},
    )
    follow_up_at = CheckByField(
        required=False,
        error_messages={"invalid": "Not a date and time. Pick one, such as 2026-08-24 13:30."},
    )
    root_cause = TypedField()
    impact = TypedField()
    access = TypedField()
    question = TypedField()
    to = forms.CharField(required=False)
    language = forms.ChoiceField(choices=Language, required=False)
    writer = forms.CharField(required=False)
    text = TypedField()
    my_words = forms.BooleanField(required=False)
    draft_version = forms.IntegerField(min_value=0, max_value=BIGGEST, required=False)

    def __init__(
        self,
        data: QueryDict | None,
        *,
        session: AISession,
        kind: Kind,
        fix: SuggestedFix | None,
        user: User,
        now: datetime | None = None,
        asked: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(data)
        self.asked = asked or {}
        self.session, self.kind, self.user = session, kind, user
        self.fix, self.now = fix, now or timezone.now()
        self.asks = fix is not None and fix.is_open
        for outcome in Status:
            self.fields[NOTES + outcome] = TypedField()

    # What it shows

    @property
    def outcome(self) -> Status | None:
        """The answer that is chosen; None where the form doesn't ask."""
        if not self.asks:
            return None
        offered = {choice.outcome: choice for choice in self.choices}
        if (sent := self.data.get("fix_outcome")) in offered:
            return Status(sent)
        return next((each.outcome for each in self.choices if each.is_default), None)

    @property
    def choices(self) -> tuple[Choice, ...]:
        return choices_for(self.fix, self.kind) if self.fix and self.asks else ()

    def typed(self, name: str) -> str:
        """Return what is in a field: what was sent, else what is recorded."""
        if name in self.data:
            return str(self.data[name])
        if name == "root_cause":
            return self.session.root_cause or ""
        return self._recorded(name.removeprefix(NOTES)) if name.startswith(NOTES) else ""

    def _recorded(self, outcome: str) -> str:
        """Return the notes that the fix has already for the outcome that it stands at."""
        if self.fix is None or self.fix.status != outcome:
            return ""
        column = NOTES_COLUMN[Status(outcome)]
        return str(getattr(self.fix, column) or "") if column else ""

    @property
    def known(self) -> KnownTimes:
        assert self.fix is not None
        return known_times(self.fix, self.now, current_zone())

    @property
    def times(self) -> CheckBy:
        """The fields for a check-by time."""
        assert self.fix is not None
        sent = self if "check_by" in self.data else None
        kind = KeptCheckBy if self.fix.follow_up_at else CheckBy
        default = self._unchanged_time if self.fix.is_waiting else None
        return kind(self.now, self.fix.follow_up_at, sent, default, known=self.known)

    @property
    def _unchanged_time(self) -> str:
        """The choice that leaves the check-by time of a waiting fix as it is."""
        return check_by.KEEP if self.fix and self.fix.follow_up_at else check_by.NONE

    @property
    def changes_wait(self) -> bool:
        """Whether reason or check-by time of a waiting fix are not as they were: then their fields are open."""
        name = NOTES + Status.PENDING
        changed = name in self.data and self._lines(self.data[name]) != self._lines(self._recorded(Status.PENDING))
        return changed or self.data.get("check_by", self._unchanged_time) != self._unchanged_time

    @property
    def chosen_language(self) -> Language:
        sent = self.data.get("language") or self.asked.get("language", "")
        return Language(sent) if sent in Language.values else Language(self.session.account.language)

    @property
    def chosen_writer(self) -> str:
        sent = self.data.get("writer") or self.asked.get("writer", "")
        return sent if sent in writers() else writers()[0]

    @property
    def targets(self) -> list[User]:
        return list(possible_targets(self.session, self.user))

    @cached_property
    def target(self) -> User | None:
        """The person to escalate to, by the id that was sent; the act decides whether they can take it."""
        sent = uuid_or_none(self.data.get("to"))
        return User.objects.filter(account=self.session.account_id, pk=sent).first() if sent else None

    # What it says

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("check_by") != check_by.OTHER:
            self.errors.pop("follow_up_at", None)
        elif self.outcome == Status.PENDING and not data.get("follow_up_at") and "follow_up_at" not in self.errors:
            self.add_error("follow_up_at", "Pick a date and time, or choose another check-by time.")
        for name in (*LONG, *((NOTES + self.outcome,) if self.outcome else ())):
            try:
                data[name] = clean_text(self.data.get(name), name)
            except InvalidInput as invalid:
                self.add_error(name, invalid.errors[name])
        if self.data.get("to") and self.target is None:
            self.add_error("to", "There is no such person in this account. Choose someone else, or leave it open.")
        return data

    @property
    def inputs(self) -> ClosingInput:
        """What the form says, as far as it can be understood: a preview is shown of a half-filled form, too."""
        said: dict[str, Any] = {"root_cause": self.typed("root_cause") or None}
        if self.is_bound:
            self.is_valid()  # cleans it, once
            said = self.cleaned_data
        texts: dict[str, Any] = {name: said.get(name) for name in self._asked}
        outcome = self.outcome
        if outcome is None:
            return ClosingInput(**texts)
        return ClosingInput(outcome, self._notes(outcome, said), self._follow_up(outcome), **texts)

    @property
    def _asked(self) -> tuple[str, ...]:
        return ("root_cause",) if self.kind == Kind.NOTE else ("impact", "access", "question")

    def _notes(self, outcome: Status, said: dict[str, Any]) -> str | None:
        """Return the notes of the outcome; None where they are what the fix has already."""
        notes: str | None = said.get(NOTES + outcome)
        assert self.fix is not None
        return None if notes == self._recorded(outcome) and self.fix.status == outcome else notes

    def _follow_up(self, outcome: Status) -> datetime | None:
        key = self.data.get("check_by", "") if outcome == Status.PENDING else ""
        if key == check_by.OTHER:
            at: datetime | None = self.cleaned_data.get("follow_up_at")
            return at
        if key in check_by.KNOWN:
            known = self.known.said if key == check_by.SAID else self.known.usual
            return known.at if known else None
        if key in {check_by.IN_AN_HOUR, check_by.TODAY, check_by.TOMORROW}:
            return check_by.time_of(key, self.now, current_zone())
        return None

    @staticmethod
    def _lines(text: str) -> str:
        return text.replace("\r\n", "\n").strip()

    # Refusals

    def add_refusals(self, invalid: InvalidInput) -> None:
        """Put the acts' messages beside the fields that they are about."""
        for field, message in invalid.errors.items():
            name = NOTES + self.outcome if field == "notes" and self.outcome else field
            self.add_error(name if name in self.fields else None, message)
