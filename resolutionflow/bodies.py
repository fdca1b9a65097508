"""Measures chunked bodies, because Django reads no body without a Content-Length."""

import io
from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import RequestDataTooBig


class TooLarge(io.RawIOBase):
    """A body that is too large. It raises when it is read."""

    def read(self, size: int | None = -1) -> NoReturn:
        raise RequestDataTooBig("This body is larger than DATA_UPLOAD_MAX_MEMORY_SIZE.")


def measure(environ: dict[str, Any]) -> None:
    """Read a body without Content-Length up to the limit, and set its Content-Length.

    Granian reports a chunked body that broke off as empty. So an empty body gets a length of 1: Django then finds it
    incomplete and doesn't treat it as “no body”.
    """
    if environ.get("CONTENT_LENGTH") or not environ.get("wsgi.input_terminated"):
        return
    most: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    raw = environ["wsgi.input"].read(most + 1)
    if raw or "HTTP_TRANSFER_ENCODING" in environ:
        environ["CONTENT_LENGTH"] = str(max(1, len(raw)))
        environ["wsgi.input"] = io.BytesIO(raw) if len(raw) <= most else TooLarge()
