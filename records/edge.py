"""Where a request becomes an act: the clock is read here, the caller named, and one unit of work carried out."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.http import HttpRequest
from django.utils import timezone
from rest_framework.request import Request

from accounts.models import User
from records.unit_of_work import unit_of_work

Result = TypeVar("Result")
Act = Callable[[User, datetime], Result]


def caller(request: HttpRequest | Request) -> User:
    """Who asks; closed by default sees to it that there is somebody."""
    user = request.user
    assert isinstance(user, User), "a page that is open to everybody has no caller"
    return user


def carry_out(request: HttpRequest | Request, act: Act[Result], *, action: str, about: str = "") -> Result:
    """Do what was asked, now and whole. Raises the refusal that `act` raises, after writing it down."""
    by, at = caller(request), timezone.now()
    return unit_of_work(lambda: act(by, at), by=by, at=at, action=action, about=about)
