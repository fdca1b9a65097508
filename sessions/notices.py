"""Notices: what a person is told about sessions, and which of it they have read (docs/reminders.md).

The apps above `sessions` register the kinds of their notices when Django has loaded them (`AppConfig.ready`), and call
`notify` within the act of which somebody is told.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from common.addresses import address
from sessions.models import AISession, Notice

QUOTE_MAX = 500
"""Characters of a quote that are kept. The rest is on the session's page."""

KEPT = timedelta(days=90)
"""How long notices that were read are kept."""


@dataclass(frozen=True)
class NoticeKind:
    """How notices of one kind look and read.

    `sentence` may contain `{actor}` and `{ticket}`: “{actor} claimed your escalation {ticket}”. `buttons`: a template
    below it, which gets `notice`. `speaks`: whether its quote is what the actor wrote, and stands in quotation marks.
    """

    name: str
    tone: str
    icon: str
    sentence: str
    buttons: str = ""
    speaks: bool = True


UNKNOWN = NoticeKind("unknown", "muted", "info", "Something happened in {ticket}")
"""How notices look whose kind an earlier or later release has registered."""

_registered: dict[str, NoticeKind] = {}


def register(kind: NoticeKind) -> None:
    _registered[kind.name] = kind


def kind_named(name: str) -> NoticeKind:
    """Return a registered kind. Raises LookupError for another."""
    if name not in _registered:
        raise LookupError(f"No app has registered notices of the kind “{name}” (sessions.notices.register).")
    return _registered[name]


def kind_of(notice: Notice) -> NoticeKind:
    return _registered.get(notice.kind, UNKNOWN)


def ticket_of(session: AISession) -> str:
    """Return what a notice calls a session: its ticket, or its title in quotation marks."""
    return session.ticket_ref or f"“{session.title}”"


def sentence_of(notice: Notice) -> str:
    """Return what the notice says, such as "Jonas Brandt claimed your escalation CW-61170"."""
    return kind_of(notice).sentence.format(actor=notice.actor or "Someone", ticket=ticket_of(notice.session))


def notify(
    user: User,
    kind: str,
    session: AISession,
    *,
    actor: User | None = None,
    quote: str = "",
    anchor: str = "",
    place: str = "",
    key: str = "",
    subject: UUID | None = None,
    at: datetime | None = None,
) -> None:
    """Tell a person something about a session. Call it within the act's transaction.

    Nobody is told what they did themselves. With a `key`, the same person is told once. `anchor`: id of the element on
    the session's page to which the notice leads; `place`: the part of a long conversation that it is in, such as
    `message=7` or `entry=12` (a state version). `subject`: id of what it is about (`read_about`).
    """
    if actor is not None and actor.pk == user.pk:
        return
    kind_named(kind)
    notice = Notice(
        user=user,
        account_id=session.account_id,
        session=session,
        kind=kind,
        actor=actor,
        quote=shortened(quote),
        anchor=anchor,
        place=place,
        key=key,
        subject=subject,
        created_at=at or timezone.now(),
    )
    write([notice])


def write(notices: Iterable[Notice]) -> None:
    """Insert notices, except those whose key the person has already."""
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


def shortened(quote: str) -> str:
    """Return a quote of at most QUOTE_MAX characters."""
    return quote if len(quote) <= QUOTE_MAX else quote[: QUOTE_MAX - 1].rstrip() + "…"


def of(user: User) -> QuerySet[Notice]:
    """Return the person's notices about sessions of their account, the newest first."""
    return Notice.objects.filter(user=user, account=user.account_id).select_related("session", "actor")


def address_of(notice: Notice) -> str:
    """Return the address of what the notice is about, on its session's page."""
    query, anchor = notice.place and f"?{notice.place}", notice.anchor and f"#{notice.anchor}"
    return f"{address('session', notice.session_id)}{query}{anchor}"


def unread_count(user: User) -> int:
    return Notice.objects.filter(user=user, read_at=None).count()


def mark_read(user: User, notice_id: UUID) -> Notice:
    """Mark one of the person's notices as read, once. Raises Notice.DoesNotExist for another's."""
    notice = of(user).get(pk=notice_id)
    if not notice.is_read:
        notice.read_at = timezone.now()
        notice.save(update_fields=["read_at"])
    return notice


def mark_all_read(user: User, until: datetime | None = None) -> int:
    """Mark all of the person's notices as read, or those that came before `until`. Return how many were unread."""
    unread = Notice.objects.filter(user=user, read_at=None)
    return (unread.filter(created_at__lte=until) if until else unread).update(read_at=timezone.now())


def delete_old(now: datetime) -> None:
    """Delete what was read KEPT ago."""
    Notice.objects.filter(read_at__lt=now - KEPT).delete()


def read_about(subject: UUID, kind: str) -> None:
    """Mark everybody's notices of this kind about this subject as read: there is nothing left to do."""
    Notice.objects.filter(subject=subject, kind=kind, read_at=None).update(read_at=timezone.now())
