"""Measure the CSS and JavaScript of a session page, compressed as the server sends them.

python -m tests.with_database python -m bench.assets
"""

import gzip
import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

from bench.empty_database import empty_database
from bench.report import Measured, report, say

LIMIT_KB = 60
LOADED = re.compile(r'(?:src|href)="([^"]+\.(?:css|js))"')
IMPORTED = re.compile(r'@import\s+(?:url\()?["\']([^"\']+)')


def main() -> int:
    with empty_database():
        from bench.sample_requests import SampleAccount

        page = SampleAccount(1).page().content.decode()
        sizes = {name: _compressed(name) for name in sorted(set(LOADED.findall(page)))}
    for name, size in sizes.items():
        say(f"{size:>7,} bytes  {name}")
    kilobytes = round(sum(sizes.values()) / 1000, 1)
    return report("Assets of a session page", [Measured("CSS and JavaScript", kilobytes, LIMIT_KB, "kB")])


def _compressed(url: str) -> int:
    from django.conf import settings
    from django.contrib.staticfiles import finders

    found = finders.find(urlsplit(url).path.removeprefix(settings.STATIC_URL))
    if not isinstance(found, str):
        raise SystemExit(f"{url}: no such file")
    content = Path(found).read_bytes()
    if IMPORTED.search(content.decode()):
        raise SystemExit(f"{url} imports another file, which this benchmark would miss")
    return len(gzip.compress(content, 9))


if __name__ == "__main__":
    sys.exit(main())
