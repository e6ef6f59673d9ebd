"""What every way of running shares. Values that differ by place come from the environment."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import django_stubs_ext
import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.settings.api import *

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()

# Lets classes name what they hold (`BaseFormSet[UseForm]`) at run time as they do for the type checker.
django_stubs_ext.monkeypatch()

INSTALLED_APPS = [
    "accounts",
    "records",
    "applicants",
    "loans",
    "workflows",
    "reports",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "oauth2_provider",
    "django_q",
    "django_htmx",
    "simple_history",
    "csp",
    "axes",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.SmallPages",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "accounts.web.preferences.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "records.web.sign_ins.SignInsWrittenDown",
    "accounts.web.session_limits.StaffSessionLimits",
    "config.middleware.SignInFirst",
    "config.middleware.NothingKept",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    # Whose change it was, in the row history of master data.
    "simple_history.middleware.HistoryRequestMiddleware",
    "config.middleware.RefusalPages",
    "config.middleware.NextPageByName",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "login"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

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
                "django.template.context_processors.i18n",
                "accounts.context.look",
            ],
        },
    },
]

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "accounts.backends.StaffBackend",
    "applicants.backends.PhoneBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# One person's mistakes lock that person at that address for a quarter of an hour, nobody else.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
# A one-time link to set a password works for a day.
PASSWORD_RESET_TIMEOUT = 24 * 3600
# Staff also show a code of their authenticator app; the demo and the tests go without.
SECOND_FACTOR = True
STAFF_IDLE = timedelta(minutes=env.int("STAFF_IDLE_MINUTES", default=15))
STAFF_SESSION = timedelta(hours=8)

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

# Printed in the masthead, the help block and the footer of every page.
OFFICE_NAME = env.str("OFFICE_NAME", default="石榴市妇女联合会")
OFFICE_HELP_PHONE = env.str("OFFICE_HELP_PHONE", default="0999-0123456")
OFFICE_COMPLAINT_PHONE = env.str("OFFICE_COMPLAINT_PHONE", default="0999-0123457")
OFFICE_STAFF_PHONE = env.str("OFFICE_STAFF_PHONE", default="0999-0123458")
# Where the service is found from outside, without a slash at the end: printed on papers, drawn in their QR code.
OFFICE_URL: str = env.str("OFFICE_URL", default="http://127.0.0.1:8000").rstrip("/")

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SQLITE_OPTIONS = {
    # One writer at a time that takes its lock at the start: no deadlock between two readers who both want to write.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;"
    ),
}


def database(url: str, options: str = "") -> dict[str, object]:
    """Django's settings of the database behind a URL, with what each engine needs for our invariants.

    `options` are further ones of a PostgreSQL session.
    """
    settings: dict[str, object] = environ.Env.db_url_config(url)
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        settings["OPTIONS"] = SQLITE_OPTIONS
    else:
        settings["CONN_MAX_AGE"] = 60
        settings["CONN_HEALTH_CHECKS"] = True
        settings["OPTIONS"] = {"options": f"-c lock_timeout=3s -c idle_in_transaction_session_timeout=30s {options}"}
    return settings


def folder(url: str) -> Path:
    """The folder of stored files behind a URL such as file:///var/lib/loans/files."""
    parts = urlsplit(url)
    if parts.scheme != "file" or not parts.path.startswith("/"):
        raise ImproperlyConfigured(f"STORAGE_URL must be file:///a/folder, not {url}")
    return Path(parts.path)


SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Where the text-message gateway listens, for backends that need it.
SMS_URL: str = env.str("SMS_URL", default="")
SMS_TOKEN: str = env.str("SMS_TOKEN", default="")
# The same for calls that read a code aloud; without a gateway none are offered.
VOICE_URL: str = env.str("VOICE_URL", default="")
VOICE_TOKEN: str = env.str("VOICE_TOKEN", default="")

# How many proxies of our own stand in front and add the sender's address to X-Forwarded-For; 0 believes no such header.
TRUSTED_PROXIES: int = env.int("TRUSTED_PROXIES", default=0)
AXES_CLIENT_IP_CALLABLE = "accounts.web.network_address.network_address"

# A page has at most one photograph per upload; twelve megabytes leave room for the form around it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

OAUTH2_PROVIDER = {
    "ACCESS_TOKEN_EXPIRE_SECONDS": 3600,
    "SCOPES": {"api": "API"},
    "OAUTH2_VALIDATOR_CLASS": "accounts.partner_systems.ClientsOwnUser",
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    # The current practice of RFC 9700: above all, a stolen database holds no token that works.
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
}

# Jobs are short and safe to run twice; retry > (queue_limit + 1) x timeout, or prefetched jobs would run twice.
Q_CLUSTER = {
    "name": "loans",
    "orm": "default",
    "workers": 1,
    "timeout": 20,
    "retry": 120,
    "queue_limit": 2,
    "poll": 1,
    "catch_up": False,
    "label": "jobs",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

# The guide is of an app that knows no cases: what it says of past ones it asks by name. It takes the programme.
FORECAST = "workflows.forecast.in_words"
