"""A model behind an OpenAI-compatible address. Only a worker imports this (docs/copilot.md).

What leaves is masked, what comes back is unmasked, and the log of calls keeps the masked side of both.
"""

from django.conf import settings

from common.text import MESSAGE_MAX
from flowpilot import calls, prompt
from flowpilot.masking import Masks
from flowpilot.providers import OnText, Question, Reply, Truncated
from flowpilot.providers.completion import Completion
from sessions import markers
from sessions.markers import Block


class OpenAICompatible:
    def __init__(self) -> None:
        self.name = settings.FLOWPILOT_MODEL

    def reply(self, question: Question, on_text: OnText) -> Reply:
        """Return the model's answer. Raises ProviderError, Truncated, and what `on_text` raises."""
        asked = prompt.build(question.session, question.message)
        completion = Completion(calls.begin(question, asked, self.name))
        with completion.recorded():
            try:
                text = completion.text(lambda text: on_text(asked.masks.unmask_so_far(text)))
            except Truncated as cut:
                raise Truncated(asked.masks.unmask(cut.text)[:MESSAGE_MAX], cut.sentence) from cut
            return _reply(text, asked.masks)


def _reply(text: str, masks: Masks) -> Reply:
    parsed = markers.parse(text)
    unmasked = masks.unmask(parsed.text)
    if len(unmasked) > MESSAGE_MAX:
        raise Truncated(unmasked[:MESSAGE_MAX], f"It was longer than {MESSAGE_MAX:,} characters.")
    return Reply(unmasked, tuple(_unmasked(block, masks) for block in parsed.blocks))


def _unmasked(block: Block, masks: Masks) -> Block:
    """Return a marker with its secrets: string by string, so that no secret can change what the marker says."""
    return Block(block.name, masks.unmask_value(block.payload), block.reason)
