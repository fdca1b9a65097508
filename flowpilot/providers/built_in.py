"""The built-in copilot: no model, no network."""

from flowpilot.models.answer import BUILT_IN
from flowpilot.providers import OnText, Question, Reply


class BuiltIn:
    name = BUILT_IN

    def reply(self, question: Question, on_text: OnText) -> Reply:
        return Reply("I know nothing yet that fits.", blocks=(), remarks={"why": "Nothing fits."})
