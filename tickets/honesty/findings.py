"""What a check finds in a sentence."""

from typing import NamedTuple


class Finding(NamedTuple):
    """`excerpt`: the words that claim too much. `reason`: why, as a sentence. `instead`: an honest one, "" for none."""

    excerpt: str
    reason: str
    instead: str = ""
