"""A cache within one process that holds so many bytes and no more."""

import sys
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

LARGEST_SHARE = 8
"""An entry that takes more than one part in so many isn't kept: it would push out too many others."""


class BoundedCache:
    """Texts by key; what was used longest ago goes first. Good for texts that are always the same for a key."""

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self.bytes = 0
        self._texts: OrderedDict[Hashable, tuple[str, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], str], *, weight: int) -> str:
        """Return the text of this key, made if it isn't here. `weight`: bytes of the key itself."""
        with self._lock:
            if found := self._texts.get(key):
                self._texts.move_to_end(key)
                return found[0]
        text = make()
        self._keep(key, text, weight + sys.getsizeof(text))
        return text

    def _keep(self, key: Hashable, text: str, size: int) -> None:
        if size > self.max_bytes // LARGEST_SHARE:
            return
        with self._lock:
            if key in self._texts:
                return
            self._texts[key] = text, size
            self.bytes += size
            while self.bytes > self.max_bytes:
                _, (_, gone) = self._texts.popitem(last=False)
                self.bytes -= gone
