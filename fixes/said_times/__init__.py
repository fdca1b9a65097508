"""Times that people say in a sentence: "have to wait for the reboot tomorrow morning", "schaue nach dem Mittag".

`said_time` is a pure function of the text and of the clock, in English and German. `phrases.py` has the words,
`words.py` cuts a text into them, `reading.py` finds a time in them, and `days.py` turns it into a point in time.
Why this isn't a library: docs/decisions/0019-said-times-are-our-own-code.md.
"""

from datetime import datetime
from typing import NamedTuple

from fixes.said_times.days import point
from fixes.said_times.reading import read_at
from fixes.said_times.words import cut


class SaidTime(NamedTuple):
    """A time as it was said (`words`, a part of the text) and as it is meant (`at`, in the zone of `now`)."""

    words: str
    at: datetime


def said_time(text: str, now: datetime) -> SaidTime | None:
    """Return the first time in `text` that lies after `now` and at most a year ahead, or None.

    `now` must be aware, and in the zone of the person who reads the result: "9 o'clock" is meant in it. Takes time
    in proportion to the length of the text.
    """
    words = cut(text)
    position = 0
    while position < len(words):
        found = read_at(words, position)
        at = point(found.moment, now) if found and found.moment else None
        if found and at:
            return SaidTime(text[words[found.start].start : words[found.end - 1].end], at)
        position = found.end if found else position + 1
    return None
