"""The built-in copilot as a provider: no model, no network."""

from flowpilot import built_in
from flowpilot.models.answer import BUILT_IN
from flowpilot.providers import OnText, Question, Reply


class BuiltIn:
    name = BUILT_IN

    def reply(self, question: Question, on_text: OnText) -> Reply:
        """Return the answer at once; it is never half-written."""
        return built_in.reply(question)
