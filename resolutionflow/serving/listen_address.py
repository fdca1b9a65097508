"""The address to listen on, checked before anything is started."""

import errno
import socket

from django.conf import settings
from django.core.management import CommandError

ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  reached at these from this machine
REASONS = {
    errno.EADDRINUSE: "another program uses it. Choose another port: PORT=8001",
    errno.EACCES: "only root may use so low a port. Choose one above 1023: PORT=8001",
    errno.EADDRNOTAVAIL: "this machine doesn't have that address. Choose another: HOST=127.0.0.1",
}


def free_address() -> str:
    """Return the numeric address of HOST. Raises CommandError when PORT isn't free there."""
    try:
        family, kind, _, _, where = socket.getaddrinfo(settings.HOST, settings.PORT, type=socket.SOCK_STREAM)[0]
    except socket.gaierror as error:
        raise CommandError(f"HOST={settings.HOST} is no address of this machine: {error.strerror}.") from error
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(where)
        except OSError as error:
            reason = REASONS.get(error.errno or 0, error.strerror)
            raise CommandError(f"Can't listen on {settings.HOST}, port {settings.PORT}: {reason}.") from error
    return str(where[0])


def local(address: str) -> str:
    return ANYWHERE.get(address, address)


def url() -> str:
    host = "localhost" if settings.HOST in ANYWHERE else settings.HOST
    return f"http://[{host}]:{settings.PORT}" if ":" in host else f"http://{host}:{settings.PORT}"
