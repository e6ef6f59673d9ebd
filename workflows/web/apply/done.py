"""提交成功: the number, who looks at it, until when, what comes next; to print and for her calendar."""

from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from accounts.models import Organisation, User
from accounts.templatetags.page import zh_date_weekday
from accounts.web.wechat import is_in_wechat
from applicants.web.recognised import ask_who_she_is, is_recognised
from workflows import deadlines
from workflows.assigning import current_assignment
from workflows.deadlines import office_of
from workflows.models import Application
from workflows.states import HERS_ALONE
from workflows.web.apply.chosen import cases_of
from workflows.web.apply.receipt import receipt_picture


@require_safe
def apply_done(request: HttpRequest, number: str) -> HttpResponse:
    case = _handed_in(request, number)
    if not is_recognised(request, case.applicant):
        return ask_who_she_is(request, case.applicant)
    context = {
        "case": case,
        "holder": _office(case),
        "answer_on": _answer_on(case),
        "promise_days": case.policy.promise_days,
        "now": timezone.now(),
        "is_in_wechat": is_in_wechat(request),
    }
    return render(request, "workflows/apply/done.html", context)


@require_safe
def apply_receipt(request: HttpRequest, number: str) -> HttpResponse:
    """The page on which she keeps the receipt as a picture."""
    case = _handed_in(request, number)
    if not is_recognised(request, case.applicant):
        return ask_who_she_is(request, case.applicant)
    context = {
        "case": case,
        "alt": _("，").join(f"{label} {words}" for label, words in _facts(case)),
        "is_in_wechat": is_in_wechat(request),
    }
    return render(request, "workflows/apply/receipt.html", context)


@require_safe
def apply_receipt_picture(request: HttpRequest, number: str) -> HttpResponse:
    case = _handed_in(request, number)
    foot = f"{office_of(case.city).name} · {_('办理全程不收费')}"
    picture = receipt_picture(_("申请提交回执"), _facts(case), foot=foot)
    response = HttpResponse(picture, content_type="image/png")
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def apply_calendar(request: HttpRequest, number: str) -> HttpResponse:
    """The day until which she hears from us, as a calendar file."""
    case = _handed_in(request, number)
    answer_on = _answer_on(case)
    if answer_on is None:
        raise Http404("no day is promised")
    address = request.build_absolute_uri(reverse("my_case", args=[case.number]))
    response = HttpResponse(_calendar(case, answer_on, address), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{case.number}.ics"'
    return response


def _handed_in(request: HttpRequest, number: str) -> Application:
    """Her own case, once it was handed in."""
    assert isinstance(request.user, User)
    hers = cases_of(request.user).filter(applicant__user=request.user).exclude(state__in=HERS_ALONE)
    return get_object_or_404(hers.prefetch_related("log", "pauses", "assignments__organisation"), number=number)


def _facts(case: Application) -> list[tuple[str, str]]:
    """What the receipt says: nothing by which somebody who finds the phone would know her."""
    office, answer_on = _office(case), _answer_on(case)
    facts = [(_("申请编号"), case.number), (_("谁在看"), f"{office.name} {office.phone}")]
    if answer_on:
        facts.append((_("最晚哪天"), zh_date_weekday(answer_on)))
    next_step = _("材料齐了就受理，再到家里看看。从受理第二天起，%(promise_days)s 个工作日办完。")
    return [*facts, (_("下一步"), next_step % {"promise_days": case.policy.promise_days})]


def _office(case: Application) -> Organisation:
    assignment = current_assignment(case)
    return assignment.organisation if assignment else office_of(case.town)


def _answer_on(case: Application) -> date | None:
    """The day before whose end somebody has looked at it."""
    clocks = deadlines.read(case, today=timezone.localdate(), calendar=deadlines.calendar_for(case))
    return clocks.stage.reading.due_on if clocks.stage else None


def _calendar(case: Application, answer_on: date, address: str) -> bytes:
    event = Event()
    event.add("uid", f"{case.number}-intake@{address.split('/')[2]}")
    event.add("dtstamp", case.submitted_at)
    event.add("dtstart", answer_on)
    event.add("dtend", answer_on + timedelta(days=1))
    event.add("summary", _("%(office)s今天前看完材料：%(number)s") % {"office": _office(case), "number": case.number})
    event.add("url", address)
    calendar = Calendar()
    calendar.add("prodid", "-//jinguo-loans//applications//ZH")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
