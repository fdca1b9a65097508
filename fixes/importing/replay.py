"""Turns a record into rows: carries out everything that happened again, each act at its own time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from common.refusals import InvalidInput, Refusal
from fixes import lifecycle
from fixes.importing.problems import Flawed, Problem
from fixes.importing.records import ActionRecord, FixRecord, MessageRecord, SessionRecord
from fixes.lifecycle import By
from fixes.lifecycle.closing import conclude
from fixes.models import SuggestedFix
from fixes.transitions import Source
from sessions import acts
from sessions.models import AISession, Author, SessionQuerySet, SessionStatus


@dataclass(frozen=True)
class Step:
    at: datetime
    field: str
    act: Callable[[], object]
    refused: str
    """The key that a refusal names."""


def replay(record: SessionRecord, owner: User, digest: str) -> None:
    """Write the session that the record describes. Raises Flawed where an act is refused; the caller rolls back."""
    assert owner.account
    session = AISession.objects.create(
        id=record.id,
        account=owner.account,
        owner=owner,
        title=record.title,
        problem_summary=record.problem_summary,
        client_name=record.client_name,
        ticket_ref=record.ticket_ref,
        import_digest=digest,
        created_at=record.created_at,
        updated_at=record.created_at,
    )
    for step in sorted(_steps(record, session, owner), key=lambda step: step.at):
        _run(step)
    conclude(session, SessionStatus(record.status))


def _run(step: Step) -> None:
    try:
        step.act()
    except InvalidInput as wrong:
        key, message = next(iter(wrong.errors.items()))
        raise Flawed(Problem(f"{step.field}.{key}", message)) from wrong
    except Refusal as refusal:
        raise Flawed(Problem(f"{step.field}.{step.refused}", refusal.message)) from refusal


def _steps(record: SessionRecord, session: AISession, owner: User) -> Iterator[Step]:
    """Yield every step. Of steps at the same time, the first here goes first."""
    for index, message in enumerate(record.messages):
        yield Step(message.created_at, f"messages[{index}]", _posting(session, message, owner), "content")
    for index, fix in enumerate(record.fixes):
        yield Step(fix.proposed_at, f"fixes[{index}]", _suggesting(session, fix), "proposed_at")
        for number, action in enumerate(fix.actions):
            yield Step(action.at, f"fixes[{index}].actions[{number}]", _acting(session, fix, action, owner), "action")


def _posting(session: AISession, message: MessageRecord, owner: User) -> Callable[[], object]:
    user = owner if message.author == Author.ENGINEER else None
    return lambda: acts.post(
        session.pk,
        Author(message.author),
        message.content,
        user=user,
        at=message.created_at,
        sessions=_sessions(session),
    )


def _suggesting(session: AISession, fix: FixRecord) -> Callable[[], object]:
    suggestion = {
        "title": fix.title,
        "description": fix.description,
        "confidence_pct": fix.confidence_pct,
        "ai_drafted_script": fix.ai_drafted_script,
        "ai_drafted_parameters": fix.ai_drafted_parameters,
        "verification_hint": fix.verification_hint,
    }
    by = By(None, Source.IMPORT, fix.proposed_at)
    return lambda: lifecycle.suggest(session.pk, suggestion, by, fix_id=fix.id, again=True, sessions=_sessions(session))


def _sessions(session: AISession) -> SessionQuerySet:
    return AISession.objects.filter(account=session.account_id)


def _acting(session: AISession, fix: FixRecord, action: ActionRecord, owner: User) -> Callable[[], SuggestedFix]:
    by, fixes = By(owner, Source.IMPORT, action.at), session.suggested_fixes.all()
    acts: dict[str, Callable[[], SuggestedFix]] = {
        "apply": lambda: lifecycle.apply(fix.id, by, fixes=fixes),
        "decision": lambda: lifecycle.decide(fix.id, action.decision, by, fixes=fixes),
        "outcome": lambda: lifecycle.record(
            fix.id, action.outcome, by, notes=action.notes, follow_up_at=action.follow_up_at, fixes=fixes
        ),
        "reopen": lambda: lifecycle.reopen(fix.id, by, reason=action.reason, fixes=fixes),
    }
    return acts[action.action]
