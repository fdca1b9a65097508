"""Acts on a session: create it, post a message, edit its ticket. `sessions.status` has the acts on its status.

Each locks the session, checks, writes, and raises its state version by one, in one transaction. Inside
`sessions.one_act.one_act` several of them are one act.
`sessions` are the rows that the caller may change; a session that isn't among them raises AISession.DoesNotExist.
`version` is the state version that the caller saw. If the session has another one by now, the act raises Stale.
`form_key` is the key of a browser's form. An act that was done with this key before writes nothing.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from common.refusals import InvalidInput
from common.text import MESSAGE_MAX, clean_text, required_text
from common.versions import Seen
from sessions import copilot, effects, extensions, markers
from sessions.copilot import ASKED_MAX
from sessions.markers import Block
from sessions.messages import append_message, sent_before
from sessions.models import AISession, Author, Message, SessionStatus
from sessions.one_act import Sessions, one_act
from sessions.refusals import EditedMeanwhile, FormReused, SessionClosed, refuse_stale_session
from sessions.status import set_status


def create(account_id: UUID, owner: User, columns: dict[str, str], *, form_key: UUID | None = None) -> AISession:
    """Create a session. `columns`: the new row's, as `sessions.validation.validated` returns them.

    Raises FormReused when this key started a session with other columns.
    """
    if form_key is None:
        return AISession.objects.create(account_id=account_id, owner=owner, **columns)
    session, is_new = AISession.objects.get_or_create(
        account_id=account_id, form_key=form_key, defaults={"owner": owner, **columns}
    )
    if not is_new and any(getattr(session, name) != value for name, value in columns.items()):
        raise FormReused("This form has started a session already. Nothing was recorded.", session=session)
    return session


def post(
    session_id: UUID,
    author: Author,
    content: str | None,
    *,
    user: User | None,
    at: datetime | None = None,
    sessions: Sessions,
    version: Seen | None = None,
    form_key: UUID | None = None,
    asks: bool = False,
) -> Message:
    """Append a message. `asks`: FlowPilot shall answer it. Markers in it are text: see `post_as_copilot`.

    Raises InvalidInput on `content`, SessionClosed; FormReused for a key with another text.
    """
    text = required_text(content, "content", "Write something first.", max_length=MESSAGE_MAX)
    if asks and len(text) > ASKED_MAX:
        raise InvalidInput(content=TOO_LONG_TO_ASK.format(length=len(text), most=ASKED_MAX))
    with one_act(session_id, sessions=sessions) as session:
        if sent := sent_before(session, user, form_key):
            return _same_message(sent, text)
        _check(session, version)
        now = at or timezone.now()
        session.advance(now)
        message = append_message(session, author, text, user=user, now=now, form_key=form_key)
        if user:
            extensions.posted(session, message)
        if asks and user:
            copilot.registered().ask(message, user)
        return message


def post_as_copilot(
    session_id: UUID,
    content: str | None,
    *,
    sessions: Sessions,
    version: Seen | None = None,
    origin: str = "",
    blocks: Sequence[Block] | None = None,
) -> Message:
    """Append a message of FlowPilot, and do what its markers say. Both are one act.

    `origin`: "built-in", a model's name, or "" for an outside agent. `blocks`: the markers; without them they are
    read from the text. Raises InvalidInput on `content`, SessionClosed.
    """
    if blocks:  # they alone are an answer, too
        text = clean_text(content, "content", max_length=MESSAGE_MAX) or ""
    else:
        text = required_text(content, "content", "Write something first.", max_length=MESSAGE_MAX)
    parsed = markers.parse(text) if blocks is None else markers.Parsed(text, tuple(blocks))
    with one_act(session_id, sessions=sessions) as session:
        _check(session, version)
        now = timezone.now()
        session.advance(now)
        source = (text if blocks is None else markers.rendered(text, blocks)) if parsed.blocks else None
        message = append_message(
            session, Author.ASSISTANT, parsed.text, user=None, now=now, origin=origin, source_text=source
        )
        if parsed.blocks:
            message.effects = effects.run(markers.MarkerContext(session, message, origin), parsed.blocks)
            message.save(update_fields=["effects"])
        return message


def _check(session: AISession, version: Seen | None) -> None:
    refuse_stale_session(session, version)
    if session.is_closed:
        raise SessionClosed(f"This session is {session.status}. Reopen it to write in it.")


TOO_LONG_TO_ASK = "This has {length:,} characters. FlowPilot reads at most {most:,}: shorten it, or send it as a note."


def _same_message(sent: Message, text: str) -> Message:
    if sent.content != text:
        raise FormReused("An earlier text of this message was sent already. This one wasn’t. Send it as a new message?")
    return sent


def edit(
    session_id: UUID,
    changes: dict[str, str],
    *,
    user: User,
    sessions: Sessions,
    version: Seen | None = None,
    shown: dict[str, str] | None = None,
) -> AISession:
    """Change title, problem, client, ticket or status. Fields that don't differ write nothing.

    `shown`: the values that the caller's form showed. Raises EditedMeanwhile when someone else has changed a
    field to a third value since; IllegalTransition for a status that can't be set.
    """
    with one_act(session_id, sessions=sessions) as session:
        new = {field: value for field, value in changes.items() if getattr(session, field) != value}
        if not new:
            return session
        refuse_stale_session(session, version)
        _refuse_edited(
            session, [field for field in new if shown and field in shown and getattr(session, field) != shown[field]]
        )
        if "status" in new:
            return set_status(session, SessionStatus(new.pop("status")), user, new)
        session.advance(timezone.now(), **new)
        return session


def _refuse_edited(session: AISession, fields: list[str]) -> None:
    if fields:
        raise EditedMeanwhile(
            "Someone changed this while you were editing. Nothing has been saved.",
            fields={field: getattr(session, field) for field in fields},
        )
