"""One verdict on a text wherever it arrives: pages, API, admin, import and commands."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from accounts.models import Account, ApiToken, Invitation, Role, User
from accounts.tests.clients import let_in
from accounts.tests.factories import AccountFactory, UserFactory
from common.tests.hostile_texts import COMPOSED, DECOMPOSED, INVALID, INVISIBLE
from fixes.models import FixEvent, ScriptTemplate, SuggestedFix
from fixes.tests import import_files, lifecycle
from fixes.tests.acting import COPILOT
from fixes.tests.admin_pages import act as admin_act
from fixes.tests.admin_pages import edit as admin_edit
from fixes.tests.factories import make_fix
from fixes.tests.pages import record, send
from fixes.transitions import Status
from flowpilot.models import ModelCall, Playbook
from flowpilot.tests.answers import ask
from sessions import facts
from sessions.models import AISession, Fact, Message
from sessions.tests.factories import SessionFactory
from tests.api import call, client_of, fix_path
from tickets.models import Draft, Handoff, HandoffEvent
from tickets.tests.factories import claimed_handoff

REFUSED = "refused"
HEADER = {"title": "VPN drops", "client_name": "", "ticket_ref": "", "problem_summary": ""}
FIX = {"title": "Clear the cache", "description": "Then sign in.", "confidence_pct": 80}
TEMPLATE = {"name": "Clear", "description": "", "language": "", "body": "x", "parameters_schema": "{}"}


class Scene:
    """An account with an admin who works in it, by browser, API and admin; and what they act on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.account = AccountFactory.create(name="Northwind", slug="northwind")
        self.person = UserFactory.create(account=self.account, role=Role.ADMIN, email="owner@northwind.example")
        self.browser = Client()
        let_in(self.browser, self.person)
        self.api = client_of(self.person)
        self.session = SessionFactory.create(owner=self.person)

    def fix(self, status: Status = Status.PROPOSED) -> SuggestedFix:
        return make_fix(self.session, status)

    def fact(self) -> Fact:
        return facts.add(self.session.pk, "It hums.", "question", user=None, sessions=AISession.objects.all())

    def proposal(self) -> SuggestedFix:
        return lifecycle.propose(self.fix().pk, Status.PENDING, "It says so.", COPILOT)

    def claimed(self) -> Handoff:
        colleague = UserFactory.create(account=self.account)
        return claimed_handoff(SessionFactory.create(owner=colleague), by=self.person)

    def closed(self) -> AISession:
        AISession.objects.filter(pk=self.session.pk).update(status="abandoned")
        return self.session

    def version(self) -> int:
        return AISession.objects.get(pk=self.session.pk).state_version

    def imported(self, path: list[str | int], text: str) -> Any:
        lines = import_files.write_lines(
            self.folder / "sessions.jsonl", import_files.put(import_files.sound(), path, text)
        )
        return import_files.run_import(lines).refusal == "" or REFUSED


@dataclass(frozen=True)
class Edge:
    """A field of an edge. `send` returns the response, or REFUSED; `stored` what is in the database then."""

    send: Callable[[Scene, str], Any]
    stored: Callable[[], Any]
    kind: str = "text"
    required: bool = True
    is_json: bool = False


def latest(model: Any, column: str, order: str = "created_at") -> Callable[[], Any]:
    return lambda: getattr(model.objects.latest(order), column)


def imported(column: str) -> Callable[[], Any]:
    return lambda: getattr(AISession.objects.get(pk=import_files.SESSION_ID), column)


def notes() -> Any:
    return FixEvent.objects.latest("at", "state_version", "position").notes


def last_message() -> Any:
    return re.sub("^Reopened by [^:]*: ", "", Message.objects.latest("created_at", "sequence").content)


def api(method: str, path: Callable[[Scene], str], field: str, **body: Any) -> Callable[[Scene, str], Any]:
    return lambda scene, text: call(scene.api, method, path(scene), {**body, field: text})


def of_fix(act: str, status: Status = Status.PROPOSED) -> Callable[[Scene], str]:
    return lambda scene: fix_path(scene.fix(status), act)


def page(path: str, field: str, **fields: Any) -> Callable[[Scene, str], Any]:
    return lambda scene, text: scene.browser.post(path, {**fields, field: text})


