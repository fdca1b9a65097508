"""The case bundle: everything that a text about a session may rest on, each statement with an id (docs/texts.md)."""

from tickets.bundle.inputs import ClosingInput
from tickets.bundle.reader import read_bundle
from tickets.bundle.statements import Attempt, Bundle, Outcome, Statement, StatementKind

__all__ = ["Attempt", "Bundle", "ClosingInput", "Outcome", "Statement", "StatementKind", "read_bundle"]
