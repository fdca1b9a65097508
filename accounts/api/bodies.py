"""Check the shape of a request: its body, its query, and that both hold nothing but known keys (docs/api.md)."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from rest_framework import serializers
from rest_framework.exceptions import UnsupportedMediaType, ValidationError
from rest_framework.request import Request

from common.refusals import InvalidInput
from common.values import KEY_MAX, UNKNOWN_MAX, shortened, unknown_keys

PLAIN_CODINGS = {"Content-Encoding": "identity", "Transfer-Encoding": "chunked"}
"""Header → the value that leaves a body readable."""


class NoFields(serializers.Serializer):
    """The body of an act that takes none: absent, or an empty object."""


class CodedBody(UnsupportedMediaType):
    """The body is compressed, or coded otherwise."""


def validated(serializer: type[serializers.Serializer], data: Any) -> dict[str, Any]:
    """Return the fields that were sent, by name. Raises InvalidInput or ValidationError, naming all that is wrong."""
    if not isinstance(data, Mapping):
        raise InvalidInput(body="Send a JSON object.")
    bound = serializer(data=dict(data.items()))
    unknown = unknown_keys(data, tuple(bound.fields))
    if not bound.is_valid() or unknown:
        raise ValidationError({**bound.errors, **{key: [message] for key, message in unknown.items()}})
    return dict(bound.validated_data)


def refuse_repeated(query: QueryDict) -> None:
    """Raise InvalidInput for a query parameter that is given twice: which of the two is meant?"""
    repeated = [name for name, given in query.lists() if len(given) > 1][:UNKNOWN_MAX]
    if repeated:
        raise InvalidInput(**{shortened(name, KEY_MAX): "Given twice. Send it once." for name in repeated})


def refuse_coded(request: Request) -> None:
    """Raise CodedBody for a compressed body: it can't be read, and must not be taken for something else."""
    for header, plain in PLAIN_CODINGS.items():
        coding = request.headers.get(header, plain).strip().lower()
        if coding not in {"", plain}:
            raise CodedBody(coding, f"Send the body as it is, without {header}: {shortened(coding, KEY_MAX)}.")
