"""Measure how fast the parser of markers reads hostile texts.

python -m tests.with_database python -m bench.markers
"""

import sys
import time

from bench.empty_database import empty_database
from bench.report import AtLeast, report

LIMIT = 50
"""Megabytes a second, of every text."""
SIZE = 5_000_000
ROUNDS = 3

REPEATED = {
    "open tags": "[PROMOTE]",
    "closing tags": "[/PROMOTE]",
    "whole markers": '[PROMOTE]{"text": "x"}[/PROMOTE]',
    "open tags of two kinds": "[PROMOTE][SUGGEST_FIX]",
    "open tags and braces": "[PROMOTE]{{{{{{{{",
    "half tags": "[PROMOT",
    "open strings": '[PROMOTE]{"a": "',
    "short runs of backticks": "```x ",
    "brackets": "[",
    "code fences": "```\n",
    "code fences and tags": "```\n[PROMOTE]\n",
    "tildes": "~~~\n",
    "backticks": "`",
    "a long fence, cut": "`[PROMOTE]```",
    "spaces": "    ",
    "blank lines": "\n\n",
    "prose": "the quick brown fox [1] jumps\n",
}
ONE = {
    "one long marker": ('[PROMOTE]{"text": "', "x", '"}[/PROMOTE]'),
    "one deep marker": ("[PROMOTE]", "[", "[/PROMOTE]"),
    "a fence and blank lines": ("[PROMOTE]```\n", "\n", "x[/PROMOTE]"),
    "a fence and blanks": ("[PROMOTE]```\n", " ", "x[/PROMOTE]"),
    "a fence and backticks": ("[PROMOTE]```\n", "` ", "x[/PROMOTE]"),
}


def texts() -> dict[str, str]:
    repeated = {name: "[PROMOTE] " + piece * (SIZE // len(piece)) for name, piece in REPEATED.items()}
    return repeated | {
        name: before + piece * (SIZE // len(piece)) + after for name, (before, piece, after) in ONE.items()
    }


def main() -> int:
    with empty_database():
        from sessions import markers

        rows = [AtLeast(name, _speed(markers.parse, text), LIMIT, "MB/s") for name, text in texts().items()]
        streamed = texts()["open tags of two kinds"]
        rows.append(AtLeast("while it is written", _speed(markers.written_so_far, streamed), LIMIT, "MB/s"))
    return report("Parser of markers, texts of 5 MB", rows)


def _speed(read: object, text: str) -> float:
    """Return the megabytes of UTF-8 a second, the best of some rounds."""
    assert callable(read)
    seconds = []
    for _ in range(ROUNDS):
        began = time.process_time()
        read(text)
        seconds.append(time.process_time() - began)
    return round(len(text) / 1e6 / max(min(seconds), 1e-6))


if __name__ == "__main__":
    sys.exit(main())
