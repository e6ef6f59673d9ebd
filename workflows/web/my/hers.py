"""Her own case, for her own pages: anybody else's doesn't exist, and a new phone first asks who she is."""

from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.generic import View

from accounts.calendars import calendar_in_force
from accounts.models import User
from accounts.web.wechat import is_in_wechat
from applicants.web.recognised import ask_who_she_is
from workflows import deadlines
from workflows.deadlines import CaseClock
from workflows.matter_kinds import AMONG_OFFICES
from workflows.models import Application, ApplicationTransition, Assignment, Matter, MatterTransition
from workflows.models.application import ApplicationQuerySet
from workflows.web.apply.chosen import cases_of, must_show_who_she_is


class CasePage(View):
    """A page about one case of hers. Subclasses find the case, who asks, and the moment."""

    user: User
    case: Application
    now: datetime
    today: date

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        assert isinstance(request.user, User)
        self.user, self.now = request.user, timezone.now()
        self.today = timezone.localdate(self.now)
        self.case = self.fresh_case(kwargs["number"])
        if must_show_who_she_is(request, self.case):
            return ask_who_she_is(request, self.case.applicant)
        return super().dispatch(request, *args, **kwargs)

    def fresh_case(self, number: str) -> Application:
        """The case as it is now, with what its pages ask for. Raises Http404."""
        return get_object_or_404(_with_facts(cases_of_hers(self.user)), number=number)

    @property
    def is_in_wechat(self) -> bool:
        """Whether she reads it inside WeChat, where a file that is downloaded leads nowhere."""
        return is_in_wechat(self.request)

    def clocks(self) -> CaseClock:
        calendar = deadlines.calendar_for(self.case, in_force=calendar_in_force())
        return deadlines.read(self.case, today=self.today, calendar=calendar)


def cases_of_hers(user: User) -> ApplicationQuerySet:
    """The cases behind this phone; of whoever works in an office there are none here."""
    hers: ApplicationQuerySet = cases_of(user).filter(applicant__user=user)
    return hers


def _with_facts(cases: ApplicationQuerySet) -> ApplicationQuerySet:
    assignments = Assignment.objects.select_related("organisation", "owner")
    answers = MatterTransition.objects.select_related("by", "acting_as__organisation")
    hers = Matter.objects.exclude(kind__in=AMONG_OFFICES)
    matters = hers.select_related("said_by").prefetch_related(Prefetch("log", answers))
    moves = ApplicationTransition.objects.select_related("by__acts_for", "acting_as__organisation")
    with_loan: ApplicationQuerySet = cases.select_related("loan__policy", "applicant__account_bank", "rating")
    return with_loan.prefetch_related(
        Prefetch("log", moves), "pauses", Prefetch("assignments", assignments), Prefetch("matters", matters)
    )
