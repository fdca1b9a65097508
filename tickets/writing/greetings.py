"""Takes the greeting from a problem that came as a mail, and puts lines together that belong together."""

import re

from tickets.writing.words import one_line

_WORDS = (
    r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|hallo|guten (?:morgen|tag|abend)|moin|servus|grüezi|"
    r"liebe[rs]?|sehr geehrte[rs]?)"
)
_WHOM = r"(?: (?:(?-i:[A-ZÄÖÜ])[\w.-]*|team|all|everyone|there|folks|support|zusammen|alle|miteinander|und|and))"
_GREETING = re.compile(rf"{_WORDS}{_WHOM}{{0,4}} ?(?:[,!]|\.?(?=\n|$))", re.IGNORECASE)
"""At the beginning: "Hi team,", or such a line."""


def without_greeting(text: str) -> str:
    """Return the text without the greeting at its beginning; all of it if nothing else would remain."""
    return _GREETING.sub("", text.lstrip(), count=1).lstrip(" ,.\n") if _GREETING.match(text.lstrip()) else text


def paragraphs(text: str) -> list[str]:
    """Return the lines without a greeting. A line that goes on in the next, with a small letter, is one with it."""
    found: list[str] = []
    is_open = False
    for each in (without_greeting(text) or text).split("\n"):
        line = one_line(each)
        if line and is_open and (line[0].islower() or found[-1].endswith(",")):
            found[-1] = f"{found[-1]} {line}"
        elif line:
            found.append(line)
        is_open = bool(line) and line[-1] not in ".!?:;"
    return found
