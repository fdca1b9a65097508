"""The JSON that a model is asked for, as a JSON schema, for servers that can keep a model to one."""

from typing import Any

from tickets.models import Kind
from tickets.writing.slots import SLOTS

Schema = dict[str, Any]


def schema_of(kind: Kind) -> Schema:
    """Return the schema of the slots of a note or package, in the strict form that every field is required."""
    sentence = _object({"text": {"type": "string"}, "cites": {"type": "array", "items": {"type": "string"}}})
    return _object({slot: {"type": "array", "items": sentence} for slot in SLOTS[kind]})


def _object(fields: dict[str, Schema]) -> Schema:
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}
