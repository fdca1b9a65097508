import os
import re
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

from resolutionflow import bodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resolutionflow.settings")

CHARSET = re.compile(r";\s*charset\*?\s*=[^;]*", re.IGNORECASE)

_django = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Run Django, with queries and forms decoded as UTF-8, even if the header names another codec.

    Django would accept any of Python’s codecs: `rot13` crashes it before an error page can be shown, and
    `unicode_escape` produces lone surrogates that the database can’t store.
    """
    bodies.measure(environ)
    if content_type := environ.get("CONTENT_TYPE"):
        environ["CONTENT_TYPE"] = CHARSET.sub("", content_type)
    return _django(environ, start_response)
