"""Tracks which processes use the server: each holds a shared lock on one file.

The kernel releases the lock when the process ends, even if it is killed, so no ended process counts as a user.
"""

import fcntl
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class ProcessEnds(Exception):
    """A process that has left the server for good asks for it again."""


class Users:
    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None
        self._joining = threading.Lock()
        self._is_ending = False
        os.register_at_fork(after_in_child=self._reset_after_fork)

    def join(self) -> bool:
        """Become a user, after waiting for a last user that is stopping the server. Return True the first time."""
        with self._joining:
            if self._descriptor is not None:
                return False
            descriptor = _opened(self.path)
            fcntl.flock(descriptor, fcntl.LOCK_SH)
            if self._is_ending:
                os.close(descriptor)
                raise ProcessEnds("This process is ending.")
            self._descriptor = descriptor
            _exit_on_signals()
            return True

    def end(self) -> None:
        """Refuse to join again: a thread that outlives the end of the process would start the server for nobody."""
        self._is_ending = True

    @contextmanager
    def leaving(self) -> Iterator[bool]:
        """Stop being a user. Yields whether it was the last one; then no other can join inside the block."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is None:
            yield False
            return
        try:
            fcntl.flock(descriptor, fcntl.LOCK_UN)  # first, or two that leave at once would each see the other
            yield _alone(descriptor)
        finally:
            os.close(descriptor)

    def _reset_after_fork(self) -> None:
        """Close the inherited lock file: a forked child is a user of its own."""
        if self._descriptor is not None:
            os.close(self._descriptor)
        self._descriptor = None
        self._is_ending = False
        self._joining = threading.Lock()


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    descriptor = _opened(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def is_unused(path: Path) -> bool:
    descriptor = _opened(path)
    try:
        return _alone(descriptor)
    finally:
        os.close(descriptor)


def _opened(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


def _alone(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _exit_on_signals() -> None:
    """Make a terminated command exit normally, so that it leaves, unless it has its own signal handlers."""
    if threading.current_thread() is not threading.main_thread():
        return
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, lambda received, _frame: sys.exit(128 + received))
