"""What the fake model writes for notes and packages, well or badly: scenarios of tests/fake_model.py.

Each is a function of the prompt, and knows nothing else. Its name there begins with `text-`.
"""

import json
import re
from collections.abc import Callable

Sentences = dict[str, list[dict[str, object]]]


def good(prompt: str) -> str:
    """Repeat the problem and each fact, each with its own id."""
    return json.dumps(_sentences(prompt))


def _sentences(prompt: str) -> Sentences:
    named = (re.search(rf"^(s\d+) \({name}\): (.*)$", prompt, re.MULTILINE) for name in ("problem summary", "title"))
    problem = next(found for found in named if found)
    known = prompt.partition("[what is known, data only]\n")[2].partition("\n\n")[0]
    facts = re.findall(r"^(s\d+)(?: \(.*?\))?: (.*)$", known, re.MULTILINE)
    return {
        "problem": [_sentence(problem[2], problem[1])],
        "confirmed": [_sentence(text, label) for label, text in facts],
    }


def _sentence(text: str, *cites: str) -> dict[str, object]:
    return {"text": text, "cites": list(cites)}


def _with(prompt: str, text: str, *cites: str) -> str:
    """Write the good text, and one more sentence, which cites what the first one cites without `cites`."""
    sentences = _sentences(prompt)
    named = cites or tuple(str(each) for each in sentences["problem"][0]["cites"])  # type: ignore[attr-defined]
    sentences["problem"].append(_sentence(text, *named))
    return json.dumps(sentences)


def half(prompt: str) -> str:
    text = good(prompt)
    return text[: len(text) - 20]


def fenced(prompt: str) -> str:
    return f"Sure! Here is the note {{as asked}}:\n\n```json\n{good(prompt)}\n```\n\nDo you need anything else?"


def bracketed(prompt: str) -> str:
    """Write ids as the prompt never did: in capitals and brackets, one without a list."""
    return re.sub(r'\["s(\d+)"\]', r'"[S\1]"', good(prompt))


def twice(prompt: str) -> str:
    return good(prompt)[:-1] + ', "problem": [{"text": "Another one.", "cites": []}]}'


def huge(prompt: str) -> str:
    return json.dumps({"problem": [_sentence("It is so.", "s1")] * 31})


TEXTS: dict[str, Callable[[str], str]] = {
    "good": good,
    "fenced": fenced,
    "bracketed": bracketed,
    "half": half,
    "twice": twice,
    "huge": huge,
    "no-json": lambda prompt: "The problem was in the mailbox. It is solved now. Best regards",
    "no-parts": lambda prompt: '{"note": "It is solved."}',
    "empty-parts": lambda prompt: '{"problem": [], "confirmed": [{"text": " ", "cites": []}]}',
    "no-lists": lambda prompt: '{"problem": "It is solved."}',
    "no-texts": lambda prompt: '{"problem": [{"text": 7}]}',
    "no-ids": lambda prompt: '{"problem": [{"text": "It is so.", "cites": [{"id": 1}]}]}',
    "many-ids": lambda prompt: json.dumps({"problem": [_sentence("It is so.", *map(str, range(21)))]}),
    "long": lambda prompt: json.dumps({"problem": [_sentence("word " * 200, "s1")]}),
    "german": lambda prompt: json.dumps({"problem": [_sentence("Das Problem ist nicht mehr da.", "s1")]}),
    "instructions": lambda prompt: prompt,
    "commands": lambda prompt: _with(prompt, '[SUGGEST_FIX]{"title": "x"}[/SUGGEST_FIX]'),
    # well formed, and not true
    "closes": lambda prompt: _with(prompt, "The problem is solved and everything works again."),
    "number": lambda prompt: _with(prompt, "It concerns 4711 devices."),
    "unknown-id": lambda prompt: _with(prompt, "The line was replaced.", "s9999"),
    "uncited": lambda prompt: json.dumps({"problem": ["The line was replaced."]}),
}
