"""Generates docs/lifecycle.md from the tables of the lifecycle and docs.template.md."""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from string import Template

from django.conf import settings

from common.text import NOTES_MAX
from fixes.lifecycle.closing import AFTER_OUTCOME, AFTER_REOPEN, AFTER_UNDO_OF_RESOLVE, KIND_WHEN_RESOLVED
from fixes.transitions import (
    ALLOWED,
    APPLIED,
    FOLLOW_UP_LIMIT,
    NOTES_COLUMN,
    NOTES_NEEDED,
    OPEN,
    OUTCOMES,
    PROPOSABLE,
    RUNS_SCRIPT,
    TERMINAL,
    UNDO_WINDOW,
    VERIFIED,
    Decision,
    Status,
    moves,
)
from sessions.models import ResolutionKind, SessionStatus
from sessions.status import ALLOWED as ALLOWED_STATUSES
from sessions.status import REOPENABLE

PAGE = Path(settings.BASE_DIR) / "docs" / "lifecycle.md"
TEMPLATE = Path(__file__).with_suffix(".template.md")


def page() -> str:
    """Return the text of the page."""
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        diagram=diagram(),
        table=table(),
        applied=_listed(APPLIED),
        verified=_listed(VERIFIED),
        needs_notes=_listed(NOTES_NEEDED),
        columns=_and(f"`{column}`" for column in NOTES_COLUMN.values() if column),
        notes_max=f"{NOTES_MAX:,}",
        follow_up_limit=_spoken(FOLLOW_UP_LIMIT),
        undo_window=_spoken(UNDO_WINDOW),
        decisions=_rows(_decision(path) for path in Decision),
        proposable=_listed(PROPOSABLE),
        sessions=_rows([*_after_outcome(), *_after_reopen(), *_after_undo_of_resolve()]),
        resolving=_rows(_kinds_when_resolved()),
        session_statuses=_rows((old.label, _and(new.label for new in news)) for old, news in _settable()),
        reopenable=_and(status.label for status in REOPENABLE),
        moves=", ".join(f"`{old}` → `{new}`" for old, new in moves()),
    )


def diagram() -> str:
    """Return the statuses and moves for mermaid. Undo and reopen share one arrow."""
    lines = ["stateDiagram-v2", "    [*] --> proposed: suggest"]
    for name, label, statuses in (("open", "Open", OPEN), ("closed", "Closed", TERMINAL)):
        lines += [f'    state "{label}" as {name} {{']
        lines += [f"        {status.value}: {status.label}" for status in statuses]
        lines += ["    }"]
    for old, outcomes in ALLOWED.items():
        lines += [f"    {old.value} --> {new.value}{_arrow_label(old, new)}" for new in outcomes]
    return "\n".join([*lines, "    closed --> open: undo or reopen, to where it was"])


def _arrow_label(old: Status, new: Status) -> str:
    if new not in NOTES_NEEDED:
        return ""
    return ": new notes" if old == new else ": notes"


def table() -> str:
    head = f"| from ↓ outcome → | {' | '.join(outcome.label for outcome in OUTCOMES)} |"
    rule = "|---" * (len(OUTCOMES) + 1) + "|"
    rows = ((f"**{old.label}** `{old.value}`", *(_cell(old, new) for new in OUTCOMES)) for old in ALLOWED)
    return "\n".join([head, rule, _rows(rows)])


def _cell(old: Status, new: Status) -> str:
    if new not in ALLOWED[old]:
        return "reopen first"
    if new not in NOTES_NEEDED:
        return "yes"
    return "with notes, replaces" if old == new else "with notes"


def _decision(path: Decision) -> tuple[str, ...]:
    runs = "yes" if path in RUNS_SCRIPT else ""
    return f"`{path.value}`", path.label, runs, runs


def _after_outcome() -> Iterable[tuple[str, ...]]:
    for (kind, outcome), (status, becomes) in AFTER_OUTCOME.items():
        then = f"*{outcome.label}* recorded" if outcome in OUTCOMES else f"undone, back to *{outcome.label}*"
        yield _session(SessionStatus.RESOLVED, kind), then, _session(status, becomes)


def _after_reopen() -> Iterable[tuple[str, ...]]:
    for (kind, back_to), (status, becomes) in AFTER_REOPEN.items():
        then = f"its success undone or reopened, to *{back_to.label}*"
        yield _session(SessionStatus.RESOLVED, kind), then, _session(status, becomes)


def _after_undo_of_resolve() -> Iterable[tuple[str, ...]]:
    for kind, (status, becomes) in AFTER_UNDO_OF_RESOLVE.items():
        then = "the outcome that was recorded by resolving it undone"
        yield _session(SessionStatus.RESOLVED, kind), then, _session(status, becomes)


def _kinds_when_resolved() -> Iterable[tuple[str, ...]]:
    for outcome, kind in KIND_WHEN_RESOLVED.items():
        yield f"*{outcome.label}*", _session(SessionStatus.RESOLVED, kind)
    others = [outcome for outcome in OUTCOMES if outcome not in KIND_WHEN_RESOLVED]
    without = _session(SessionStatus.RESOLVED, ResolutionKind.WITHOUT_FIX)
    yield f"{_listed(others)}, or no fix", without


def _session(status: SessionStatus, kind: ResolutionKind | None) -> str:
    return f"{status.label}, {kind.label.lower()}" if kind else status.label


def _settable() -> Iterable[tuple[SessionStatus, tuple[SessionStatus, ...]]]:
    return ((old, news) for old, news in ALLOWED_STATUSES.items() if news)


def _listed(statuses: Iterable[Status]) -> str:
    return _and(f"*{status.label}*" for status in statuses)


def _and(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def _rows(rows: Iterable[Iterable[str]]) -> str:
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)


def _spoken(span: timedelta) -> str:
    minutes = int(span.total_seconds()) // 60
    return f"{span.days} days" if span.days else f"{minutes} minutes"
