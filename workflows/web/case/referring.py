"""转介: what she needs, and where it is to be had: courses, mentors, village workshops, with the places left."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final

from django.contrib import messages
from django.db.models import Count, F, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.models.region import DIGITS, RegionLevel
from accounts.web.navigation import frame
from applicants import referrals
from applicants.models import Applicant, Course, Enrolment, Mentor, Workshop
from applicants.models.referral import Enrolled
from records.edge import caller, carry_out
from records.refusals import Refusal
from workflows.models import Application
from workflows.states import HERS_ALONE
from workflows.web.follow_ups.words import needs_of

SHOWN: Final = 30
LIVE: Final = Q(placements__ended_on__isnull=True)
Act = Callable[[Applicant, int, User, datetime], object]

ACTS: Final[Mapping[str, Act]] = {
    "course": lambda her, pk, by, at: referrals.enrol(her, get_object_or_404(Course, pk=pk), by=by, at=at),
    "mentor": lambda her, pk, by, at: referrals.pair(her, get_object_or_404(Mentor, pk=pk), by=by, at=at),
    "workshop": lambda her, pk, by, at: referrals.send_to_work(her, get_object_or_404(Workshop, pk=pk), by=by, at=at),
    "cancel": lambda her, pk, by, at: referrals.cancel(get_object_or_404(her.enrolments, pk=pk), by=by, at=at),
    "attended": lambda her, pk, by, at: referrals.note_attended(get_object_or_404(her.enrolments, pk=pk), by=by, at=at),
    "end": lambda her, pk, by, at: referrals.end(get_object_or_404(her.placements, pk=pk), at=at),
}


@require_http_methods(["GET", "HEAD", "POST"])
def case_referrals(request: HttpRequest, number: str) -> HttpResponse:
    """Each button names what is done and to which row."""
    user = caller(request)
    seen = Application.objects.visible_to(user).with_places().exclude(state__in=[str(state) for state in HERS_ALONE])
    case = get_object_or_404(seen, number=number)
    if case.authority_of(user, "follow_up") is None:
        raise Http404
    status = 200
    if request.method == "POST":
        refused = _carry_out(request, case)
        if refused is None:
            messages.success(request, _("记下了。"))
            return redirect("case_referrals", number)
        messages.error(request, str(refused))
        status = refused.status
    context = _context(case, today=timezone.localdate())
    return render(request, "workflows/case/referrals.html", context | frame(request, current="work"), status=status)


def _carry_out(request: HttpRequest, case: Application) -> Refusal | None:
    act, _colon, named = request.POST.get("do", "").partition(":")
    if act not in ACTS or not named.isdecimal():
        raise Http404
    try:
        carry_out(
            request,
            lambda by, at: ACTS[act](case.applicant, int(named), by, at),
            action=f"refer_{act}",
            about=case.number,
        )
    except Refusal as refusal:
        return refusal
    return None


def _context(case: Application, *, today: date) -> dict[str, Any]:
    city = case.city.code[: DIGITS[RegionLevel.CITY]]
    newest = case.follow_ups.standing().last()
    courses = Course.objects.filter(base__region__code__startswith=city, held_on__gte=today)
    mentors = Mentor.objects.filter(region__code__startswith=city).annotate(left=F("most") - Count("placements", LIVE))
    workshops = Workshop.objects.filter(village__code__startswith=city)
    with_jobs = workshops.annotate(left=F("jobs") - Count("placements", LIVE)).filter(left__gt=0)
    # Those of her own town first.
    near = case.town.prefix
    return {
        "case": case,
        "needs": needs_of(newest) if newest else "",
        "learns": getattr(getattr(case.applicant, "surveyed", None), "learns", ""),
        "enrolments": _enrolments(case.applicant, today=today),
        "placements": case.applicant.placements.select_related("mentor", "workshop").order_by("-pk"),
        "courses": courses.filter(places_taken__lt=F("places"))
        .select_related("base")
        .order_by("held_on", "pk")[:SHOWN],
        "mentors": mentors.filter(left__gt=0).select_related("region__parent").order_by("region_id", "pk")[:SHOWN],
        "workshops": _near_first(with_jobs.select_related("village__parent"), near)[:SHOWN],
    }


def _near_first(workshops: Any, near: str) -> list[Workshop]:
    return sorted(workshops, key=lambda one: (not one.village.code.startswith(near), one.village_id, one.pk))


def _enrolments(her: Applicant, *, today: date) -> list[dict[str, Any]]:
    rows = Enrolment.objects.filter(applicant=her).select_related("course__base").prefetch_related("moves")
    return [
        {
            "row": one,
            "state": Enrolled(referrals.newest(one)).label,
            "is_open": referrals.newest(one) == Enrolled.ENROLLED,
            "is_held": one.course.held_on <= today,
        }
        for one in rows.order_by("-course__held_on", "-pk")
    ]
