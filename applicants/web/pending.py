"""The phone that waits for its code, between the two pages of signing in. Kept encrypted: sessions lie in a table."""

import base64
from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase

from records.encryption import CannotDecrypt, decrypt, encrypt
from records.models.notice import Channel

KEY, CONTEXT = "sign_in", "session.sign_in"


def begin(session: SessionBase, mobile: str, *, at: datetime, channel: Channel = Channel.SMS) -> None:
    sealed = base64.b64encode(encrypt(mobile.encode(), context=CONTEXT)).decode()
    session[KEY] = {"mobile": sealed, "sent_at": at.isoformat(), "channel": str(channel)}


def mobile(session: SessionBase) -> str | None:
    """The phone, or None where none waits."""
    waiting = session.get(KEY)
    if waiting is None:
        return None
    try:
        return decrypt(base64.b64decode(waiting["mobile"]), context=CONTEXT).decode()
    except CannotDecrypt:
        return None


def is_read_aloud(session: SessionBase) -> bool:
    """Whether the code comes by a call."""
    return bool(session[KEY].get("channel") == Channel.VOICE)


def seconds_to_wait(session: SessionBase, *, after: timedelta, at: datetime) -> int:
    """How long until another code may be asked for; 0 where it may be now."""
    sent_at = datetime.fromisoformat(session[KEY]["sent_at"])
    return max(0, round((sent_at + after - at).total_seconds()))


def end(session: SessionBase) -> None:
    session.pop(KEY, None)
