"""A model behind an OpenAI-compatible address. Only a worker imports this."""

from flowpilot.providers import OnText, ProviderError, Question, Reply


class OpenAICompatible:
    name = "model"

    def reply(self, question: Question, on_text: OnText) -> Reply:
        raise ProviderError("not_configured", "No model is configured.")
