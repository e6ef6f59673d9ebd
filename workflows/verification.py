"""What must be true of every case, looked up in the rows themselves: one sentence for each thing that isn't."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from accounts.calendars import calendar_in_force
from applicants.models import Disclosure, Party, PartyConsent
from loans.models.loan import LoanState
from workflows import deadlines
from workflows.matter_kinds import MatterKind
from workflows.models import Application, ApplicationTransition, Assignment, CasePause, Matter
from workflows.models.application import BINDS_NOW
from workflows.models.matter import MatterState
from workflows.pausing import ASKED_FOR, REASON_OF
from workflows.states import FINAL, HERS_ALONE, OPEN, State

PAID_OUT = (LoanState.ACTIVE, LoanState.SETTLED, LoanState.COMPENSATED, LoanState.CLOSED)


def findings() -> Iterator[str]:
    """One line for each case and thing that is wrong with it; none on a sound database."""
    yield from _log()
    yield from _places()
    yield from _pauses()
    yield from _partners()
    yield from _people()
    yield from _matters()
    yield from _caches()


def _log() -> Iterator[str]:
    """State and version are what the log says: the last row's target, and the number of rows."""
    last = ApplicationTransition.objects.filter(subject=OuterRef("pk")).order_by("-version")
    logged = Application.objects.annotate(rows=Count("log"), last=Subquery(last.values("target")[:1]))
    yield from _each(logged.exclude(version=F("rows")), "its version isn't the number of its moves")
    yield from _each(logged.filter(rows=0).exclude(state=State.DRAFT), "no draft, and yet it was never moved")
    yield from _each(logged.filter(rows__gt=0).exclude(state=F("last")), "its state isn't where the last move led")


def _places() -> Iterator[str]:
    """Open cases are with one office, and binding ones know whom they bind."""
    with_office = Exists(Assignment.objects.filter(application=OuterRef("pk"), ended_at__isnull=True))
    in_work = [state for state in OPEN if state not in HERS_ALONE]
    yield from _each(Application.objects.filter(~with_office, state__in=in_work), "open, and with no office")
    yield from _each(
        Application.objects.filter(with_office, state__in=[*FINAL, *HERS_ALONE]),
        "in nobody's hands, and still assigned",
    )
    yield from _each(Application.objects.filter(BINDS_NOW, person_index=""), "handed in, and binds nobody")


def _pauses() -> Iterator[str]:
    """A pause is open where the state says so, and nowhere else but where somebody asked for one."""
    for state, reason in REASON_OF.items():
        open_here = CasePause.objects.filter(application=OuterRef("pk"), ended_on__isnull=True, reason=reason)
        missing = Application.objects.filter(~Exists(open_here), state=state)
        yield from _each(missing, "its state stops the clock, and no pause is open")
        yield from _each(
            Application.objects.filter(Exists(open_here)).exclude(state=state), "a pause of another state is still open"
        )
    asked = CasePause.objects.filter(application=OuterRef("pk"), ended_on__isnull=True, reason__in=ASKED_FOR)
    yield from _each(Application.objects.filter(Exists(asked), state__in=FINAL), "over, and still paused")


def _partners() -> Iterator[str]:
    """Paid cases have a loan that was paid out; partners hold only what was disclosed; promises given back are void."""
    paid = Application.objects.filter(state=State.DISBURSED)
    yield from _each(paid.exclude(loan__state__in=PAID_OUT), "paid, and its loan isn't")
    unpaid = Application.objects.filter(loan__state__in=PAID_OUT).exclude(state=State.DISBURSED)
    yield from _each(unpaid, "not paid, and yet its loan is")
    for state, partner in ((State.GUARANTEE, "guarantor"), (State.DISBURSEMENT, "bank")):
        disclosed = Disclosure.objects.filter(case_number=OuterRef("number"), organisation=OuterRef(partner))
        yield from _each(
            Application.objects.filter(~Exists(disclosed), state=state), "with a partner to whom it was never disclosed"
        )
    over = Application.objects.filter(state__in=FINAL).exclude(state=State.DISBURSED)
    unresolved = over.filter(guarantee_given__isnull=False).exclude(guarantee_given__moves__kind__in=["void", "expire"])
    yield from _each(unresolved, "came to nothing, and its guarantee still stands")
    yield from _each(over.filter(loan__state=LoanState.APPROVED), "came to nothing, and its loan wasn't cancelled")


def _matters() -> Iterator[str]:
    """An appeal that was granted brought the case back; one that waits is against the no that stands."""
    appeals = Matter.objects.filter(kind=MatterKind.APPEAL, application=OuterRef("pk"))
    open_now = Application.objects.filter(Exists(appeals.filter(state=MatterState.OPEN)))
    yield from _each(open_now.exclude(state=State.DECLINED), "an appeal waits, and nothing stands to be reviewed")
    overturned = ApplicationTransition.objects.filter(subject=OuterRef("pk"), move="overturn")
    granted = Application.objects.filter(Exists(appeals.filter(state=MatterState.GRANTED)))
    yield from _each(granted.filter(~Exists(overturned)), "an appeal was granted, and the no still stands")


def _people() -> Iterator[str]:
    """Whoever is named in what was handed in has agreed to it once, be it taken back since."""
    agreed = PartyConsent.objects.filter(
        applicant=OuterRef("applicant"), role=OuterRef("role"), person_index=OuterRef("id_index")
    )
    named = Party.objects.filter(~Exists(agreed), applicant=OuterRef("applicant"))
    handed_in = Application.objects.filter(state__in=[state for state in OPEN if state not in HERS_ALONE])
    # Where she fills in another one, the people of that one needn't have agreed yet.
    drafts = Application.objects.filter(applicant=OuterRef("applicant"), state=State.DRAFT)
    yield from _each(handed_in.filter(Exists(named), ~Exists(drafts)), "names somebody who never agreed to it")


def _caches() -> Iterator[str]:
    """The columns for sorting say what the log, the pauses and the calendar say today."""
    calendar = calendar_in_force()
    cases = Application.objects.select_related("policy", "loan").prefetch_related("log", "pauses")
    for case in cases.exclude(state__in=HERS_ALONE).order_by("pk").iterator(chunk_size=500):
        log = list(case.log.all())
        if case.promise_started_on != deadlines.promise_started_on(case, log):
            yield f"case {case.number}: the promise's start isn't what the log says"
        if (case.ended_on is not None) is not (case.state in FINAL):
            yield f"case {case.number}: its end isn't what its state says"
        if case.state in FINAL:
            continue
        # Due days don't depend on the day on which they are read.
        clocks = deadlines.read(case, today=timezone.localdate(case.created_at), calendar=calendar)
        if case.due_on != (clocks.promise.due_on if clocks.promise else None):
            yield f"case {case.number}: its due day isn't what the clock says"
        if case.stage_due_on != (clocks.stage.reading.due_on if clocks.stage else None):
            yield f"case {case.number}: its stage's due day isn't what the clock says"


def _each(wrong: QuerySet[Any], words: str) -> Iterator[str]:
    for number in wrong.order_by("pk").values_list("number", flat=True):
        yield f"case {number}: {words}"
