"""请本人确认: the end of what a helper fills in."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from applicants.models.mandate import Route
from records import outbox
from records.unit_of_work import unit_of_work
from workflows import helping
from workflows.helping_notices import once_of_link
from workflows.models import Application
from workflows.states import State
from workflows.web.apply.chosen import forget


def ask_her(request: HttpRequest, case: Application, *, version: int, at: datetime) -> HttpResponse:
    """Ask for her yes by the way that was chosen, and send the link at once. Raises what `helping.ask_her` raises."""
    helper = _helper(request)
    link_of = _link_of(request)
    unit_of_work(
        lambda: helping.ask_her(case, link_of=link_of, by=helper, at=at, version=version),
        by=helper,
        at=at,
        action="request_consent",
        about=case.number,
    )
    forget(request)
    return _told(request, case, at=at)


def ask_again(request: HttpRequest, case: Application, *, at: datetime) -> HttpResponse:
    """A fresh link. Raises what `helping.ask_again` raises."""
    helper, link_of = _helper(request), _link_of(request)
    unit_of_work(
        lambda: helping.ask_again(case, link_of=link_of, by=helper, at=at),
        by=helper,
        at=at,
        action="ask_again",
        about=case.number,
    )
    return _told(request, case, at=at)


def take_leave(
    request: HttpRequest, case: Application, leave: helping.Leave, *, mobile: str, at: datetime
) -> HttpResponse:
    """Another phone or another way; where she was asked already, she is asked anew. Raises as `helping.begin`."""
    helper, link_of = _helper(request), _link_of(request)
    changed = unit_of_work(
        lambda: helping.change_leave(case, leave, mobile=mobile, link_of=link_of, by=helper, at=at),
        by=helper,
        at=at,
        action="change_leave",
        about=case.number,
    )
    if changed.state == State.DRAFT:
        messages.success(request, _("改好了。"))
        return redirect("helper")
    return _told(request, changed, at=at)


def _told(request: HttpRequest, case: Application, *, at: datetime) -> HttpResponse:
    mandate = helping.leave_of(case.applicant, helper=_helper(request))
    if mandate.route == Route.LINK:
        outbox.send_now(once_of_link(mandate), at=at)
        sent = _("链接发到她的手机了，她点了同意就交上去。")
    else:
        sent = _("填好了。镇妇联当面问过她，就交上去。")
    messages.success(request, sent)
    return redirect("helper")


def _link_of(request: HttpRequest) -> Callable[[str], str]:
    return lambda token: request.build_absolute_uri(reverse("confirm", args=[token]))


def _helper(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
