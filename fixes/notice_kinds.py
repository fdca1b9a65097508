"""The kinds of notices about fixes (`sessions.notices`)."""

from sessions.notices import NoticeKind

CHECK_DUE = "check_due"

KINDS = (NoticeKind(CHECK_DUE, "danger", "pending", "A check is due in {ticket}", speaks=False),)