def command(name: str, option: str, *arguments: str) -> Callable[[Scene, str], Any]:
    def run(scene: Scene, text: str) -> Any:
        try:
            return call_command(name, *arguments, f"{option}={text}")
        except CommandError:
            return REFUSED

    return run


def change_ticket(scene: Scene, field: str, text: str) -> Any:
    shown = {name: getattr(scene.session, name) for name in HEADER}
    before = {f"initial-{name}": value for name, value in shown.items()}
    return scene.browser.post(f"/sessions/{scene.session.pk}/edit/", {**shown, **before, field: text})


def header_edges() -> Iterator[tuple[str, Edge]]:
    kinds = {"title": "line", "client_name": "line", "ticket_ref": "line", "problem_summary": "text"}
    for field, kind in kinds.items():
        need = field == "title"
        created, changed = latest(AISession, field), latest(AISession, field, "updated_at")
        new = api("POST", lambda scene: "/ai-sessions", field, title="x")
        patch = api("PATCH", lambda scene: f"/ai-sessions/{scene.session.pk}", field)
        yield (
            f"api, new session, {field}",
            Edge(new, created, kind, need, True),
        )
        yield (
            f"api, session, {field}",
            Edge(patch, changed, kind, need, True),
        )
        yield f"page, new session, {field}", Edge(page("/sessions/new/", field, **HEADER), created, kind, need)
        yield (
            f"page, ticket, {field}",
            Edge(
                lambda scene, text, field=field: change_ticket(scene, field, text),
                changed,
                kind,
                need,
            ),
        )
        yield (
            f"import, {field}",
            Edge(lambda scene, text, field=field: scene.imported([field], text), imported(field), kind, need, True),
        )


def handoff_edges() -> Iterator[tuple[str, Edge]]:
    """What a claimer asks, and why they return it; what else was missing in the package."""
    said = latest(HandoffEvent, "notes", "at")
    missing = latest(Handoff, "missing_notes")
    acts = (("ask", "question", said, True), ("return", "reason", said, True), ("rate", "notes", missing, False))
    for name, field, stored, need in acts:
        given = {"enough": False, "missing": ["access"]} if name == "rate" else {}
        form = {"enough": "no", "missing": "access"} if name == "rate" else {}

        def of_api(scene: Scene, text: str, name: str = name, field: str = field, given: Any = given) -> Any:
            return call(scene.api, "POST", f"/handoffs/{scene.claimed().pk}/{name}", {**given, field: text})

        def of_page(scene: Scene, text: str, name: str = name, field: str = field, form: Any = form) -> Any:
            return scene.browser.post(f"/escalations/{scene.claimed().pk}/{name}", {**form, field: text})

        yield f"api, handoff, {name}", Edge(of_api, stored, required=need, is_json=True)
        yield f"page, handoff, {name}", Edge(of_page, stored, required=need)


def session_edges() -> Iterator[tuple[str, Edge]]:
    messages = "/ai-sessions/{}/messages"
    yield (
        "api, message",
        Edge(api("POST", lambda s: messages.format(s.session.pk), "content"), last_message, is_json=True),
    )
    yield (
        "page, message",
        Edge(
            lambda scene, text: scene.browser.post(f"/sessions/{scene.session.pk}/messages/", {"content": text}),
            last_message,
        ),
    )
    yield (
        "api, reopen session",
        Edge(api("POST", lambda s: f"/ai-sessions/{s.closed().pk}/reopen", "reason"), last_message, is_json=True),
    )
    yield (
        "page, reopen session",
        Edge(
            lambda scene, text: scene.browser.post(f"/sessions/{scene.closed().pk}/reopen/", {"reason": text}),
            last_message,
        ),
    )
    fact = latest(Fact, "text")
    yield (
        "api, new fact",
        Edge(api("POST", lambda s: f"/ai-sessions/{s.session.pk}/facts", "text", kind="question"), fact, is_json=True),
    )
    yield (
        "api, fact",
        Edge(api("PATCH", lambda s: f"/ai-sessions/{s.session.pk}/facts/{s.fact().pk}", "text"), fact, is_json=True),
    )
    yield (
        "page, new fact",
        Edge(
            lambda scene, text: scene.browser.post(
                f"/sessions/{scene.session.pk}/facts/add/", {"text": text, "kind": "question"}
            ),
            fact,
        ),
    )
    yield (
        "page, fact",
        Edge(
            lambda scene, text: scene.browser.post(
                f"/sessions/{scene.session.pk}/facts/{scene.fact().pk}/edit/", {"text": text, "kind": "question"}
            ),
            fact,
        ),
    )
    said = lambda: Message.objects.get(author="engineer").content  # noqa: E731
    yield (
        "import, message",
        Edge(lambda scene, text: scene.imported(["messages", 0, "content"], text), said, is_json=True),
    )


