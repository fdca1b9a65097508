"""A mail server in a process of its own, which takes every email and counts them."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.sharedctypes import Synchronized
from typing import Any

from tests.mail_server import free_port


class _Counting:
    def __init__(self, received: "Synchronized[int]") -> None:
        self.received = received

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        with self.received.get_lock():
            self.received.value += 1
        return "250 OK"


def _serve(port: int, received: "Synchronized[int]") -> None:
    from aiosmtpd.controller import Controller

    Controller(_Counting(received), hostname="127.0.0.1", port=port).start()
    while True:
        time.sleep(3600)


@contextmanager
def mail_sink() -> Iterator[tuple[str, "Synchronized[int]"]]:
    """Yield its address as EMAIL_URL takes it, and how many emails it has taken."""
    context, port = get_context("spawn"), free_port()
    received: Synchronized[int] = context.Value("i", 0)
    process = context.Process(target=_serve, args=(port, received), daemon=True)
    process.start()
    try:
        yield f"smtp://127.0.0.1:{port}", received
    finally:
        process.terminate()
        process.join()
