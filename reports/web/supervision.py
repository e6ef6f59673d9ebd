"""督办: what is overdue, and what has stood still for more than ten working days; one press reminds who has it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.calendars import calendar_in_force
from accounts.models import Region, User
from accounts.permissions import live_memberships
from accounts.templatetags.page import zh_moment
from accounts.web.navigation import frame
from loans.spoken_money import money
from records.clock import Reading
from records.edge import caller, carry_out
from records.refusals import Refusal
from reports.counted import cases_in
from workflows import deadlines, delays, supervising
from workflows.assigning import current_assignment
from workflows.models import Application, Assignment, DelayAccount, Nudge
from workflows.models.application import ApplicationQuerySet
from workflows.web.case.clock_words import pause_words
from workflows.wording import day

# The longest first; with more than these the city has another task than reminding.
AT_MOST = 100


@dataclass(frozen=True)
class Row:
    """One case; `account` says why it is late and until when, `nudged` when it was last reminded and with what."""

    number: str
    url: str
    name: str
    detail: str
    holder: str
    state: str
    promise: Reading | None
    pause_words: str
    since: str
    account: str
    nudged: str
    may_nudge: bool


@require_http_methods(["GET", "HEAD", "POST"])
def supervision(request: HttpRequest) -> HttpResponse:
    user, today = caller(request), timezone.localdate()
    region = _supervised_region(user)
    if request.method == "POST":
        return _nudge(request, region)
    cases = cases_in(region).visible_to(user)
    calendar = calendar_in_force()
    late = cases.filter(supervising.overdue(today=today))
    stopped = cases.filter(supervising.paused_too_long(today=today, calendar=calendar))
    groups = [
        (_("已超期"), late.count(), list(_rows(late.order_by("due_on", "pk"), today=today))),
        (_("暂停超过 10 个工作日"), stopped.count(), list(_rows(stopped.order_by("pk"), today=today))),
    ]
    context = {"groups": groups, "count": sum(count for _title, count, _rows in groups), "today": today}
    return render(request, "reports/supervision.html", context | frame(request, current="supervision"))


def _nudge(request: HttpRequest, region: Region) -> HttpResponse:
    cases = cases_in(region).visible_to(caller(request))
    case = get_object_or_404(cases, number=request.POST.get("number", ""))
    words = request.POST.get("words", "")
    try:
        sent = carry_out(
            request,
            lambda by, at: supervising.nudge(case, words=words, by=by, at=at),
            action="nudge",
            about=case.number,
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("%(number)s 督办了，提醒了 %(told)s。") % {"number": case.number, "told": sent.told}
        )
    return redirect("supervision")


def _supervised_region(user: User) -> Region:
    """The city that she watches over. Raises Http404 where there is none."""
    regions = [one.organisation.region for one in live_memberships(user) if one.grants("supervise")]
    if not regions:
        raise Http404
    return regions[0]


def _rows(cases: ApplicationQuerySet, *, today: date) -> Iterator[Row]:
    held = Assignment.objects.filter(ended_at__isnull=True).select_related("organisation", "owner")
    found = cases.select_related("applicant__village__parent", "policy", "loan").prefetch_related(
        "log",
        "pauses",
        Prefetch("assignments", held),
        Prefetch("nudges", Nudge.objects.select_related("sent_by")),
        Prefetch("delay_accounts", DelayAccount.objects.all()),
    )
    calendar = calendar_in_force()
    for case in found[:AT_MOST]:
        yield _row(case, deadlines.read(case, today=today, calendar=calendar), today=today)


def _row(case: Application, clocks: deadlines.CaseClock, *, today: date) -> Row:
    assignment, nudges = current_assignment(case), list(case.nudges.all())
    owner = assignment.owner if assignment and assignment.owner else _("未分派")
    began = min((one.started_on for one in case.pauses.all() if one.ended_on is None), default=None)
    return Row(
        number=case.number,
        url=reverse("case", args=[case.number]),
        name=case.applicant.full_name,
        detail=f"{case.town.name} {case.applicant.village}，{money(case.amount_fen or 0)}",
        holder=f"{assignment.organisation} {owner}" if assignment else "",
        state=str(case.get_state_display()),
        promise=clocks.promise,
        pause_words=pause_words(clocks.promise),
        since=_("%(day)s起停着") % {"day": day(began)} if began else _due(clocks),
        account=_account(case, clocks, today=today),
        nudged=_nudged(nudges),
        may_nudge=not any(one.sent_on == today for one in nudges),
    )


def _due(clocks: deadlines.CaseClock) -> str:
    due_on = clocks.promise.due_on if clocks.promise else None
    return _("%(day)s应办完") % {"day": day(due_on)} if due_on else ""


def _account(case: Application, clocks: deadlines.CaseClock, *, today: date) -> str:
    given = delays.standing_account(case, clocks)
    if given is None:
        return _("还没写原因") if delays.owed_since(case, clocks, today=today) else ""
    words = {"reason": given.get_reason_display(), "day": day(given.new_on)}
    return _("%(reason)s，新的日子 %(day)s") % words


def _nudged(nudges: list[Nudge]) -> str:
    if not nudges:
        return ""
    last = nudges[-1]
    words = {"count": len(nudges), "moment": zh_moment(last.sent_at), "who": last.sent_by}
    return _("督办 %(count)s 次，上次 %(moment)s %(who)s") % words
