"""Prints NAME=value of every setting that production asks for, made up on the spot: for `check --deploy` only."""

import secrets

MADE_UP = {
    "SECRET_KEY": secrets.token_urlsafe(50),
    "FIELD_KEYS": f"check={secrets.token_hex(32)}",
    "INDEX_KEYS": f"check={secrets.token_hex(32)}",
    "DATABASE_URL": "postgres://loans@127.0.0.1:5432/loans",
    "STORAGE_URL": "file:///var/lib/loans/files",
    "ALLOWED_HOSTS": "loans.example",
    "SMS_BACKEND": "records.sms.HttpGateway",
    "SMS_URL": "https://sms.example/send",
    "SMS_TOKEN": secrets.token_urlsafe(20),
    "OFFICE_NAME": "office",
    "OFFICE_HELP_PHONE": "0999-0123456",
    "OFFICE_COMPLAINT_PHONE": "0999-0123457",
    "OFFICE_STAFF_PHONE": "0999-0123458",
    "OFFICE_URL": "https://loans.example",
}

if __name__ == "__main__":
    for name, value in MADE_UP.items():
        print(f"{name}={value}")
