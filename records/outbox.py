"""Messages that are owed: written with the act that owes them, delivered afterwards, once as far as she can see."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Q

from accounts.models import User
from records.models.notice import Channel, Notice
from records.sms import Backend, NotDelivered, gateway_of

# Tried for about five hours: longer than a gateway is usually down, short enough that the words are still true.
MAX_ATTEMPTS = 12
BATCH = 50
# Longer than a batch takes; a worker that died gives its notices back after it.
CLAIM = timedelta(minutes=2)
FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(hours=1)


def text_message(*, mobile: str, kind: str, text: str, about: str, once: str, at: datetime) -> None:
    """Owe an SMS. `once` names the act: the same act told again is the same message."""
    _owe(channel=Channel.SMS, mobile=mobile, kind=kind, text=text, about=about, once=once, at=at)


def voice_message(*, mobile: str, kind: str, text: str, about: str, once: str, at: datetime) -> None:
    """Owe a call in which the text is read aloud."""
    _owe(channel=Channel.VOICE, mobile=mobile, kind=kind, text=text, about=about, once=once, at=at)


def inbox_message(user: User, *, kind: str, text: str, about: str, once: str, at: datetime) -> None:
    """Owe a member of staff a line in her inbox; it is delivered by being there."""
    _owe(channel=Channel.INBOX, to_user=user, kind=kind, text=text, about=about, once=once, at=at, sent_at=at)


def send_due(*, now: Callable[[], datetime]) -> int:
    """Deliver what is due and say how many went out. Safe to run in several workers and to run twice."""
    gateways: dict[str, Backend] = {}
    sent = 0
    for notice in _claim(at=now()):
        gateway = gateways.setdefault(notice.channel, gateway_of(notice.channel))
        sent += _deliver(notice, gateway, at=now())
    return sent


def send_now(once: str, *, at: datetime) -> None:
    """Deliver one message right after its commit: a sign-in code can't wait for the worker."""
    claimed = Notice.objects.filter(once=once, sent_at__isnull=True, dead_at__isnull=True, attempts=0)
    if claimed.update(claimed_until=at + CLAIM):
        notice = Notice.objects.get(once=once)
        _deliver(notice, gateway_of(notice.channel), at=at)


def _owe(
    *,
    channel: Channel,
    kind: str,
    text: str,
    about: str,
    once: str,
    at: datetime,
    mobile: str = "",
    to_user: User | None = None,
    sent_at: datetime | None = None,
) -> None:
    Notice.objects.bulk_create(
        [
            Notice(
                channel=channel,
                kind=kind,
                mobile=mobile,
                to_user=to_user,
                text=text,
                about=about,
                once=once,
                created_at=at,
                next_try_at=at,
                sent_at=sent_at,
            )
        ],
        ignore_conflicts=True,
    )


def _claim(*, at: datetime) -> list[Notice]:
    due = Notice.objects.filter(
        Q(claimed_until__isnull=True) | Q(claimed_until__lt=at),
        sent_at__isnull=True,
        dead_at__isnull=True,
        next_try_at__lte=at,
    )
    claimed: list[Notice] = []
    for notice in due.order_by("next_try_at")[:BATCH]:
        # Compare and set: of two workers that saw the row, one gets it.
        if due.filter(pk=notice.pk).update(claimed_until=at + CLAIM):
            claimed.append(notice)
    return claimed


def _deliver(notice: Notice, gateway: Backend, *, at: datetime) -> bool:
    notice.attempts += 1
    notice.claimed_until = None
    try:
        gateway.send(mobile=notice.mobile, text=notice.text, reference=notice.once)
    except NotDelivered as trouble:
        notice.last_error = str(trouble)[:200]
        notice.next_try_at = at + min(FIRST_DELAY * 2 ** (notice.attempts - 1), LONGEST_DELAY)
        if notice.attempts >= MAX_ATTEMPTS:
            notice.dead_at = at
    else:
        notice.sent_at, notice.last_error = at, ""
    notice.save()
    return notice.sent_at is not None
