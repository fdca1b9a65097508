"""Dates and times in a text: always with their date, in the account's zone and the text's language."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from common.times import MONTHS
from tickets.models.text import Language

GERMAN_MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni"),
    *("Juli", "August", "September", "Oktober", "November", "Dezember"),
)
GERMAN_ZONES = {"CET": "MEZ", "CEST": "MESZ"}


@dataclass
class Dates:
    """The dates of one section. It names the year with its first date, and again when the year changes.

    A time that the clock shows twice, when summer time ends, has its zone with it.
    """

    language: Language
    zone: ZoneInfo
    named: set[int] = field(default_factory=set)

    def on(self, at: datetime) -> str:
        """Return "on 26 November 2026 at 13:30", or in German "am 26. November 2026 um 13:30 Uhr"."""
        day, time = self._day(at), self._time(at)
        return f"am {day} um {time}" if self._is_german else f"on {day} at {time}"

    def on_day(self, at: datetime) -> str:
        """Return "on 26 November 2026", or in German "am 26. November 2026"."""
        return f"{'am' if self._is_german else 'on'} {self._day(at)}"

    def brief(self, at: datetime) -> str:
        """Return "26 November 2026, 13:30"."""
        return f"{self._day(at)}, {self._time(at)}"

    def brief_day(self, at: datetime) -> str:
        """Return "26 November 2026"."""
        return self._day(at)

    def until(self, at: datetime) -> str:
        """Return what follows "by": "13:30 on 26 November 2026", or in German "26. November 2026 um 13:30 Uhr"."""
        day, time = self._day(at), self._time(at)
        return f"{day} um {time}" if self._is_german else f"{time} on {day}"

    @property
    def _is_german(self) -> bool:
        return self.language == Language.GERMAN

    def _day(self, at: datetime) -> str:
        local = at.astimezone(self.zone)
        months = GERMAN_MONTHS if self._is_german else MONTHS
        day = f"{local.day}{'.' if self._is_german else ''} {months[local.month - 1]}"
        if self.named == {local.year}:
            return day
        self.named = {local.year}
        return f"{day} {local.year}"

    def _time(self, at: datetime) -> str:
        local = at.astimezone(self.zone)
        time = f"{local:%H:%M}{' Uhr' if self._is_german else ''}"
        if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
            return time
        zone = local.tzname() or ""
        name = GERMAN_ZONES.get(zone, zone) if self._is_german else zone
        return f"{time} {name if name.isalpha() else f'UTC{name}'}"
