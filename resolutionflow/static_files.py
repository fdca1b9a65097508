from pathlib import Path
from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = r"""(?P<matched>import(?P<names>\s*\{[^}]*\})\s*from\s*"(?P<url>\./[^"]+)";)"""

BROTLI_MAX = 64_000
"""Larger files, which only the API's docs have, are compressed by gzip alone: Brotli would take ten seconds."""


class StaticFilesCompressor(Compressor):
    """Compresses by gzip, and small files also by Brotli, which is a seventh smaller."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._by_gzip = Compressor(**options, use_brotli=False)

    def compress(self, path: str) -> list[str]:
        is_small = Path(path).stat().st_size <= BROTLI_MAX
        compressed: list[str] = super().compress(path) if is_small else self._by_gzip.compress(path)
        return compressed


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Names static files by their content, also where our own scripts import each other.

    Django can do that for all scripts (`support_js_module_import_aggregation`), but stops at those of others that name
    files which they don't bring.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", ((IMPORT, 'import%(names)s from "%(url)s";'),)),
    )

    def create_compressor(self, **options: Any) -> Compressor:
        return StaticFilesCompressor(**options)
