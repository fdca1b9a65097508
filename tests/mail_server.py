"""A real mail server on this machine, and what it was sent."""

import socket
import threading
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from types import TracebackType
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

PATIENCE = 60
"""Seconds after which a server that holds an email gives up: a test that forgot to release it fails."""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


class MailServer:
    """The server, in a thread of its own. `received`: emails as parsed, in the order in which they came.

    `refused`: addresses to which it takes nothing. `holds`: whether it keeps each sender waiting until `release` is
    set, after it has taken the email; `holding` is set as soon as one waits.
    """

    def __init__(self, *, holds: bool = False) -> None:
        self.received: list[EmailMessage] = []
        self.refused: set[str] = set()
        self.holds, self.release, self.holding = holds, threading.Event(), threading.Event()
        self.port = free_port()
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)

    @property
    def url(self) -> str:
        """Its address as the setting EMAIL_URL takes it."""
        return f"smtp://127.0.0.1:{self.port}"

    def to(self, address: str) -> list[EmailMessage]:
        return [message for message in self.received if message["To"] == address]

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return "550 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        message = BytesParser(policy=default).parsebytes(cast(bytes, envelope.content))
        self.received.append(message)
        if self.holds:
            self.holding.set()
            await server.loop.run_in_executor(None, self.release.wait, PATIENCE)
        return "250 OK"

    def __enter__(self) -> "MailServer":
        self.controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release.set()
        self.controller.stop()


def text_of(message: Any) -> str:
    """Return the plain text of an email, with ends of lines as they were before it was sent."""
    return str(message.get_content()).replace("\r\n", "\n").rstrip("\n") + "\n"
