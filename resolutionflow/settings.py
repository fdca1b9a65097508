"""All settings. Those that differ between machines come from the environment (.env.sample)."""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.urls import reverse_lazy
from environs import validate

from resolutionflow import databases, model_address
from resolutionflow.environment import exit_if_invalid, local_secret_key, open_environment

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = open_environment(BASE_DIR)

PRODUCTION = env.bool("PRODUCTION", False)
DEBUG = env.bool("DEBUG", False)
HOST = env.str("HOST", "127.0.0.1")
PORT = env.int("PORT", 8000, validate=validate.Range(1, 65535))
WORKERS = env.int("WORKERS", 2, validate=validate.Range(1, 64))
THREADS = env.int("THREADS", 4, validate=validate.Range(1, 64))
LOG_LEVEL = env.str("LOG_LEVEL", "INFO", validate=validate.OneOf(["DEBUG", "INFO", "WARNING", "ERROR"]))
API_REQUESTS_A_MINUTE = env.int("API_REQUESTS_A_MINUTE", 1000, validate=validate.Range(0, 1_000_000))
SESSION_HOURS = env.int("SESSION_HOURS", 12, validate=validate.Range(1, 720))
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
EMAIL_FROM = env.str("EMAIL_FROM", "ResolutionFlow <resolutionflow@localhost>")
EMAIL = env.dj_email_url("EMAIL_URL", "console:")
FLOWPILOT_URL = env.str("FLOWPILOT_URL", "").strip().rstrip("/")
FLOWPILOT_MODEL = env.str("FLOWPILOT_MODEL", "").strip()
FLOWPILOT_KEY = env.str("FLOWPILOT_KEY", "").strip()
FLOWPILOT_DEADLINE = env.int("FLOWPILOT_DEADLINE", 120, validate=validate.Range(5, 900))
FLOWPILOT_MAX_TOKENS = env.int("FLOWPILOT_MAX_TOKENS", 1_500, validate=validate.Range(64, 32_000))
FLOWPILOT_CONTEXT_TOKENS = env.int("FLOWPILOT_CONTEXT_TOKENS", 12_000, validate=validate.Range(2_000, 1_000_000))
FLOWPILOT_SESSION_TOKENS = env.int("FLOWPILOT_SESSION_TOKENS", 200_000, validate=validate.Range(0, 1_000_000_000))
FLOWPILOT_ACCOUNT_TOKENS_A_DAY = env.int(
    "FLOWPILOT_ACCOUNT_TOKENS_A_DAY", 2_000_000, validate=validate.Range(0, 1_000_000_000)
)
FLOWPILOT_KEEP_DAYS = env.int("FLOWPILOT_KEEP_DAYS", 30, validate=validate.Range(1, 3_650))
if PRODUCTION:
    SECRET_KEY = env.str("SECRET_KEY", validate=validate.Length(min=50))
    _no_star = validate.ContainsNoneOf("*", error="“*” would let links in emails lead to any site")
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", validate=[validate.Length(min=1, error="empty"), _no_star])
else:
    SECRET_KEY = env.str("SECRET_KEY", None) or local_secret_key(VAR_DIR / "secret_key")
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]", HOST])

_address = f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION and ALLOWED_HOSTS else f"http://{HOST}:{PORT}"
SITE_URL = env.str("SITE_URL", "").strip().rstrip("/") or _address

DATABASE_ROLE = databases.chosen_role(env)
_database, APPLICATION_ROLE, _wrong = databases.configure(env, VAR_DIR)
if PRODUCTION and DEBUG:
    _wrong["DEBUG"] = "true shows visitors the code and settings"
if PRODUCTION and _database.get("ENGINE") == "resolutionflow.embedded":
    _wrong["DATABASE_URL"] = "missing in production"
if not SITE_URL.startswith(("https://", "http://")):
    _wrong["SITE_URL"] = "not an address that begins with https:// or http://"
if EMAIL and "EMAIL_BACKEND" not in EMAIL:
    _wrong["EMAIL_URL"] = "not the address of a mail server"
_wrong |= model_address.problems(FLOWPILOT_URL, FLOWPILOT_MODEL, FLOWPILOT_KEY)
exit_if_invalid(env, _wrong)

DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "resolutionflow",
    "common",
    "accounts",
    "accounts.api",
    "sessions",
    "fixes",
    "flowpilot",
    "tickets",
    "resolutionflow.admin.apps.OurAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "axes",
    "csp",
    "django_guid",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "drf_standardized_errors",
    "pgtrigger",
    "procrastinate.contrib.django",
    "rest_framework",
]

MIDDLEWARE = [
    "resolutionflow.headers.HeadersMiddleware",
    "resolutionflow.headers.PolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_guid.middleware.guid_middleware",
    "resolutionflow.method_not_allowed.MethodNotAllowedMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "accounts.middleware.PersonMiddleware",
    "accounts.page_owner.PageOwnerMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "resolutionflow.pages_only.MessageMiddleware",
    "resolutionflow.pages_only.HtmxMiddleware",
    "accounts.middleware.TimeZoneMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "resolutionflow.urls"
WSGI_APPLICATION = "resolutionflow.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["accounts.templatetags.page_owner"],
        },
    },
]

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "accounts.backends.EmailBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "display_name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = reverse_lazy("sign-in")
LOGIN_REDIRECT_URL = reverse_lazy("session-list")
LOGOUT_REDIRECT_URL = reverse_lazy("sign-in")
PASSWORD_RESET_TIMEOUT = 24 * 3600
SESSION_ENGINE = "accounts.session_store"
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "username"  # the form's name for the email; without it attempts are counted under no name
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "accounts.views.sign_in.locked_out"
AXES_CLIENT_IP_CALLABLE = "accounts.devices.address_of"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False  # its lists aren't limited to an account

# Mail
vars().update(EMAIL or {})  # EMAIL_BACKEND, EMAIL_HOST and so on, from one address
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = EMAIL_FROM

# Language and time: stored in UTC, shown in each person's own zone
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False
FORMAT_MODULE_PATH = ["resolutionflow.formats"]

# Static files
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # no page uses the others, and compressing them took half of the time
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "resolutionflow.static_files.HashedStaticFiles"
    },
}

# Requests
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 12_000  # a far too long selection then gets the board's own error
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "resolutionflow.errors.csrf_failed"
if PRODUCTION:  # no other host under the same domain can set these (static/js reads the second)
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# API
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.api.authentication.BearerAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["accounts.api.permissions.AccountMember"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["accounts.api.parsing.StrictJSON"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "resolutionflow.api.errors.exception_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "URL_FORMAT_OVERRIDE": None,  # the API is always JSON, even with ?format=
}
SPECTACULAR_SETTINGS = {
    "TITLE": "ResolutionFlow",
    "DESCRIPTION": "Sessions, suggested fixes and their outcomes.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "OAS_VERSION": "3.1.0",
    "SERVE_AUTHENTICATION": [],
    "PATH_CONVERTER_OVERRIDES": {"row": {"type": "string", "format": "uuid"}},
    "ENUM_NAME_OVERRIDES": {
        "SessionStatus": "sessions.models.SessionStatus",
        "FixStatus": "fixes.transitions.Status",
        "FixOutcome": "fixes.transitions.OUTCOMES",
        "ProposableOutcome": "fixes.transitions.PROPOSABLE",
        "FactKind": "sessions.models.FactKind",
        "TextKind": "tickets.models.Kind",
        "TextLanguage": "accounts.models.Language",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "resolutionflow.api.schema.refuse_other_keys",
        "resolutionflow.api.schema.add_headers_and_errors",
    ],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

# Jobs (docs/jobs.md)
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# Logs: one JSON object a line, on standard error
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "django_guid.log_filters.CorrelationId"}},
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(correlation_id)s %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["request_id"]}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"level": LOG_LEVEL, "propagate": True, "handlers": []},
        "django.request": {"level": "ERROR"},
        "django_guid": {"level": "WARNING"},
        "httpx": {"level": "WARNING"},  # a model's requests: their log is the admin's (docs/admin.md)
        "httpcore": {"level": "WARNING"},
        "procrastinate": {"level": "WARNING"},
    },
}
DJANGO_GUID = {"GUID_HEADER_NAME": "X-Request-ID", "VALIDATE_GUID": False, "RETURN_HEADER": True}
