"""Takes secrets out of a problem before it is searched for and repeated: neither they nor their label tell one."""

import re

from flowpilot.masking.forms import find

_LABEL = re.compile(
    r"\b(?:pass\w*|kennw\w*|pwd?|pin|token|secret|\w*key|\w*schlüssel)\b(?:\s+(?:is|ist|lautet|was|war|now))*\s*[:=]?\s*[\"'“„]?$",
    re.IGNORECASE,
)


def without_secrets(text: str) -> str:
    """Return the text without its secrets, and without the word such as "password:" that stands before one."""
    parts, end = [], 0
    for secret in sorted(find(text), key=lambda one: (one.start, -one.end)):
        if secret.start >= end:
            before = text[end : secret.start]
            parts.append(before[:-60] + _LABEL.sub("", before[-60:]))
        end = max(end, secret.end)
    return "".join([*parts, text[end:]])
