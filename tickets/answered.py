"""Tells whoever claimed a session that its originator has answered their question (docs/handoffs.md)."""

from sessions.models import AISession, Message
from sessions.notices import notify, read_about
from tickets import notice_kinds
from tickets.models import HandoffAction, HandoffEvent, HandoffState


def tell_asker(session: AISession, message: Message) -> None:
    """Tell who asked the author of this message, if it is the first one since the question.

    Within the act that posts it. Nobody is asked in a session of their own, so what an owner posts takes no query.
    """
    if message.user_id is None or message.user_id == session.owner_id:
        return
    questions = HandoffEvent.objects.filter(
        session=session,
        action=HandoffAction.ASK,
        handoff__from_user=message.user_id,
        handoff__state=HandoffState.CLAIMED,
    )
    if question := questions.select_related("actor").order_by("-state_version").first():
        _tell(question, session, message)


def _tell(question: HandoffEvent, session: AISession, message: Message) -> None:
    """Write the notice; its key makes it once for each question."""
    notify(
        question.actor,
        notice_kinds.ANSWERED,
        session,
        actor=message.user,
        quote=message.content,
        anchor=f"message-{message.sequence}",
        place=f"message={message.sequence}",
        key=f"{notice_kinds.ANSWERED}:{question.pk}",
        subject=question.handoff_id,
        at=message.created_at,
    )
    read_about(question.handoff_id, notice_kinds.ASKED)