def fix_edges() -> Iterator[tuple[str, Edge]]:
    columns = {
        "title": ("line", True),
        "description": ("text", True),
        "verification_hint": ("text", False),
        "ai_drafted_script": ("script", False),
    }
    for field, (kind, need) in columns.items():
        stored = latest(SuggestedFix, field)
        new = api("POST", lambda s: f"/ai-sessions/{s.session.pk}/suggested-fixes", field, **FIX)
        yield f"api, new fix, {field}", Edge(new, stored, kind, need, True)
        yield (
            f"admin, fix, {field}",
            Edge(
                lambda scene, text, field=field: admin_edit(scene.browser, scene.fix(), **{field: text}),
                stored,
                kind,
                need,
            ),
        )
        yield (
            f"import, fix, {field}",
            Edge(
                lambda scene, text, field=field: scene.imported(["fixes", 0, field], text),
                stored,
                kind,
                True,
                True,
            ),
        )
    pending, partly = {"outcome": "applied_pending"}, {"outcome": "applied_partial"}
    failed = {"outcome": "applied_failed"}
    for outcome, need in ((pending, True), (partly, True), (failed, False)):
        name = outcome["outcome"]
        yield f"api, {name}", Edge(api("PATCH", of_fix("outcome"), "notes", **outcome), notes, "text", need, True)
        yield (
            f"page, {name}",
            Edge(
                lambda scene, text, name=name: record(scene.browser, scene.fix(), name, notes=text),
                notes,
                "text",
                need,
            ),
        )
        yield (
            f"admin, {name}",
            Edge(
                lambda scene, text, outcome=outcome: admin_act(
                    scene.browser, scene.fix(), "record", notes=text, **outcome
                ),
                notes,
                "text",
                need,
            ),
        )
    reason = lambda: SuggestedFix.objects.get().ai_outcome_proposal["reason"]  # noqa: E731
    proposed = api("POST", of_fix("ai-outcome"), "reason", outcome="applied_success")
    yield "api, proposal", Edge(proposed, reason, "text", False, True)
    for act, need in (("confirm", True), ("reject", False)):
        send_api = api("POST", lambda s, act=act: fix_path(s.proposal(), f"ai-outcome/{act}"), "notes")
        yield f"api, {act}", Edge(send_api, notes, "text", need, True)
    yield "page, confirm", Edge(lambda scene, text: send(scene.browser, scene.proposal(), "confirm", notes=text), notes)
    yield (
        "page, many",
        Edge(
            lambda scene, text: scene.browser.post(
                "/pending/record",
                {
                    "selected": f"{(fix := scene.fix(Status.PENDING)).pk}:{fix.version}",
                    "outcome": "applied_partial",
                    "applied_partial-notes": text,
                },
            ),
            notes,
        ),
    )


def closing_edges() -> Iterator[tuple[str, Edge]]:
    cause = latest(AISession, "root_cause", "updated_at")
    question = lambda: Handoff.objects.get().question or None  # noqa: E731
    fields = {
        "root_cause": ("resolve", cause, {}),
        "notes": ("resolve", notes, {"fix_outcome": "applied_failed"}),
        "question": ("escalate", question, {}),
    }
    for field, (act, stored, more) in fields.items():
        post = api("POST", lambda s, act=act: f"/ai-sessions/{s.session.pk}/{act}", field, **more)
        in_admin = lambda s, text, act=act, field=field, more=more: s.browser.post(  # noqa: E731
            f"/admin/ai_sessions/aisession/{s.session.pk}/{act}/",
            {"version": s.version(), "language": "en", "text": "", **more, field: text},
        )
        on_page = lambda s, text, act=act, field=field, more=more: s.browser.post(  # noqa: E731
            f"/sessions/{s.session.pk}/{act}/",
            {
                "version": s.version(),
                "language": "en",
                "writer": "built-in",
                "form_key": str(uuid4()),
                **more,
                "notes_applied_failed" if field == "notes" else field: text,
            },
        )
        for edge, send_text in (("api", post), ("admin", in_admin), ("page", on_page)):
            yield f"{edge}, {act}, {field}", Edge(with_fix(field, send_text), stored, "text", False, edge == "api")


