"""The test suite: SQLite in memory, or the database that TEST_DATABASE_URL names."""

import os

from config.settings.base import *
from config.settings.base import BASE_DIR, INSTALLED_APPS, database

DEMO = True
SECOND_FACTOR = False
DEBUG = False
SECRET_KEY = "test-only"
ALLOWED_HOSTS = ["*"]
# What a test commits need not survive a power cut.
DATABASES = {
    "default": database(os.environ.get("TEST_DATABASE_URL") or "sqlite://:memory:", "-c synchronous_commit=off")
}
FIELD_KEYS = {"test": "11" * 32}
INDEX_KEYS = {"test": "22" * 32}
SMS_BACKEND = "records.sms.OutboxPage"
VOICE_BACKEND = "records.sms.OutboxPage"
MEDIA_ROOT = BASE_DIR / "var" / "test-files"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
INSTALLED_APPS = [*INSTALLED_APPS, "tests.toys"]
