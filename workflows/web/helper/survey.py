"""本村摸底: one household after the other, on a helper's phone, over whatever network there is.

What is typed goes up as a draft while she types, and is found again on any phone of hers. A whole row is sent once:
its key is made with the form, so a row that arrives twice is one row.
"""

import uuid
from contextlib import suppress
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.models import Region, User
from applicants import survey_ledger
from applicants.models import SurveyedWoman
from applicants.models.survey_ledger import SurveyedWomanQuerySet
from records.edge import caller
from records.refusals import Refusal
from records.unit_of_work import unit_of_work
from workflows.web.forms.survey import SurveyForm
from workflows.web.helper.pages import for_helpers, surveyed_by, villages_of

ROWS_MAX = 200
NO_CONTENT = 204


@sensitive_post_parameters("full_name", "mobile")
@require_http_methods(["GET", "HEAD", "POST"])
@for_helpers
def helper_survey(request: HttpRequest) -> HttpResponse:
    """The form, with the draft that was left open, and below it whom she asked so far."""
    user, at = caller(request), timezone.now()
    villages = villages_of(user)
    if request.method != "POST":
        return _page(request, SurveyForm(villages, row=rows_of(user).drafts().order_by("-pk").first()))
    form = SurveyForm(villages, request.POST)
    is_valid = form.is_valid()
    if "draft" in request.POST:
        return _keep_draft(form, user, at=at)
    if not is_valid:
        return _page(request, form, status=422)
    try:
        _keep(form, user, is_whole=True, at=at)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form, status=refusal.status)
    if "by" in request.POST:
        return HttpResponse(status=NO_CONTENT)
    messages.success(request, _("%(name)s 记好了。") % {"name": form.cleaned_data["full_name"]})
    return redirect("helper_survey")


@require_http_methods(["GET", "HEAD"])
@for_helpers
def helper_survey_row(request: HttpRequest, row_id: int) -> HttpResponse:
    """A row of hers again, to be corrected."""
    user = caller(request)
    row = get_object_or_404(rows_of(user).filter(applicant__isnull=True), pk=row_id)
    return _page(request, SurveyForm(villages_of(user), row=row))


def rows_of(user: User) -> SurveyedWomanQuerySet:
    """What she wrote herself, in the villages that are hers today."""
    rows: SurveyedWomanQuerySet = SurveyedWoman.objects.filter(by=user, village__in=villages_of(user))
    return rows.select_related("village", "applicant")


def _keep_draft(form: SurveyForm, user: User, *, at: datetime) -> HttpResponse:
    """What could be read of it; the script asks for nothing but that it arrived."""
    if isinstance(form.cleaned_data.get("key"), uuid.UUID) and _village_of(form) is not None:
        with suppress(survey_ledger.AlreadyBegun):  # the row is whole, and more came of it
            _keep(form, user, is_whole=False, at=at)
    return HttpResponse(status=NO_CONTENT)


def _village_of(form: SurveyForm) -> Region | None:
    return form.chosen_village() if len(form.villages) == 1 or form.cleaned_data.get("village") else None


def _keep(form: SurveyForm, user: User, *, is_whole: bool, at: datetime) -> SurveyedWoman:
    told, key, village = form.told(), form.cleaned_data["key"], form.chosen_village()
    return unit_of_work(
        lambda: survey_ledger.keep(told, key=key, village=village, is_whole=is_whole, by=user, at=at),
        by=user,
        at=at,
        action="survey",
    )


def _page(request: HttpRequest, form: SurveyForm, *, status: int = 200) -> HttpResponse:
    user = caller(request)
    surveyed = surveyed_by(user, villages_of(user)).select_related("village", "applicant")
    rows = surveyed.order_by("-sent_at", "-pk")
    context = {"form": form, "rows": rows[:ROWS_MAX]}
    return render(request, "workflows/helper/survey.html", context, status=status)