def draft_edges() -> Iterator[tuple[str, Edge]]:
    """An edited text is kept as it was typed until it is posted."""
    kept = latest(Draft, "markdown", "edited_at")
    yield (
        "page, draft of a note",
        Edge(
            lambda scene, text: scene.browser.post(
                f"/sessions/{scene.session.pk}/resolve/draft/", {"edit": "1", "text": text}
            ),
            kept,
            "script",
        ),
    )


def with_fix(field: str, send_text: Callable[[Scene, str], Any]) -> Callable[[Scene, str], Any]:
    """Suggest a fix first where the text is about one."""

    def act(scene: Scene, text: str) -> Any:
        if field == "notes" and not scene.session.suggested_fixes.exists():
            scene.fix()
        return send_text(scene, text)

    return act


def name_edges() -> Iterator[tuple[str, Edge]]:
    person = latest(User, "display_name", "date_joined")
    profile = {"time_zone": "", "theme": "system", "keyboard_shortcuts": "on"}
    yield "page, profile", Edge(page("/profile/", "display_name", **profile), person, "line")
    yield "page, token", Edge(page("/tokens/", "name", lifetime="90"), latest(ApiToken, "name"), "line")
    invited = {"email": "new@northwind.example", "role": "viewer"}
    yield (
        "page, invitation",
        Edge(page("/people/", "display_name", **invited), latest(Invitation, "display_name"), "line"),
    )
    yield (
        "admin, account",
        Edge(
            lambda scene, text: scene.browser.post(
                f"/admin/accounts/account/{scene.account.pk}/change/",
                {"name": text, "time_zone": "UTC", "language": "en"},
            ),
            latest(Account, "name"),
            "line",
        ),
    )
    yield (
        "admin, person",
        Edge(
            lambda scene, text: scene.browser.post(
                f"/admin/accounts/user/{scene.person.pk}/change/",
                {"display_name": text, "role": "admin", "is_active": "on", "time_zone": ""},
            ),
            person,
            "line",
        ),
    )
    for field, (kind, need) in {
        "name": ("line", True),
        "description": ("text", False),
        "language": ("line", False),
        "body": ("script", True),
    }.items():
        yield (
            f"admin, template, {field}",
            Edge(
                page("/admin/fixes/scripttemplate/add/", field, **TEMPLATE), latest(ScriptTemplate, field), kind, need
            ),
        )
    founded = ("--email=tom@other.example", "--time-zone=UTC", "--link")
    yield (
        "command, account",
        Edge(command("create_account", "--name", *founded, "--person=Tom"), latest(Account, "name"), "line"),
    )
    yield "command, admin", Edge(command("create_account", "--person", *founded, "--name=Other"), person, "line")
    yield (
        "command, token",
        Edge(command("create_token", "--name", "owner@northwind.example"), latest(ApiToken, "name"), "line"),
    )


PLAYBOOK_FIELDS = {
    **{"title": "line", "area": "line", "fix_title": "line", "description": "text", "verification_hint": "text"},
    **{"symptoms": "line", "questions": "line", "script": "script"},
}
PLAYBOOK = {
    **{"title": "x", "area": "x", "symptoms": "x", "questions": "", "fix_title": "x", "description": "x"},
    **{"verification_hint": "x", "typical_wait": "", "script_language": "bash", "script": "x"},
}


def playbook_edges() -> Iterator[tuple[str, Edge]]:
    for field, kind in PLAYBOOK_FIELDS.items():
        yield (
            f"admin, playbook, {field}",
            Edge(
                lambda scene, text, field=field: scene.browser.post(
                    "/admin/flowpilot/playbook/add/",
                    {**PLAYBOOK, field: _question(text) if field == "questions" else text},
                ),
                lambda field=field: _of_playbook(field),
                kind,
            ),
        )
        yield (
            f"import, playbook, {field}",
            Edge(
                lambda scene, text, field=field: _import_playbook(scene, field, text),
                lambda field=field: _of_playbook(field),
                kind,
            ),
        )


