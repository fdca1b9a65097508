"""What the session page shows of a handoff above the conversation: that it waits, or the package to its claimer."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.utils import timezone

from accounts.models import User
from common.times import duration
from sessions.models import AISession
from tickets.entries import HandoffLine, TextEntry
from tickets.gaps import GAPS, Gap
from tickets.models import HandoffState, Kind
from tickets.writing.headings import HEADINGS, MARKS, QUESTION

OPEN_SECTIONS = {"hypothesis", "next_steps"}
"""Sections of a package that aren't folded: where to begin."""

_HEADING = re.compile(r"^## +(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class PickupForm:
    """A form of the card as it was sent, and why it was refused. `name`: "ask", "return" or "rate"."""

    name: str
    error: str
    text: str = ""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """One section of a package. `body`: its markdown; `mark`: what its heading says in brackets of a fix in it."""

    heading: str
    body: str
    is_open: bool
    mark: str = ""


@dataclass
class Waiting:
    """The notice while nobody has claimed it."""

    handoff: HandoffLine
    user: User
    now: datetime = field(default_factory=timezone.now)

    @property
    def waited(self) -> str:
        return duration(self.now - self.handoff.created_at)

    @property
    def is_yours(self) -> bool:
        return self.handoff.from_id == self.user.pk

    @property
    def is_for_you(self) -> bool:
        return self.handoff.target_id == self.user.pk

    @property
    def may_take_back(self) -> bool:
        return self.user.can_work and (self.is_yours or self.user.is_account_admin)

    @property
    def may_claim(self) -> bool:
        """As `claiming.may_claim` decides."""
        if not self.user.can_work or self.is_yours:
            return False
        is_for_anyone = self.handoff.target_id is None or not self.handoff.target_works
        return is_for_anyone or self.is_for_you or self.user.is_account_admin


@dataclass
class Pickup:
    """The card with the package, for the person who claimed it and whose session it is."""

    handoff: HandoffLine
    session: AISession
    user: User
    text: TextEntry | None
    form: PickupForm | None = None
    left_off: int = 0
    """The state version with which it was claimed."""

    @property
    def giver(self) -> str:
        return self.handoff.giver

    @property
    def giver_first(self) -> str:
        return first_name(self.handoff.giver)

    @cached_property
    def sections(self) -> list[Section]:
        return sections_of(self.text) if self.text else []

    @property
    def shown(self) -> list[Section]:
        return [each for each in self.sections if each.is_open]

    @property
    def folded(self) -> list[Section]:
        return [each for each in self.sections if not each.is_open]

    @property
    def fold_label(self) -> str:
        """The headings of what is folded: "Problem · What we’ve confirmed · What we’ve tried"."""
        return " · ".join(each.heading for each in self.folded)

    @property
    def gaps(self) -> list[tuple[Gap, bool]]:
        """What can be named as missing, and whether it is."""
        named = self.form.missing if self.form and self.form.name == "rate" else self.handoff.missing
        return [(gap, gap.key in named) for gap in GAPS]

    @property
    def missing_notes(self) -> str:
        return self.form.text if self.form and self.form.name == "rate" else self.handoff.missing_notes

    def draft_key(self, name: str) -> str:
        return draft_key(self.user, self.session, name)

    @property
    def ask_draft(self) -> str:
        return self.draft_key("ask")

    @property
    def return_draft(self) -> str:
        return self.draft_key("return")

    @property
    def rate_draft(self) -> str:
        return self.draft_key("rate")


def draft_key(user: User, session: AISession, name: str) -> str:
    """Return the key under which a browser keeps the unsent text of a form (static/js/drafts.js)."""
    return f"{user.pk}:{session.pk}:{name}"


def first_name(name: str) -> str:
    """Return what a colleague is called: "Maya" of "Maya Lindqvist"; the whole name where its first part is none."""
    first, *rest = name.split() or [name]
    return first if rest and len(first) > 1 and not first.endswith(".") else name


def is_picked_up(handoff: HandoffLine | None, session: AISession, user: User) -> bool:
    """Whether this person claimed it and still works on the session."""
    is_claimers = handoff is not None and handoff.state == HandoffState.CLAIMED and handoff.claimer_id == user.pk
    return is_claimers and session.owner_id == user.pk and session.is_open


def sections_of(text: TextEntry) -> list[Section]:
    """Return the sections of a posted package. One without the headings of its language is open as a whole."""
    before, *parts = _HEADING.split(text.markdown)
    bodies = [(heading.strip(), body.strip()) for heading, body in zip(parts[::2], parts[1::2], strict=True)]
    is_open = _opener([heading for heading, _ in bodies], text)
    sections = [Section(*_marked(heading, body, is_open(heading), text)) for heading, body in bodies]
    rest = _without_question(before.strip(), text)
    return [*([Section("", rest, is_open=True)] if rest else []), *sections]


def _marked(heading: str, body: str, is_open: bool, text: TextEntry) -> tuple[str, str, bool, str]:
    """Return the columns of a section, its mark apart from its heading."""
    mark = MARKS[text.language]["awaiting"]
    plain = heading.removesuffix(f"({mark})").rstrip()
    return plain, body, is_open, mark if plain != heading else ""


def _opener(headings: list[str], text: TextEntry) -> Callable[[str], bool]:
    """Return what says whether the section with a heading is open; a heading may end in a mark in brackets."""
    names = {key: HEADINGS[Kind.PACKAGE, text.language][key] for key in OPEN_SECTIONS}
    begins = tuple(names.values())
    if not any(heading.startswith(begins) for heading in headings):
        return lambda heading: True
    return lambda heading: heading.startswith(begins)


def _without_question(before: str, text: TextEntry) -> str:
    """Return what stands before the first heading, without the question: the card shows that by itself."""
    paragraphs = before.split("\n\n")
    return "\n\n".join(each for each in paragraphs if not each.startswith(f"**{QUESTION[text.language]}**")).strip()
