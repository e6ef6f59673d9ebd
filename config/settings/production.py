"""Real use: everything comes from the environment, and it refuses to start with a demo value."""

from config.settings.base import *
from config.settings.base import database, env

DEMO = False
DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
DATABASES = {"default": database(env.str("DATABASE_URL"))}
FIELD_KEYS = env.dict("FIELD_KEYS")
INDEX_KEYS = env.dict("INDEX_KEYS")
SMS_BACKEND = env.str("SMS_BACKEND")
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