def _of_playbook(field: str) -> Any:
    stored = getattr(Playbook.objects.latest("created_at"), field)
    return {"symptoms": lambda: stored[0], "questions": lambda: stored[0]["ask"]}.get(field, lambda: stored.rstrip())()


def _question(text: str) -> str:
    return f'- {{id: x, ask: "{text}", options: {{yes: [a], no: [b]}}, fits: yes}}'


def _import_playbook(scene: Scene, field: str, text: str) -> Any:
    value = {**PLAYBOOK, field: text}
    keys = "".join(f'{key}: "{value[key]}"\n' for key in ("title", "area", "verification_hint", "script_language"))
    asked = f"questions:\n  {_question(text)}\n" if field == "questions" else ""
    front = f'{keys}fix: "{value["fix_title"]}"\nsymptoms: ["{value["symptoms"]}"]\n{asked}'
    folder = scene.folder / "playbooks"
    folder.mkdir(exist_ok=True)
    script = f"```bash\n{value['script']}\n```\n"
    (folder / "x.md").write_text(f"---\n{front}---\n{value['description']}\n\n{script}")
    return command("import_playbooks", "--account", str(folder))(scene, scene.account.slug)


def comment_edge() -> Iterator[tuple[str, Edge]]:
    def comment(scene: Scene, text: str) -> Any:
        call = ModelCall.objects.create(
            answer=ask(scene.session),
            session=scene.session,
            account=scene.account,
            attempt=1,
            model="kestrel-8b",
            request=[],
            outcome="done",
        )
        address = f"/admin/flowpilot/modelcall/{call.pk}/change/"
        return scene.browser.post(address, {"rating": "down", "comment": text})

    yield "admin, comment on an answer", Edge(comment, latest(ModelCall, "comment"), required=False)


EDGES = dict(
    [
        *(*header_edges(), *session_edges(), *fix_edges(), *closing_edges(), *handoff_edges(), *draft_edges()),
        *(*name_edges(), *playbook_edges(), *comment_edge()),
    ]
)

SURROGATE = INVALID["lone surrogate"]
TYPED = {
    "invisible": INVISIBLE["zero-width space"] + INVISIBLE["Hangul fillers"] + INVISIBLE["a combining mark alone"],
    "control": INVALID["escape"],
    "NUL": INVALID["NUL"],
    "lone surrogate": SURROGATE,
    "decomposed": DECOMPOSED,
    "line separator": "a\u2028b",
}


def expected(edge: Edge, text: str) -> str:
    """What the rules say of docs/domain.md, Text."""
    if text == TYPED["invisible"]:
        return REFUSED if edge.required else ""
    if text in (TYPED["control"], TYPED["NUL"], SURROGATE):
        return REFUSED
    if edge.kind == "script":
        return text
    if text == TYPED["decomposed"]:
        return COMPOSED
    return {"line": "a b", "text": "a\nb"}[edge.kind] if text == TYPED["line separator"] else text


@pytest.fixture
def scene(db: None, tmp_path: Path) -> Scene:
    return Scene(tmp_path)


@pytest.mark.parametrize("name", EDGES)
def test_every_edge_gives_the_same_verdict(scene: Scene, name: str, subtests: pytest.Subtests) -> None:
    edge = EDGES[name]
    for what, text in TYPED.items():
        if what == "lone surrogate" and not edge.is_json:
            continue  # forms are UTF-8, which has none
        before = transaction.savepoint()
        with subtests.test(what):
            answer = edge.send(scene, text)
            verdict = REFUSED if _is_refused(answer) else edge.stored() or ""
            assert verdict == expected(edge, text), answer
        transaction.savepoint_rollback(before)


def _is_refused(answer: Any) -> bool:
    """Django's own pages of the admin answer 200 when a form is wrong."""
    if answer == REFUSED or getattr(answer, "status_code", 200) in {400, 422}:
        return True
    form = getattr(answer, "context", None) and answer.context.get("adminform")
    return bool(form and form.errors)
