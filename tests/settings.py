"""The product's settings, but for what would only slow the tests down."""

from resolutionflow.settings import *  # noqa: F403
from resolutionflow.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = None  # type: ignore[assignment]  # nothing is collected for tests, and var/ is not theirs
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
