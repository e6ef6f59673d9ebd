"""Real use: everything comes from the environment, and it refuses to start with a demo value."""

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *
from config.settings.base import database, env, folder


def _secret(name: str) -> str:
    value: str = env.str(name)
    if len(value) < 50 or "demo" in value:
        raise ImproperlyConfigured(f"{name} must be a secret of your own, 50 letters or more")
    return value


def _keys(name: str) -> dict[str, str]:
    keys: dict[str, str] = env.dict(name)
    for key_id, key in keys.items():
        if len(key) != 64 or set(key) - set("0123456789abcdef") or len(set(key)) < 8:
            raise ImproperlyConfigured(f"{name}: {key_id} must be 64 random hex digits")
    return keys


def _gateway(name: str, *, default: str | None = None) -> str:
    backend: str = env.str(name) if default is None else env.str(name, default=default)
    if backend == "records.sms.OutboxPage":
        raise ImproperlyConfigured(f"{name}: the outbox page would show everybody's messages")
    return backend


if env.bool("DEBUG", default=False):
    raise ImproperlyConfigured("DEBUG shows secrets to whoever makes a page fail; it is for the demo only")
DEMO = False
DEBUG = False
SECRET_KEY = _secret("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
DATABASES = {"default": database(env.str("DATABASE_URL"))}
FIELD_KEYS = _keys("FIELD_KEYS")
INDEX_KEYS = _keys("INDEX_KEYS")
SMS_BACKEND = _gateway("SMS_BACKEND")
VOICE_BACKEND = _gateway("VOICE_BACKEND", default="records.sms.NotConnected")
MEDIA_ROOT = folder(env.str("STORAGE_URL"))
OFFICE_NAME = env.str("OFFICE_NAME")
OFFICE_HELP_PHONE = env.str("OFFICE_HELP_PHONE")
OFFICE_COMPLAINT_PHONE = env.str("OFFICE_COMPLAINT_PHONE")
OFFICE_STAFF_PHONE = env.str("OFFICE_STAFF_PHONE")
OFFICE_URL = env.str("OFFICE_URL").rstrip("/")

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
