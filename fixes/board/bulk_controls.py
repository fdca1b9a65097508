"""The answers that the bar at the foot of the board offers for many fixes at once, as data."""

from dataclasses import dataclass

from fixes.transitions import NOTES_NEEDED, Status

CHECK_BY = "check_by"
"""Beside the outcomes: moves the check-by time and leaves the rest as it is."""


@dataclass(frozen=True)
class Ask:
    """One answer that the bar at the foot of the board offers, and what it asks first."""

    outcome: str
    label: str
    icon: str
    question: str
    hint: str
    button: str
    said: str
    needs: str = ""
    """What to say when it has no words and may not be without. For many at once, *It worked* needs some too."""


ASKS = (
    Ask(
        Status.SUCCESS,
        "It worked…",
        "check",
        "How was it verified?",
        "It stands in the history of each of them.",
        "Record as worked",
        "recorded as worked",
        needs="Say how it was verified. Nothing was recorded yet.",
    ),
    Ask(
        Status.FAILED,
        "Didn’t work…",
        "failed",
        "What happened instead?",
        "Optional. It stands in the history of each of them.",
        "Record as didn’t work",
        "recorded as didn’t work",
    ),
    Ask(
        Status.PARTIAL,
        "Partly…",
        "partial",
        "What worked, and what didn’t?",
        "It goes into each ticket as you write it.",
        "Record as partly",
        "recorded as partly worked",
        needs=NOTES_NEEDED[Status.PARTIAL],
    ),
    Ask(CHECK_BY, "Check by…", "pending", "", "", "Move the check-by time", "given another check-by time"),
    Ask(
        Status.DISMISSED,
        "Dismiss…",
        "dismissed",
        "Why are they dismissed?",
        "Optional. It stands in the history of each of them.",
        "Dismiss them",
        "dismissed",
    ),
)
BY_OUTCOME = {ask.outcome: ask for ask in ASKS}
