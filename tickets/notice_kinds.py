"""The kinds of notices about handoffs (`sessions.notices`)."""

from sessions.notices import NoticeKind

ESCALATED, CLAIMED, ASKED, RETURNED, RATED = "escalated", "claimed", "asked", "returned", "rated"

KINDS = (
    NoticeKind(ESCALATED, "accent", "flag", "{actor} escalated {ticket} to you"),
    NoticeKind(CLAIMED, "accent", "check", "{actor} claimed your escalation {ticket}"),
    NoticeKind(ASKED, "warning", "nudge", "{actor} asks about {ticket}"),
    NoticeKind(RETURNED, "warning", "back", "{actor} returned {ticket} to you"),
    NoticeKind(RATED, "muted", "file", "{actor} rated your package for {ticket}"),
)
