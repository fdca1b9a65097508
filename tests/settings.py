"""The product's settings, without what would only slow the tests down."""

from axe_playwright_python import base as axe

from resolutionflow.settings import *  # noqa: F403
from resolutionflow.settings import INSTALLED_APPS, STATICFILES_DIRS

INSTALLED_APPS = ["tests", *INSTALLED_APPS, "django_migration_linter"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = None  # type: ignore[assignment]  # nothing is collected for tests, and var/ stays untouched
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600  # browsers ask once for each file, as they do in production
STATICFILES_DIRS = [*STATICFILES_DIRS, ("axe", axe.AXE_FILE_PATH.parent)]  # type: ignore[list-item]
"""Serves axe's half megabyte of script as a file, so that browsers keep it compiled."""
FLOWPILOT_URL = FLOWPILOT_MODEL = FLOWPILOT_KEY = ""  # whatever the machine's .env says
