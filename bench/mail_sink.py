"""A mail server in a process of its own, which takes every email and counts them.

It stands for another machine, so it does as little as it can: the processors are for what is measured.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.sharedctypes import Synchronized
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any, ClassVar

from tests.mail_server import free_port


class _Handler(StreamRequestHandler):
    received: "ClassVar[Synchronized[int]]"
    disable_nagle_algorithm = True

    def handle(self) -> None:
        self.wfile.write(b"220 sink\r\n")
        while line := self.rfile.readline():
            command = line[:4].upper()
            if command == b"DATA":
                self.wfile.write(b"354 Go on\r\n")
                while self.rfile.readline() != b".\r\n":
                    pass
                with self.received.get_lock():
                    self.received.value += 1
            self.wfile.write(b"250 OK\r\n")
            if command == b"QUIT":
                return


class _Server(ThreadingTCPServer):
    daemon_threads = True


def _serve(port: int, received: Any) -> None:
    _Handler.received = received
    _Server(("127.0.0.1", port), _Handler).serve_forever()


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
