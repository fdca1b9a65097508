"""The product's settings, but for what would only slow the tests down."""

from importlib.util import find_spec

from resolutionflow.settings import *  # noqa: F403
from resolutionflow.settings import INSTALLED_APPS, STATICFILES_DIRS

INSTALLED_APPS = ["tests", *INSTALLED_APPS, "django_migration_linter"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = None  # type: ignore[assignment]  # nothing is collected for tests, and var/ is not theirs
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600  # browsers ask once for each file, as they do in production
STATICFILES_DIRS = [*STATICFILES_DIRS, ("axe", find_spec("axe_playwright_python").submodule_search_locations[0])]
"""Half a megabyte of script is served, so that browsers keep it compiled."""
