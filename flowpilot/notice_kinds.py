"""The kinds of notices about FlowPilot's answers (`sessions.notices`)."""

from sessions.notices import NoticeKind

ANSWER_FAILED = NoticeKind(
    "answer_failed",
    "warning",
    "warning",
    "FlowPilot couldn’t answer in {ticket}",
    buttons="flowpilot/_try_again.html",
    speaks=False,
)
