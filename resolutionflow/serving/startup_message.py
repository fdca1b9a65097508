"""Print where the server runs, once it accepts requests."""

import http.client
import threading
import time
from collections.abc import Callable

PATIENCE = 60
DEMO_SIGN_INS = (
    "Sign in as engineer@, senior@, viewer@ or admin@northwind.example, engineer@fabrikam.example\n"
    "or root@resolutionflow.example; the password of each is demo-password."
)


def print_when_ready(address: str, port: int, say: Callable[[], None]) -> None:
    """Call `say` from a thread as soon as the server responds."""
    threading.Thread(target=_wait, args=(address, port, say), daemon=True).start()


def _wait(address: str, port: int, say: Callable[[], None]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if _responds(address, port):
            return say()
        time.sleep(0.05)


def _responds(address: str, port: int) -> bool:
    connection = http.client.HTTPConnection(address, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True
