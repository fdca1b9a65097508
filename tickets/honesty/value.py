"""A value in a text, as keys that compare equal however it is written."""

from typing import NamedTuple


class Value(NamedTuple):
    """`excerpt`: as written. `keys`: what it can mean; `also`: what else it can mean in a source.

    `loosely`: keys of a source that says less but can mean it, such as the number without its unit.
    """

    excerpt: str
    keys: frozenset[str]
    also: frozenset[str] = frozenset()
    loosely: frozenset[str] = frozenset()
