"""工作日历: a year at a glance, where it comes from, and the file of a new notice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.calendars import calendar_in_force
from accounts.models import User, WorkingDay
from accounts.official_years import OFFICIAL_YEARS
from accounts.permissions import holds
from accounts.web.navigation import frame
from accounts.working_days import Calendar
from records.edge import caller, carry_out
from records.refusals import Invalid, Refusal
from workflows import calendar_changes
from workflows.models import CalendarNotice

FIRST_YEAR, LAST_YEAR = 2020, 2100
SETTLED_SHOWN = 5
WEEK = 7


class NoticeForm(forms.Form):
    """The file of a notice, as `manage.py import_working_days` takes it."""

    use_required_attribute = False
    file = forms.FileField(
        label=gettext_lazy("放假安排文件"),
        help_text=gettext_lazy("CSV，五列：date、is_working、name、source、published_at。"),
        error_messages={"required": gettext_lazy("先选文件"), "empty": gettext_lazy("这个文件是空的")},
    )


@dataclass(frozen=True)
class Day:
    """A square of the grid; `kind` is work, rest or made (a weekend that is worked). None stands for a blank."""

    day: date
    kind: str
    name: str


@dataclass(frozen=True)
class Month:
    number: int
    weeks: list[list[Day | None]]
    working_days: int


@require_http_methods(["GET", "HEAD", "POST"])
def work_calendar(request: HttpRequest) -> HttpResponse:
    user, today = caller(request), timezone.localdate()
    if not holds(user, "manage_calendar"):
        raise Http404
    form = NoticeForm(request.POST, request.FILES) if request.method == "POST" else NoticeForm()
    status = 200
    if form.is_bound:
        made = _propose(request, form) if form.is_valid() else None
        if made is not None:
            messages.success(request, _("看过了，等另一位同事复核。复核同意以后才算数。"))
            return redirect("calendar_notice", notice_id=made.pk)
        status = 422
    year, calendar = asked_year(request, today=today), calendar_in_force()
    months = [_month(year, number, calendar) for number in range(1, 13)]
    notices = CalendarNotice.objects.defer("content").select_related("decision__proposed_by", "decision__decided_by")
    context = {
        "form": form,
        "year": year,
        "now": timezone.now(),
        "months": months,
        "working_days": sum(month.working_days for month in months),
        "named": list(_named(year, calendar)),
        "sources": _sources(year),
        "is_provisional": any(True for _day in calendar.provisional_days(date(year - 1, 12, 31), date(year, 12, 31))),
        "previous": year - 1 if year > FIRST_YEAR else None,
        "next": year + 1 if year < LAST_YEAR else None,
        "notices": notices[:SETTLED_SHOWN],
    }
    return render(
        request, "workflows/calendar/year.html", context | frame(request, current="work_calendar"), status=status
    )


def asked_year(request: HttpRequest, *, today: date) -> int:
    text = request.GET.get("year", "")
    is_year = text.isascii() and text.isdigit() and len(text) == 4
    return int(text) if is_year and FIRST_YEAR <= int(text) <= LAST_YEAR else today.year


def _propose(request: HttpRequest, form: NoticeForm) -> CalendarNotice | None:
    """Hand the file in; where it won't do, the form says of each line what is wrong."""
    file = form.cleaned_data["file"]
    content = file.read(calendar_changes.BYTES_MAX + 1)

    def act(by: User, at: datetime) -> CalendarNotice:
        return calendar_changes.propose(content, file_name=file.name, by=by, at=at)

    try:
        return carry_out(request, act, action="propose_calendar", about=file.name[:60])
    except Invalid as invalid:
        for error in invalid.errors:
            form.add_error("file", str(error.message))
    except Refusal as refusal:
        form.add_error(None, str(refusal))
    return None


def _month(year: int, number: int, calendar: Calendar) -> Month:
    first = date(year, number, 1)
    days: list[Day | None] = [None] * first.weekday()
    day = first
    while day.month == number:
        days.append(_day(day, calendar))
        day += timedelta(days=1)
    weeks = [days[n : n + WEEK] for n in range(0, len(days), WEEK)]
    weeks[-1] += [None] * (WEEK - len(weeks[-1]))
    return Month(number, weeks, sum(1 for one in days if one and one.kind != "rest"))


def _day(day: date, calendar: Calendar) -> Day:
    if not calendar.is_working(day):
        return Day(day, "rest", calendar.name_of(day))
    return Day(day, "made" if day.weekday() >= 5 else "work", calendar.name_of(day))


def _named(year: int, calendar: Calendar) -> Iterator[tuple[str, list[date], list[date]]]:
    """Each festival with its days of rest and those worked for it, in the order of the year."""
    found: dict[str, tuple[list[date], list[date]]] = {}
    day = date(year, 1, 1)
    while day.year == year:
        name = calendar.name_of(day)
        if name:
            rested, worked = found.setdefault(name, ([], []))
            (worked if calendar.is_working(day) else rested).append(day)
        day += timedelta(days=1)
    for name, (rested, worked) in found.items():
        yield name, rested, worked


def _sources(year: int) -> list[str]:
    """What the year rests on: the notice that the code knows, and those that were entered since."""
    known = [OFFICIAL_YEARS[year].source] if year in OFFICIAL_YEARS else []
    entered = WorkingDay.objects.filter(day__year=year).order_by("source").values_list("source", flat=True).distinct()
    return [*known, *entered]
