"""A desk that was left ends its session by itself (等保 8.1.4.1; ASVS 7.3.1 and 7.3.2)."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.models import User
from accounts.models.user import UserKind

# Written at most once a minute: a click shouldn't cost a row of the session table.
RESOLUTION = timedelta(minutes=1)
SIGNED_IN_AT, SEEN_AT = "signed_in_at", "seen_at"


class StaffSessionLimits:
    """Middleware: staff are signed out after a quarter of an hour of nothing, and after a working day in any case."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if isinstance(user, User) and user.kind == UserKind.STAFF:
            _end_or_extend(request, now=timezone.now())
        return self.get_response(request)


def _end_or_extend(request: HttpRequest, *, now: datetime) -> None:
    session = request.session
    signed_in_at, seen_at = (_moment(session.get(key), or_else=now) for key in (SIGNED_IN_AT, SEEN_AT))
    if now - seen_at > settings.STAFF_IDLE or now - signed_in_at > settings.STAFF_SESSION:
        logout(request)
    elif SEEN_AT not in session or now - seen_at > RESOLUTION:
        session[SIGNED_IN_AT], session[SEEN_AT] = signed_in_at.isoformat(), now.isoformat()


def _moment(text: str | None, *, or_else: datetime) -> datetime:
    return datetime.fromisoformat(text) if text else or_else
