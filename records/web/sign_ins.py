"""Who signed in and out, and who failed to: rows of the audit log, like every refusal."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.models import User
from accounts.models.user import UserKind
from records.models.audit import AuditEntry

SIGN_IN, SIGN_OUT = "sign_in", "sign_out"
DONE, WRONG, LOCKED = "done", "wrong_credentials", "locked"

# The page on which staff sign in, by name: it belongs to an app that knows nothing of this log.
_STAFF_DOOR: Final = "staff_login"


class SignInsWrittenDown:
    """Middleware: compares who asks before and after, so that it doesn't matter by which page somebody came or went.

    Stands outside of what may end a session by itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        before = _who(request)
        response = self.get_response(request)
        after = _who(request)
        if before != after:
            if before is not None:
                _write(before, SIGN_OUT, DONE)
            if after is not None:
                _write(after, SIGN_IN, DONE)
        elif after is None and _is_at_the_door(request):
            _write_failure(request, response)
        return response


def _who(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _is_at_the_door(request: HttpRequest) -> bool:
    match = request.resolver_match
    return request.method == "POST" and match is not None and match.url_name == _STAFF_DOOR


def _write_failure(request: HttpRequest, response: HttpResponse) -> None:
    """Name the account where there is such a one. Other names aren't kept: a password may stand in the wrong field."""
    username = request.POST.get("username", "").strip()
    if not username or not request.POST.get("password"):
        return
    user = User.objects.filter(username=username, kind=UserKind.STAFF).first()
    _write(user, SIGN_IN, WRONG if response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY else LOCKED)


def _write(user: User | None, action: str, outcome: str) -> None:
    AuditEntry.objects.create(at=timezone.now(), by=user, action=action, outcome=outcome)
