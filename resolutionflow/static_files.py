from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = r"""(?P<matched>import(?P<names>\s*\{[^}]*\})\s*from\s*"(?P<url>\./[^"]+)";)"""


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Names static files by their content, also where our own scripts import each other.

    Django can do that for all scripts (`support_js_module_import_aggregation`), but stops at those of others that name
    files which they don't bring.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", ((IMPORT, 'import%(names)s from "%(url)s";'),)),
    )
