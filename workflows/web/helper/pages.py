"""我帮谁办, and how a helper begins for a woman."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.models import Region, User
from accounts.permissions import holds
from applicants.identity import ResidentId
from applicants.mandates import LinkNotForThisNumber
from applicants.models import Mandate, SurveyedWoman
from applicants.models.survey_ledger import SurveyedWomanQuerySet, Willing
from applicants.pictures import NotAPicture, PictureTooLarge, PictureTooSmall
from records.refusals import NotPermitted, Refusal
from records.unit_of_work import unit_of_work
from workflows import helping
from workflows.models import Application
from workflows.states import State
from workflows.web.apply.chosen import cases_of, choose
from workflows.web.apply.person import not_a_woman, villages_in_use
from workflows.web.forms.helper import LeaveForm, WomanForm
from workflows.web.helper.asking import ask_again, take_leave
from workflows.web.helper.listing import rows_of

Page = Callable[..., HttpResponseBase]

# The field that a refusal is about.
ABOUT = {"mobile": (LinkNotForThisNumber,), "paper": (NotAPicture, PictureTooLarge, PictureTooSmall)}


def for_helpers(page: Page) -> Page:
    """Only whoever helps somewhere comes in. Raises NotPermitted."""

    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not holds(request.user, "fill_for_her"):
            raise NotPermitted
        return page(request, *args, **kwargs)

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
@for_helpers
def helper(request: HttpRequest) -> HttpResponse:
    """The list; `again` asks once more for a case, by a fresh link or a fresh draft."""
    if request.method == "POST":
        return _again(request, _helped(request, request.POST.get("again", "")))
    user = _user(request)
    rows = list(rows_of(user, today=timezone.localdate()))
    willing = surveyed_by(user, villages_of(user)).filter(willing=Willing.YES, applicant__isnull=True)
    return render(request, "workflows/helper/list.html", {"rows": rows, "willing_count": willing.count()})


@sensitive_post_parameters("id_no")
@require_http_methods(["GET", "HEAD", "POST"])
@for_helpers
def helper_new(request: HttpRequest) -> HttpResponse:
    """Her name, ID number, phone, and how she gave her leave."""
    user, at = _user(request), timezone.now()
    surveyed = _surveyed(request)
    is_office = holds(user, "keep_survey")
    form = WomanForm(
        villages_of(user), request.POST or None, request.FILES or None, surveyed=surveyed, is_office=is_office
    )
    if not form.is_valid():
        return _new_page(request, form, status=422 if form.is_bound else 200)
    id_no: ResidentId = form.cleaned_data["id_no"]
    if not id_no.is_female:
        return not_a_woman(request)
    mobile = form.cleaned_data["mobile"] or ""
    woman = helping.Woman(form.cleaned_data["full_name"], id_no, mobile, form.chosen_village())
    leave, came_by = form.leave(), form.way_she_came()
    try:
        draft = unit_of_work(
            lambda: helping.begin(woman, leave, surveyed=surveyed, came_by=came_by, by=user, at=at),
            by=user,
            at=at,
            action="help",
        )
    except Refusal as refusal:
        return _new_page(request, _refused(form, refusal), status=refusal.status)
    choose(request, draft)
    return redirect("apply")


@require_http_methods(["GET", "HEAD", "POST"])
@for_helpers
def helper_leave(request: HttpRequest, number: str) -> HttpResponse:
    """Another phone, or another way of giving leave."""
    user, at, case = _user(request), timezone.now(), _helped(request, number)
    newest = helping.leave_of(case.applicant, helper=user)
    form = LeaveForm(
        request.POST or None,
        request.FILES or None,
        initial=_given(newest),
    )
    context = {"form": form, "case": case}
    if not form.is_valid():
        return render(request, "workflows/helper/leave.html", context, status=422 if form.is_bound else 200)
    try:
        return take_leave(request, case, form.leave(), mobile=form.cleaned_data["mobile"] or "", at=at)
    except Refusal as refusal:
        _refused(form, refusal)
        return render(request, "workflows/helper/leave.html", context, status=refusal.status)


def surveyed_by(user: User, villages: Sequence[Region]) -> SurveyedWomanQuerySet:
    """Whom she asked at the door herself, or was asked to go to, in the villages that are hers today."""
    hers = Q(by=user) | Q(invited_at__isnull=False)
    return SurveyedWoman.objects.sent().filter(hers, village__in=villages)


def _surveyed(request: HttpRequest) -> SurveyedWoman | None:
    """The row of 摸底 from which she begins; None where she begins without one."""
    named = request.GET.get("from", "")
    if not named:
        return None
    user = _user(request)
    free = surveyed_by(user, villages_of(user)).filter(applicant__isnull=True).select_related("village")
    return get_object_or_404(free, pk=int(named) if named.isdecimal() else 0)


def _given(mandate: Mandate) -> dict[str, Any]:
    """What she allowed so far."""
    may = [name for name in ("follow", "supply") if getattr(mandate, f"may_{name}")]
    return {"mobile": mandate.applicant.mobile, "phone_of": mandate.phone_of, "route": mandate.route, "may": may}


def _again(request: HttpRequest, case: Application) -> HttpResponse:
    user, at = _user(request), timezone.now()
    if case.state == State.AWAITING_CONSENT:
        return ask_again(request, case, at=at)
    draft = unit_of_work(lambda: helping.begin_again(case, by=user, at=at), by=user, at=at, action="help")
    choose(request, draft)
    return redirect("apply")


def _helped(request: HttpRequest, number: str) -> Application:
    """The case of a woman whom this helper helps, or 404."""
    user = _user(request)
    return get_object_or_404(cases_of(user).filter(applicant__mandates__helper=user).distinct(), number=number)


def _refused(form: Any, refusal: Refusal) -> Any:
    """What the action refused, beside the field that it is about."""
    field = next((name for name, kinds in ABOUT.items() if isinstance(refusal, kinds)), None)
    form.add_error(field, str(refusal))
    return form


def _new_page(request: HttpRequest, form: forms.Form, *, status: int) -> HttpResponse:
    return render(request, "workflows/helper/new.html", {"form": form}, status=status)


def villages_of(user: User) -> list[Region]:
    return [village for village in villages_in_use() if helping.may_help_in(village, user)]


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
