"""走访单: what to do in the villages on a day, on a page for the phone that is as well a sheet of paper.

It is made to be carried about, so her name is short on it, and her number whole only after a press that she can read
about afterwards.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.permissions import holds
from accounts.web.countdown import Tag, stage_tag_of, tag_of
from accounts.web.navigation import frame
from applicants.identity import mask_mobile, mask_name
from applicants.models import Applicant
from applicants.models.business import Since
from applicants.models.call_back import CallBack
from applicants.sight import note_access
from records.edge import caller, carry_out
from workflows import visit_appointments
from workflows.day_sheet import DaySheet, VillageDay, day_sheet
from workflows.follow_up_due import DueVisit
from workflows.models import Application, VisitAppointment
from workflows.models.application import Source
from workflows.web.case.clock_words import pause_words
from workflows.web.follow_ups.words import occasion_of
from workflows.wording import money


@dataclass(frozen=True)
class Stop:
    """One woman to go to, ready to be laid out."""

    number: str
    name: str
    mobile: str
    address: str
    tags: list[Tag]
    agreed: str
    to_see: list[str]
    is_follow_up: bool = False


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def work_day(request: HttpRequest) -> HttpResponse:
    """`on` is the day, today without it. Sent as a form, the numbers stand there whole, and each look is kept."""
    user, now = caller(request), timezone.now()
    if not holds(user, "record_survey"):
        raise Http404
    today = timezone.localdate(now)
    on = _day_of(request.GET.get("on", "")) or today
    sheet, is_whole = day_sheet(user, on=on, at=now), request.method == "POST"
    if is_whole:
        carry_out(request, lambda by, at: _note_looks(sheet, by=by, at=at), action="print_day")
    context = {
        "sheet": sheet,
        "today": today,
        "now": now,
        "who": user,
        "is_whole": is_whole,
        "villages": [(one.village, list(_stops(one, today=today, is_whole=is_whole))) for one in sheet.villages],
        "calls": [(call, _number_to_call(call, user, is_whole=is_whole)) for call in sheet.calls],
    }
    return render(request, "workflows/work/day.html", context | frame(request, current="work"))


def _day_of(sent: str) -> date | None:
    try:
        return parse_date(sent)
    except ValueError:  # written like a day, and none
        return None


def _note_looks(sheet: DaySheet, *, by: User, at: datetime) -> None:
    for applicant in sheet.women:
        note_access(applicant, what="mobile", by=by, at=at)


def _stops(one: VillageDay, *, today: date, is_whole: bool) -> Iterator[Stop]:
    for row in one.visits:
        case = row.application
        promise = tag_of(row.clocks.promise, today=today, pause_words=pause_words(row.clocks.promise))
        stage = stage_tag_of(row.clocks.stage.reading, today=today) if row.clocks.stage else None
        yield _stop(case, [promise, *([stage] if stage else [])], list(_to_see(case)), is_whole=is_whole)
    for due in one.follow_ups:
        tag = tag_of(due.clock, today=today)
        yield _stop(due.application, [tag], list(_to_ask(due)), is_whole=is_whole, is_follow_up=True)


def _stop(case: Application, tags: list[Tag], to_see: list[str], *, is_whole: bool, is_follow_up: bool = False) -> Stop:
    applicant: Applicant = case.applicant
    booked = None if is_follow_up else visit_appointments.standing(case)
    return Stop(
        number=case.number,
        name=mask_name(applicant.full_name),
        mobile=applicant.mobile if is_whole else mask_mobile(applicant.mobile),
        address=applicant.address,
        tags=tags,
        to_see=to_see,
        agreed=_agreed(booked) if booked else "",
        is_follow_up=is_follow_up,
    )


def _agreed(booked: VisitAppointment) -> str:
    names = {"time": f"{timezone.localtime(booked.starts_at):%H:%M}"}
    who = visit_appointments.named(booked.visitors.all())
    return _("约好 %(time)s，%(who)s去") % (names | {"who": who})


def _to_see(case: Application) -> Iterator[str]:
    """What this visit is for, beyond what every visit asks."""
    business = case.applicant.business
    names = {"project": business.get_project_type_display(), "amount": money(case.amount_fen or 0)}
    yield _("%(project)s，要贷 %(amount)s") % names
    if business.site:
        yield _("项目在%(site)s") % {"site": business.site}
    if business.started == Since.NOT_YET:
        yield _("还没开张，看场地备好没有")
    if case.source == Source.HELPER:
        yield _("代办的，旁边没人时问她愿不愿意")
    reports = list(case.survey_reports.all())
    if reports and not reports[-1].met_in_person:
        yield _("上次没见到本人")


def _to_ask(due: DueVisit) -> Iterator[str]:
    yield _("回访：%(occasion)s") % {"occasion": occasion_of(due.planned.occasion)}
    if due.last is not None:
        yield _("上次风险%(risk)s") % {"risk": due.last.get_risk_display()}
    if due.last is not None and due.last.promised:
        yield _("上次答应过：%(promised)s") % {"promised": due.last.promised}


def _number_to_call(call: CallBack, user: User, *, is_whole: bool) -> str:
    """Whole for whoever took it, as on the list of calls."""
    return call.mobile if is_whole and call.taken_by_id == user.pk else call.masked_mobile
