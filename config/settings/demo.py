"""The demo office and one office's trial: SQLite file, messages go to a page instead of phones."""

import os

from config.settings.base import *
from config.settings.base import BASE_DIR, STAFF_SESSION, database, env, folder

DEMO = True
SECOND_FACTOR = False
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="demo-only-not-a-secret-demo-only-not-a-secret-0001")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"])
(BASE_DIR / "var").mkdir(exist_ok=True)
DATABASES = {"default": database(os.environ.get("DATABASE_URL", f"sqlite:///{BASE_DIR / 'var' / 'demo.sqlite3'}"))}
MEDIA_ROOT = folder(env.str("STORAGE_URL", default=f"file://{BASE_DIR / 'var' / 'files'}"))
# key id = 32 bytes as hex; the first one writes, all of them read. Production brings its own.
FIELD_KEYS = env.dict("FIELD_KEYS", default={"demo": "11" * 32})
INDEX_KEYS = env.dict("INDEX_KEYS", default={"demo": "22" * 32})
SMS_BACKEND = "records.sms.OutboxPage"
VOICE_BACKEND = "records.sms.OutboxPage"
# Whoever tries the demo comes back to it after lunch.
STAFF_IDLE = STAFF_SESSION
