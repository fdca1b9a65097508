"""Reads what a model answered: JSON with sentences and the ids that they rest on, and nothing else is taken from it.

It is read tolerantly in form (a code fence, words around the JSON, ids in brackets) and strictly in content: what two
readers could understand differently is refused as a whole, with a sentence that says why. Whether a sentence is true
is the honesty check's question. One that names an id which isn't there cites nothing, and fails there.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from common import strict_json
from common.strict_json import BadJson
from common.text import is_visible, without_invalid
from flowpilot.language import language_of
from flowpilot.masking import Masks
from sessions.markers import neutralised
from tickets.models import Kind, Language
from tickets.writing.model.prompt import LANGUAGES, TextPrompt
from tickets.writing.slots import SLOTS, Slots, SlotSentence

SENTENCES_MOST, CITES_MOST = 30, 20
"""Sentences of one part, and ids of one sentence."""
SENTENCE_MOST = 600
"""Characters of a sentence."""
OPENINGS_MOST = 20
"""Places at which JSON may begin that are tried."""

_FENCE = re.compile(r"```(?:json)?\s*\n(.*?)```", re.DOTALL | re.IGNORECASE)
_BULLET = re.compile(r"\A(?:[-*•]|\d{1,2}[.)])\s+")
_PLACEHOLDER = re.compile(r"<[^<>]*>")
_LABEL = re.compile(r"\[?\s*(s\d{1,6})\s*\]?", re.IGNORECASE)


class Unreadable(Exception):
    """What the model answered can't be used. Its message says why, as the end of a sentence."""


def slots_of(answer: str, asked: TextPrompt, kind: Kind, language: Language, writer: str) -> Slots:
    """Return the sentences of the answer, unmasked. Raises Unreadable."""
    value = _json_in(answer, SLOTS[kind])
    reader = _Reader(asked.ids, asked.masks)
    sentences = {slot: found for slot in SLOTS[kind] if (found := reader.sentences(slot, value.get(slot)))}
    if not sentences:
        raise Unreadable("it has no sentence.")
    for found in sentences.values():
        written = language_of([" ".join(each.text for each in found)])
        if written and written != language:
            raise Unreadable(f"it is in {LANGUAGES[Language(written)]} instead of {LANGUAGES[language]}.")
    return Slots(writer, sentences)


class _Reader:
    def __init__(self, ids: dict[str, str], masks: Masks) -> None:
        self._ids, self._masks = ids, masks

    def sentences(self, slot: str, value: Any) -> tuple[SlotSentence, ...]:
        if value is None:
            return ()
        if not isinstance(value, list):
            raise Unreadable(f"“{slot}” isn’t a list of sentences.")
        if len(value) > SENTENCES_MOST:
            raise Unreadable(f"“{slot}” has more than {SENTENCES_MOST} sentences.")
        read = (self._sentence(slot, each) for each in value)
        return tuple(each for each in read if is_visible(each.text))

    def _sentence(self, slot: str, value: Any) -> SlotSentence:
        fields = {"text": value} if isinstance(value, str) else value
        if not isinstance(fields, dict) or not isinstance(fields.get("text"), str):
            raise Unreadable(f"“{slot}” has something in it that is no sentence.")
        return SlotSentence(self._text(slot, fields["text"]), self._cites(slot, fields.get("cites")))

    def _text(self, slot: str, text: str) -> str:
        if _PLACEHOLDER.fullmatch(text.strip()):
            raise Unreadable("it only repeats what was asked for.")
        if neutralised(text) != text:
            raise Unreadable(f"“{slot}” has commands in it.")
        line = _BULLET.sub("", " ".join(without_invalid(text).split()))
        if len(line) > SENTENCE_MOST:
            raise Unreadable(f"“{slot}” has a sentence of more than {SENTENCE_MOST} characters.")
        return self._masks.unmask(line)

    def _cites(self, slot: str, value: Any) -> tuple[str, ...]:
        named = [value] if isinstance(value, str) else [] if value is None else value
        if not isinstance(named, list) or not all(isinstance(each, str) for each in named):
            raise Unreadable(f"“{slot}” has ids that are no text.")
        if len(named) > CITES_MOST:
            raise Unreadable(f"“{slot}” has a sentence with more than {CITES_MOST} ids.")
        cites = [self._id(each) for each in named]
        return tuple(dict.fromkeys(cites)) if all(cites) else ()

    def _id(self, label: str) -> str:
        """Return the statement's id, "" if there is no such statement in the prompt."""
        known = _LABEL.fullmatch(label.strip())
        return self._ids.get(known[1].lower(), "") if known else ""


def _json_in(answer: str, slots: tuple[str, ...]) -> dict[str, Any]:
    """Return the first JSON object of the answer that has one of the slots, whatever stands around it."""
    for text in _openings(answer):
        try:
            end = json.JSONDecoder().raw_decode(text)[1]
            value = strict_json.parse(text[:end].encode())
        except BadJson as error:
            key = f" (“{error.field}”)" if error.field else ""
            raise Unreadable(f"its JSON is not valid{key}. {error.message}") from error
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict) and any(slot in value for slot in slots):
            return value
    raise Unreadable("it isn’t the JSON that was asked for, or not the whole of it.")


def _openings(answer: str) -> Iterator[str]:
    """Yield the answer from each place on at which an object may begin: those in code fences first."""
    for text in [*(fence[1] for fence in _FENCE.finditer(answer)), answer]:
        start = -1
        for _ in range(OPENINGS_MOST):
            start = text.find("{", start + 1)
            if start < 0:
                break
            yield text[start:]
