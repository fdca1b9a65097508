"""Import documents that nobody thought of, for hypothesis, and what must come of them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from fixes.tests.import_files import Document

BEGAN = datetime(2026, 8, 3, 7, 0, tzinfo=UTC)
OPEN = ("proposed", "applied_partial", "applied_pending")
OUTCOMES = ("applied_success", "applied_failed", "applied_partial", "applied_pending", "dismissed")

texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"], include_characters="\t\n\r"), max_size=60).map(
    lambda words: f"a{words}z"
)
uuids = st.uuids(version=4).map(str)


@dataclass
class Expected:
    """`events`: (action, fix, from, to, at) in the order in which they must appear."""

    document: Document = field(default_factory=dict)
    events: list[tuple[str, str, str | None, str, datetime]] = field(default_factory=list)


@dataclass
class Course:
    """The states a fix goes through, as the rules have them; written without looking at the code."""

    id: str
    script: str | None
    status: str = "proposed"
    before: str = "proposed"
    decision: str | None = None
    applied: bool = False

    def legal(self) -> list[tuple[str, str | None]]:
        if self.status not in OPEN:
            return [("reopen", None)]
        acts: list[tuple[str, str | None]] = [("outcome", outcome) for outcome in OUTCOMES]
        acts += [("apply", None)] if not self.applied else []
        paths = ["build_template", *(["one_off", "draft_template"] if self.script else [])]
        return acts + [("decision", path) for path in paths if path != self.decision]

    def go(self, act: str, choice: str | None) -> None:
        if act == "apply" or choice in ("one_off", "draft_template") or str(choice).startswith("applied_"):
            self.applied = True
        if act == "decision":
            self.decision = choice
        if act == "outcome":
            self.before, self.status = self.status, str(choice)
        if act == "reopen":
            self.status = self.before


@st.composite
def documents(draw: st.DrawFn) -> Expected:
    clock, made = BEGAN, Expected()

    def tick() -> datetime:
        nonlocal clock
        clock += timedelta(seconds=draw(st.integers(1, 200_000)))
        return clock

    messages: list[dict[str, Any]] = []
    fixes: list[dict[str, Any]] = []
    ids = draw(st.lists(uuids, min_size=4, max_size=4, unique=True))
    for id in ids[: draw(st.integers(0, 2))]:
        for author in (draw(st.sampled_from(["engineer", "system", "assistant"])), "assistant"):
            messages.append({"author": author, "content": draw(texts), "created_at": written(tick())})
        fixes.append(draw(fix_documents(id, tick, made)))
    made.document = {
        "id": ids[3],
        "title": draw(texts),
        "problem_summary": draw(texts),
        "client_name": draw(texts),
        "ticket_ref": f"CW-{draw(st.integers(10_000, 99_999))}",
        "status": draw(st.sampled_from(["active", "paused", "resolved", "escalated", "abandoned"])),
        "created_at": written(BEGAN),
        "messages": messages,
        "fixes": fixes,
    }
    return made


@st.composite
def fix_documents(draw: st.DrawFn, id: str, tick: Any, made: Expected) -> dict[str, Any]:
    course = Course(id, draw(st.none() | texts))
    proposed = tick()
    if made.events:
        older = made.events[-1]
        made.events.append(("supersede", older[1], older[3], older[3], proposed))
    made.events.append(("suggest", id, None, "proposed", proposed))
    actions = []
    for number in range(draw(st.integers(0, 5))):
        act, choice = draw(st.sampled_from(course.legal()))
        at, old = tick(), course.status
        course.go(act, choice)
        name = {"outcome": "record", "decision": "decide"}.get(act, act)
        made.events.append((name, id, old, course.status, at))
        actions.append(_action(draw, act, choice, number, at))
    return {
        "id": id,
        "title": draw(texts),
        "description": draw(texts),
        "confidence_pct": draw(st.integers(0, 100)),
        "ai_drafted_script": course.script,
        "ai_drafted_parameters": draw(st.none() | st.dictionaries(texts, st.integers() | texts | st.none())),
        "proposed_at": written(proposed),
        "actions": actions,
    }


def _action(draw: st.DrawFn, act: str, choice: str | None, number: int, at: datetime) -> dict[str, Any]:
    action: dict[str, Any] = {"action": act, "at": written(at)}
    if act == "decision":
        action["decision"] = choice
    if act == "reopen":
        action["reason"] = f"It came back, {number}."
    if act == "outcome":
        later = written(at + timedelta(minutes=draw(st.integers(1, 500_000))))
        follow_up = draw(st.none() | st.just(later)) if choice == "applied_pending" else None
        action |= {"outcome": choice, "notes": f"Words {number}.", "follow_up_at": follow_up}
    return action


def written(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


Path = list[str | int]


def paths_in(value: Any, at: Path | None = None) -> list[Path]:
    """Return the path of every value in a document."""
    at = at or []
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return ([at] if at else []) + [path for key, each in inner for path in paths_in(each, [*at, key])]
