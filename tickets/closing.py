"""Resolve and escalate: the acts that end the work on a session with a text (docs/texts.md).

Each is one act: what came of the current fix, the posted text, and the session's status are written together, or
nothing is. Pages, API and admin call the same two functions.
`sessions`, `version` and `form_key` mean what they mean in `sessions.acts`. The acts raise InvalidInput, Stale and the
refusals of `tickets.refusals` and of the fix's lifecycle. They write nothing then.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.models import User
from common.refusals import InvalidInput
from common.versions import Seen
from fixes.lifecycle import By
from fixes.lifecycle.closing import kind_when_resolved
from fixes.transitions import Source
from sessions.models import AISession, SessionStatus
from sessions.notices import notify
from sessions.one_act import Sessions, one_act
from sessions.refusals import refuse_stale_session
from tickets import closing_outcome, drafts, notice_kinds, posting
from tickets.actors import person_of
from tickets.bundle import ClosingInput, read_bundle
from tickets.handoffs.writer import append_event
from tickets.models import Handoff, HandoffAction, HandoffState, Kind, Language, PostedText
from tickets.models.preview import BUILT_IN
from tickets.posting import Edited
from tickets.previews import slots_for
from tickets.refusals import already_ended
from tickets.targets import checked_target
from tickets.writing.slots import Slots
from tickets.writing.writer import write


@dataclass(frozen=True)
class Closing:
    """What a person or script asks for. `text`: an edited markdown instead of the writer's.

    `language`: the account's without one. `writer`: whose text is posted, a model's from its finished preview.
    `my_words`: post the edited text although the honesty check warns of it. `to`: escalate only.
    """

    inputs: ClosingInput = field(default_factory=ClosingInput)
    language: Language | None = None
    writer: str = BUILT_IN
    text: str | None = None
    my_words: bool = False
    to: User | None = None


def resolve(
    session_id: UUID,
    closing: Closing,
    by: By,
    *,
    sessions: Sessions,
    version: Seen | None = None,
    form_key: UUID | None = None,
) -> PostedText:
    """Post the resolution note and resolve the session; its kind follows from what came of the current fix."""
    closing = replace(closing, inputs=closing.inputs.cleaned())
    edited = Edited.of(closing.text, closing.my_words)
    with one_act(session_id, sessions=sessions) as session:
        if posted := posting.posted_before(session, by, form_key):
            return posted
        _refuse(session, version)
        now = by.now()
        text = _close(session, Kind.NOTE, closing, edited, By(by.user, Source.RESOLVE, now), form_key)
        columns = {
            "resolution_kind": kind_when_resolved(session),
            "root_cause": closing.inputs.root_cause,
            "resolution_note": text.markdown,
            "resolution_note_posted_at": now,
        }
        _end(session, SessionStatus.RESOLVED, by, now, columns)
        return text


def escalate(
    session_id: UUID,
    closing: Closing,
    by: By,
    *,
    sessions: Sessions,
    version: Seen | None = None,
    form_key: UUID | None = None,
) -> Handoff:
    """Post the escalation package and put the session into the queue. It stays its owner's until somebody claims it."""
    closing = replace(closing, inputs=closing.inputs.cleaned())
    edited = Edited.of(closing.text, closing.my_words)
    with one_act(session_id, sessions=sessions) as session:
        if posted := posting.posted_before(session, by, form_key):
            return posted.handoffs.get()
        target = checked_target(closing.to, session, person_of(by))
        _refuse(session, version)
        now = by.now()
        text = _close(session, Kind.PACKAGE, closing, edited, By(by.user, Source.ESCALATE, now), form_key)
        columns = {"escalation_package": text.markdown, "escalation_package_posted_at": now}
        _end(session, SessionStatus.ESCALATED, by, now, columns)
        return _handed_off(session, text, target, closing.inputs.question or "", by, now)


def _refuse(session: AISession, version: Seen | None) -> None:
    """Raise AlreadyClosed, AlreadyEscalated or Stale. A person whose page is old learns first who closed the session.

    A script that names versions is told of those first: 412 comes before 409 (docs/api.md, *Errors*).
    """
    if isinstance(version, frozenset):
        refuse_stale_session(session, version)
    if not session.is_open:
        raise already_ended(session)
    refuse_stale_session(session, version)


def _close(
    session: AISession, kind: Kind, closing: Closing, edited: Edited | None, by: By, form_key: UUID | None
) -> PostedText:
    """Record what came of the current fix, and post the text that follows from it."""
    language = closing.language or Language(session.account.language)
    slots = _phrased(session, kind, language, closing)
    closing_outcome.record(session, kind, closing.inputs, by)
    session.advance(by.now())
    told = replace(closing.inputs, fix_outcome=None, notes=None, follow_up_at=None)  # it is recorded by now
    bundle = read_bundle(session, inputs=told, user=by.user, now=by.now())
    document = write(bundle, kind, language, slots)
    if edited:
        drafts.end_with_posting(session, kind, edited.markdown, person_of(by))
    return posting.post(session, document, bundle, edited, by, writer=closing.writer, form_key=form_key)


def _phrased(session: AISession, kind: Kind, language: Language, closing: Closing) -> Slots | None:
    """Return what the model phrased for exactly this, before the act changes it. Raises InvalidInput on `writer`."""
    if closing.writer == BUILT_IN:
        return None
    slots = slots_for(session, kind, language, closing.writer, closing.inputs)
    if slots is None:
        raise InvalidInput(writer=NOT_WRITTEN.format(closing.writer[:100]))
    return slots


NOT_WRITTEN = (
    "“{}” has no finished text for this. Look at its preview first, or post the built-in text. Nothing was recorded."
)


def _end(session: AISession, status: SessionStatus, by: By, now: datetime, columns: dict[str, Any]) -> None:
    changed = {"status_before": None, "status_changed_at": now, "status_changed_by_id": person_of(by).pk}
    session.advance(now, status=status, **changed, **columns)


def _handed_off(
    session: AISession, text: PostedText, target: User | None, question: str, by: By, now: datetime
) -> Handoff:
    """Put the session into the queue, and tell the person whom it is for."""
    handoff = Handoff.objects.create(
        session=session,
        account_id=session.account_id,
        from_user=person_of(by),
        target=target,
        state=HandoffState.WAITING,
        text=text,
        question=question,
        created_at=now,
    )
    append_event(handoff, HandoffAction.ESCALATE, person_of(by), now, question)
    if target:
        notify(
            target,
            notice_kinds.ESCALATED,
            session,
            actor=by.user,
            quote=question,
            anchor=f"text-{text.pk}",
            subject=handoff.pk,
        )
    return handoff
