"""What must be true of every case, looked up in the rows themselves: one sentence for each thing that isn't."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from accounts.calendars import calendar_in_force
from applicants.models import Disclosure
from loans.models.loan import LoanState
from workflows import deadlines
from workflows.models import Application, ApplicationTransition, Assignment, CasePause
from workflows.models.application import BINDS_NOW
from workflows.pausing import ASKED_FOR, REASON_OF
from workflows.states import FINAL, HERS_ALONE, OPEN, State

PAID_OUT = (LoanState.ACTIVE, LoanState.SETTLED, LoanState.COMPENSATED, LoanState.CLOSED)


def findings() -> Iterator[str]:
    """One line for each case and thing that is wrong with it; none on a sound database."""
    yield from _log()
    yield from _places()
    yield from _pauses()
    yield from _partners()
    yield from _caches()


def _log() -> Iterator[str]:
    """State and version are what the log says: the last row's target, and the number of rows."""
    last = ApplicationTransition.objects.filter(subject=OuterRef("pk")).order_by("-version")
    logged = Application.objects.annotate(rows=Count("log"), last=Subquery(last.values("target")[:1]))
    yield from _each(logged.exclude(version=F("rows")), "版本和动作条数不一致")
    yield from _each(logged.filter(rows=0).exclude(state=State.DRAFT), "没有动作记录，却不是草稿")
    yield from _each(logged.filter(rows__gt=0).exclude(state=F("last")), "环节和最后一条动作不一致")


def _places() -> Iterator[str]:
    """Open cases are with one office, and binding ones know whom they bind."""
    with_office = Exists(Assignment.objects.filter(application=OuterRef("pk"), ended_at__isnull=True))
    in_work = [state for state in OPEN if state not in HERS_ALONE]
    yield from _each(Application.objects.filter(~with_office, state__in=in_work), "在办，却没有单位在办")
    yield from _each(Application.objects.filter(with_office, state__in=[*FINAL, *HERS_ALONE]), "不在办，却还分派着")
    yield from _each(Application.objects.filter(BINDS_NOW, person_index=""), "已收件，却没有本人索引")


def _pauses() -> Iterator[str]:
    """A pause is open where the state says so, and nowhere else but where somebody asked for one."""
    for state, reason in REASON_OF.items():
        open_here = CasePause.objects.filter(application=OuterRef("pk"), ended_on__isnull=True, reason=reason)
        missing = Application.objects.filter(~Exists(open_here), state=state)
        yield from _each(missing, "这一环节应当暂停，却没有暂停")
        yield from _each(Application.objects.filter(Exists(open_here)).exclude(state=state), "暂停没有随环节结束")
    asked = CasePause.objects.filter(application=OuterRef("pk"), ended_on__isnull=True, reason__in=ASKED_FOR)
    yield from _each(Application.objects.filter(Exists(asked), state__in=FINAL), "已办结，却还暂停着")


def _partners() -> Iterator[str]:
    """Paid cases have a loan that was paid out; partners hold only what was disclosed; promises given back are void."""
    paid = Application.objects.filter(state=State.DISBURSED)
    yield from _each(paid.exclude(loan__state__in=PAID_OUT), "已放款，贷款却没有放出")
    unpaid = Application.objects.filter(loan__state__in=PAID_OUT).exclude(state=State.DISBURSED)
    yield from _each(unpaid, "贷款已放出，申请却没有办结")
    for state, partner in ((State.GUARANTEE, "guarantor"), (State.DISBURSEMENT, "bank")):
        disclosed = Disclosure.objects.filter(case_number=OuterRef("number"), organisation=OuterRef(partner))
        yield from _each(Application.objects.filter(~Exists(disclosed), state=state), "没有披露就到了对方")
    over = Application.objects.filter(state__in=FINAL).exclude(state=State.DISBURSED)
    unresolved = over.filter(guarantee_given__isnull=False).exclude(guarantee_given__moves__kind__in=["void", "expire"])
    yield from _each(unresolved, "没有办成，担保却还留着")
    yield from _each(over.filter(loan__state=LoanState.APPROVED), "没有办成，贷款却没有取消")


def _caches() -> Iterator[str]:
    """The columns for sorting say what the log, the pauses and the calendar say today."""
    calendar = calendar_in_force()
    cases = Application.objects.select_related("policy", "loan").prefetch_related("log", "pauses")
    for case in cases.exclude(state__in=HERS_ALONE).order_by("pk").iterator(chunk_size=500):
        log = list(case.log.all())
        if case.promise_started_on != deadlines.promise_started_on(case, log):
            yield f"{case.number}: 起算日和动作不一致"
        if (case.ended_on is not None) is not (case.state in FINAL):
            yield f"{case.number}: 办结日和环节不一致"
        if case.state in FINAL:
            continue
        # Due days don't depend on the day on which they are read.
        clocks = deadlines.read(case, today=timezone.localdate(case.created_at), calendar=calendar)
        if case.due_on != (clocks.promise.due_on if clocks.promise else None):
            yield f"{case.number}: 到期日和重算的不一致"
        if case.stage_due_on != (clocks.stage.reading.due_on if clocks.stage else None):
            yield f"{case.number}: 环节到期日和重算的不一致"


def _each(wrong: QuerySet[Any], words: str) -> Iterator[str]:
    for number in wrong.order_by("pk").values_list("number", flat=True):
        yield f"{number}: {words}"
