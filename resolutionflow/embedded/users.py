"""Which processes use the server: those that hold a shared lock on one file.

The kernel lets go of a lock when its process ends, however it ends, so nobody is counted who is gone.
"""

import fcntl
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Users:
    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None
        self._joining = threading.Lock()
        os.register_at_fork(after_in_child=self._start_anew)

    def join(self) -> bool:
        """Become a user, waiting while the last one stops the server. True the first time."""
        with self._joining:
            if self._descriptor is not None:
                return False
            descriptor = _opened(self.path)
            fcntl.flock(descriptor, fcntl.LOCK_SH)
            self._descriptor = descriptor
            _end_in_order()
            return True

    @contextmanager
    def leaving(self) -> Iterator[bool]:
        """Stop being a user. True inside when no other is left; then nobody can join before the end."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is None:
            yield False
            return
        try:
            fcntl.flock(descriptor, fcntl.LOCK_UN)  # first, or two that leave at once would each see the other
            yield _alone(descriptor)
        finally:
            os.close(descriptor)

    def _start_anew(self) -> None:
        """A forked child is another user: it shares our lock only until it forgets our file."""
        if self._descriptor is not None:
            os.close(self._descriptor)
        self._descriptor = None
        self._joining = threading.Lock()


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    descriptor = _opened(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def nobody_uses(path: Path) -> bool:
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


def _end_in_order() -> None:
    """Let a terminated command leave as a finished one does, unless it has its own idea of signals."""
    if threading.current_thread() is not threading.main_thread():
        return
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, lambda received, _frame: sys.exit(128 + received))
