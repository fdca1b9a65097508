"""What the pages ask about a fix before its session is closed."""

from collections.abc import Mapping
from dataclasses import dataclass

from fixes.transitions import Status
from tickets.models import Kind


@dataclass(frozen=True)
class Answer:
    """`hint`: what the answer means. `asks`: what its field asks, "" without a field."""

    hint: str
    asks: str = ""


HOW, INSTEAD, BOTH, WAITING = (
    "How was it confirmed?",
    "What happened instead?",
    "What worked, and what didn’t?",
    "What are you waiting on?",
)

ANSWERS: Mapping[Kind, Mapping[Status, Answer]] = {
    Kind.NOTE: {
        Status.SUCCESS: Answer("You or the client confirmed it", HOW),
        Status.PENDING: Answer("The fix stays waiting; the note says so", WAITING),
        Status.FAILED: Answer("The note says what was tried", INSTEAD),
        Status.PARTIAL: Answer("Some of it works", BOTH),
        Status.DISMISSED: Answer("It was never done; the fix is dismissed"),
    },
    Kind.PACKAGE: {
        Status.PENDING: Answer("Leads the package, as the hypothesis to check first", WAITING),
        Status.FAILED: Answer("", INSTEAD),
        Status.SUCCESS: Answer("", HOW),
        Status.PARTIAL: Answer("", BOTH),
        Status.DISMISSED: Answer("It was never done; the fix is dismissed"),
    },
}
"""Kind of text → outcome → its words."""
