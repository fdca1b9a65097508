"""Reads from a source that blocks, without waiting for it: for a total deadline, and to stop at once."""

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from queue import Empty, Full, Queue
from typing import Protocol, TypeVar

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")

TICK = 0.3
"""Seconds after which a reader hears that nothing came."""


class Source(Protocol[T_co]):
    def __iter__(self) -> Iterator[T_co]: ...

    def close(self) -> None:
        """End the iteration soon, whatever it waits for. Called from another thread."""


class TooSlow(Exception):
    """The deadline has passed."""


@contextmanager
def read_ahead(source: Source[T], *, seconds: float) -> Iterator[Iterable[T | None]]:
    """Iterate over the source in a thread, and yield its items; None while nothing comes.

    The iteration raises TooSlow after `seconds` in total, and what the source raises. Leaving the block closes the
    source and doesn't wait for it.
    """
    reader = _Reader(source)
    thread = threading.Thread(target=reader.run, name="reading a model's answer", daemon=True)
    thread.start()
    try:
        yield reader.items(time.monotonic() + seconds)
    finally:
        reader.is_wanted = False
        source.close()


class _Reader:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._read: Queue[tuple[object, Exception | None, bool]] = Queue(maxsize=500)
        self.is_wanted = True

    def run(self) -> None:
        try:
            for item in self._source:
                if not self._put(item):
                    return
        except Exception as error:  # raised again by whoever reads
            self._put(None, error)
        else:
            self._put(None, is_end=True)

    def _put(self, item: object, error: Exception | None = None, *, is_end: bool = False) -> bool:
        while self.is_wanted:
            try:
                self._read.put((item, error, is_end), timeout=TICK)
            except Full:
                continue
            return True
        return False

    def items(self, until: float) -> Iterator:
        while (left := until - time.monotonic()) > 0:
            try:
                item, error, is_end = self._read.get(timeout=min(left, TICK))
            except Empty:
                yield None
                continue
            if error:
                raise error
            if is_end:
                return
            yield item
        raise TooSlow
