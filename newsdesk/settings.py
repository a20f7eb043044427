"""All settings, from the environment, with defaults that need nothing installed beside Python
(docs/configuration.md)."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from newsdesk import env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("NEWSDESK_VAR", str(BASE_DIR / "var")))
DEBUG = env.flag("NEWSDESK_DEBUG", default=False)
SECRET_KEY = env.secret("NEWSDESK_SECRET_KEY", VAR_DIR / "secret_key")
ALLOWED_HOSTS = env.words("NEWSDESK_HOSTS", "127.0.0.1,localhost,[::1],testserver")
CSRF_TRUSTED_ORIGINS = env.words("NEWSDESK_ORIGINS")
PUBLIC_URL = env.text("NEWSDESK_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
HTTPS = env.flag("NEWSDESK_HTTPS", default=False)

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "knox",
    "rest_framework",
    "template_partials",
    "newsdesk.apps.NewsdeskConfig",
    "claims.apps.ClaimsConfig",
    "ingest.apps.IngestConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "newsdesk.limits.limit_body",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "newsdesk.urls"
WSGI_APPLICATION = "newsdesk.wsgi.application"
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
                "newsdesk.context.desk",
            ]
        },
    }
]

# -- storage
DATABASE_URL = env.text("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'newsdesk.sqlite3'}"
DATABASES: dict[str, Any] = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=60, conn_health_checks=True)}
SQLITE = DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
if SQLITE:
    Path(DATABASES["default"]["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.text("REDIS_URL")
CACHES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

# -- the worker; work state lives in the rows, the broker only rings the bell
LEASE_SECONDS = env.whole("NEWSDESK_LEASE_SECONDS", 300, at_least=2)
SWEEP_SECONDS = env.whole("NEWSDESK_SWEEP_SECONDS", 15, at_least=1)
MAX_ATTEMPTS = env.whole("NEWSDESK_MAX_ATTEMPTS", 3, at_least=1)
CELERY_TASK_TIME_LIMIT = env.whole("NEWSDESK_TASK_SECONDS", 240, at_least=1)
CELERY_TASK_SOFT_TIME_LIMIT = max(1, CELERY_TASK_TIME_LIMIT - 10)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = False
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_max": 0.2}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = env.whole("NEWSDESK_TASKS_PER_CHILD", 2000, at_least=1)
CELERY_WORKER_MAX_MEMORY_PER_CHILD = env.whole("NEWSDESK_CHILD_KIB", 1_200_000, at_least=1)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
# A worker takes from its queues in turn: what a person waits for never stands behind a thousand files.
CELERY_TASK_DEFAULT_QUEUE = "desk"
CELERY_TASK_ROUTES = {
    "claims.extract_version": {"queue": "reading"},
    "claims.relate_version": {"queue": "reading"},
    "ingest.poll_feed": {"queue": "routes"},
    "ingest.poll_feeds": {"queue": "routes"},
    "ingest.watch_folder": {"queue": "routes"},
    "ingest.read_mail": {"queue": "routes"},
}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    name: {"task": name, "schedule": timedelta(seconds=SWEEP_SECONDS), "options": {"expires": SWEEP_SECONDS}}
    for name in (
        "ingest.sweep",
        "claims.sweep",
        "claims.sweep_copies",
        "claims.sweep_events",
        "claims.match_speakers",
        "newsdesk.pulse",
    )
} | {
    "newsdesk.tend_database": {
        "task": "newsdesk.tend_database",
        "schedule": timedelta(minutes=10),
        "options": {"expires": 600},
    }
}
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
        "visibility_timeout": 3600,
        "socket_connect_timeout": 2,
        "socket_timeout": 10,
        "global_keyprefix": env.text("NEWSDESK_QUEUE_PREFIX", "newsdesk:"),
    }
else:
    BROKER_DIR = VAR_DIR / "broker"
    for folder in ("queue", "control"):
        (BROKER_DIR / folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_URL = "filesystem://localhost//"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR / "queue"),
        "data_folder_out": str(BROKER_DIR / "queue"),
        "control_folder": str(BROKER_DIR / "control"),
        "polling_interval": 0.1,
    }

# -- the engine and the rules
EXTRACTOR = env.text("NEWSDESK_EXTRACTOR", "claims.extraction.engine.extract")
SECOND_READER = env.flag("NEWSDESK_SECOND_READER", default=True)
CONFLICT_WINDOW = timedelta(hours=env.whole("NEWSDESK_CONFLICT_HOURS", 6))
WAITING_TIME = timedelta(hours=env.whole("NEWSDESK_WAITING_HOURS", 24))
DESK_NAME = env.text("NEWSDESK_DESK_NAME", "Newsdesk")

# -- limits on what comes in
MAX_FILE_BYTES = env.whole("NEWSDESK_MAX_FILE_BYTES", 5_000_000, at_least=1)
MAX_FILES = env.whole("NEWSDESK_MAX_FILES", 1000, at_least=1)
MAX_WORDS = env.whole("NEWSDESK_MAX_WORDS", 50_000, at_least=1)
MAX_UPLOAD_BYTES = env.whole("NEWSDESK_MAX_UPLOAD_BYTES", 200_000_000, at_least=1)
DATA_UPLOAD_MAX_NUMBER_FILES = MAX_FILES + 100
DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_FILE_BYTES + 1_000_000
FILE_UPLOAD_HANDLERS = ["ingest.spool.OneSpool"]
PAGE_SIZE = env.whole("NEWSDESK_PAGE_SIZE", 25, at_least=1)

# -- the routes by which copy comes of itself
FETCH_SECONDS = env.whole("NEWSDESK_FETCH_SECONDS", 30, at_least=1)
FETCH_PORTS = env.ports("NEWSDESK_FETCH_PORTS", "80,443")
FETCH_ALLOW = env.words("NEWSDESK_FETCH_ALLOW")
WATCH_FOLDER = env.folder("NEWSDESK_WATCH_FOLDER")
MAILDIR = env.folder("NEWSDESK_MAILDIR")
WATCH_SECONDS = env.whole("NEWSDESK_WATCH_SECONDS", 5, at_least=1)
CELERY_BEAT_SCHEDULE |= {
    name: {"task": name, "schedule": timedelta(seconds=seconds), "options": {"expires": seconds}}
    for name, seconds, wanted in (
        ("ingest.poll_feeds", SWEEP_SECONDS, True),
        ("ingest.watch_folder", WATCH_SECONDS, bool(WATCH_FOLDER)),
        ("ingest.read_mail", WATCH_SECONDS, bool(MAILDIR)),
    )
    if wanted
}

# -- people
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AXES_FAILURE_LIMIT = env.whole("NEWSDESK_SIGN_IN_TRIES", 10, at_least=1)
AXES_COOLOFF_TIME = timedelta(minutes=env.whole("NEWSDESK_SIGN_IN_MINUTES", 15, at_least=1))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "sign-in"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS and env.flag("NEWSDESK_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

# -- the programs' door
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "claims.api.tokens.ClientToken",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["claims.api.permissions.MayPull"],
    "DEFAULT_PAGINATION_CLASS": "claims.api.pagination.Keyset",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": ["claims.api.throttling.PerClient"],
    "DEFAULT_THROTTLE_RATES": {
        "client": env.text("NEWSDESK_API_RATE", "120/min"),
        "anonymous": env.text("NEWSDESK_API_ANONYMOUS_RATE", "20/min"),
    },
    "EXCEPTION_HANDLER": "claims.api.errors.answer",
    "PAGE_SIZE": PAGE_SIZE,
}
REST_KNOX = {
    "TOKEN_TTL": timedelta(days=env.whole("NEWSDESK_TOKEN_DAYS", 365, at_least=1)),
    "AUTH_HEADER_PREFIX": "Token",
}
SPECTACULAR_SETTINGS = {
    "ENUM_NAME_OVERRIDES": {"SpeakerKind": "claims.models.Speaker.Kind"},
    "TITLE": "Newsdesk",
    "DESCRIPTION": "Verdicts, claims, events and articles of an editorial fact-checking desk.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["claims.api.permissions.MayPull"],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "OAS_VERSION": "3.1.1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

# -- words, time, files
LANGUAGE_CODE = "en-gb"
TIME_ZONE = env.text("NEWSDESK_TIME_ZONE", "UTC")
USE_I18N = False
USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = Path(env.text("NEWSDESK_STATIC", str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("NEWSDESK_LOG_LEVEL", "INFO")},
}
