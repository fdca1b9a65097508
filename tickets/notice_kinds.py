"""The kinds of notices about handoffs (`sessions.notices`)."""

from sessions.notices import NoticeKind

ESCALATED, CLAIMED, ASKED, ANSWERED = "escalated", "claimed", "asked", "answered"
RETURNED, RATED = "returned", "rated"

KINDS = (
    NoticeKind(ESCALATED, "accent", "flag", "{actor} escalated {ticket} to you"),
    NoticeKind(CLAIMED, "accent", "check", "{actor} claimed your escalation {ticket}"),
    NoticeKind(ASKED, "warning", "nudge", "{actor} asks about {ticket}"),
    NoticeKind(ANSWERED, "accent", "check", "{actor} answered your question in {ticket}"),
    NoticeKind(RETURNED, "warning", "back", "{actor} returned {ticket} to you"),
    NoticeKind(RATED, "muted", "file", "{actor} rated your package for {ticket}"),
)
