"""Measures bodies that come in chunks. Django reads as much as Content-Length says: without it, nothing."""

import io
from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import RequestDataTooBig


class TooLarge(io.RawIOBase):
    """The rest of a body that is larger than Django may read."""

    def read(self, size: int | None = -1) -> NoReturn:
        raise RequestDataTooBig("This body is larger than DATA_UPLOAD_MAX_MEMORY_SIZE.")


def measure(environ: dict[str, Any]) -> None:
    """Read a body without Content-Length, as far as the limit, and give it one.

    A chunked body that broke off looks empty to Granian. So an empty one gets a length, too: Django then finds it
    incomplete, and nothing takes it for “no body”.
    """
    if environ.get("CONTENT_LENGTH") or not environ.get("wsgi.input_terminated"):
        return
    most: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    raw = environ["wsgi.input"].read(most + 1)
    if raw or "HTTP_TRANSFER_ENCODING" in environ:
        environ["CONTENT_LENGTH"] = str(max(1, len(raw)))
        environ["wsgi.input"] = io.BytesIO(raw) if len(raw) <= most else TooLarge()
