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
    """The site. Queries and forms are UTF-8, as browsers send them, whatever codec their header names.

    Django would take any of Python’s: `rot13` crashes it before our own error pages could answer, and
    `unicode_escape` makes half characters that the database can’t store.
    """
    bodies.measure(environ)
    if content_type := environ.get("CONTENT_TYPE"):
        environ["CONTENT_TYPE"] = CHARSET.sub("", content_type)
    return _django(environ, start_response)
