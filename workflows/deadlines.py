"""The seven-day promise: what the log, the pauses and the calendar make of a case on a day.

Nothing here is stored but two caches for sorting (`due_on`, `stage_due_on`); `verify` recomputes them.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from accounts.calendars import calendar_as_of, calendar_in_force
from accounts.models import Organisation, Region
from accounts.models.organisation import OrganisationKind
from accounts.working_days import Calendar
from loans.models import Policy
from loans.models.policy import PromiseStart
from records import clock
from workflows.models import Application, ApplicationTransition
from workflows.sight import holder_of
from workflows.states import FINAL, State

INTAKE, SURVEY, ELIGIBILITY, GUARANTEE, BANK = "intake", "survey", "eligibility", "guarantee", "bank"

# Which stage's clock runs in a state. States that are missing belong to the stage that they interrupt.
STAGE_OF: dict[str, str] = {
    State.SUBMITTED: INTAKE,
    State.SURVEY: SURVEY,
    State.ELIGIBILITY: ELIGIBILITY,
    State.PUBLICITY: ELIGIBILITY,
    State.GUARANTEE: GUARANTEE,
    State.DISBURSEMENT: BANK,
    State.TERMS_OFFERED: BANK,
    State.SIGNING: BANK,
    State.PAYOUT: BANK,
}
_INTERRUPTIONS = (State.SUPPLEMENT, State.FROZEN)
_STARTING_MOVES = {
    PromiseStart.TOWN_ACCEPT: ("accept", "overturn"),
    PromiseStart.CITY_RECOMMEND: ("recommend", "overturn"),
}


@dataclass(frozen=True, slots=True)
class StageClock:
    """The budget of the stage that the case is in: its name, when it was entered, and its reading."""

    name: str
    version: int  # of the log row that entered it: two visits to a stage are two clocks
    reading: clock.Reading


@dataclass(frozen=True, slots=True)
class CaseClock:
    """What a case's clocks show. Before acceptance there is no promise; after the end there is no stage."""

    promise: clock.Reading | None
    stage: StageClock | None


def read(application: Application, *, today: date, calendar: Calendar) -> CaseClock:
    """Both clocks of a case. Reads its log and pauses: prefetch them for lists."""
    log = list(application.log.all())
    pauses = _pauses(application)
    return CaseClock(
        promise=_read_promise(application, log, pauses, today=today, calendar=calendar),
        stage=_read_stage(application, log, pauses, today=today, calendar=calendar),
    )


def calendar_for(application: Application, *, in_force: Calendar | None = None) -> Calendar:
    """Open cases count with what is known today, closed ones with what was known when they ended."""
    if application.ended_on is None:
        return in_force or calendar_in_force()
    ending = application.log.order_by("version").last()
    assert ending is not None
    return calendar_as_of(ending.at)


def charged_days(application: Application, *, today: date, calendar: Calendar) -> dict[str, int]:
    """Used days of the promise by the office that held the case, as short names; empty before the promise."""
    return dict(Counter(one.office for one in charges(application, today=today, calendar=calendar)))


def charges(application: Application, *, today: date, calendar: Calendar) -> list[clock.Charge]:
    """Each used day of the promise with the office that held the case, as a short name, and the stage."""
    log = list(application.log.all())
    started_on = promise_started_on(application, log)
    if started_on is None:
        return []
    stays = [
        clock.Stay(
            office=_office_name(application, row.target),
            stage=STAGE_OF[row.target],
            entered_on=timezone.localdate(row.at),
            left_on=None,
        )
        for row in log
        if row.target in STAGE_OF
    ]
    return clock.charges(
        stays,
        started_on=started_on,
        pauses=_pauses(application),
        calendar=calendar,
        today=today,
        stopped_on=_stopped_on(application, log),
        valued_on=_valued_on(application),
    )


def new_date(application: Application, clocks: CaseClock, *, today: date, calendar: Calendar) -> date:
    """The date to tell her once the promise is broken: the budgets of the stages still to come, after the due day.

    Where that is over too, the same time again, until a day that isn't past.
    """
    assert clocks.promise is not None
    assert clocks.promise.due_on is not None, "a broken promise was due on some day"
    days = _budget_to_the_end(application.policy, clocks.stage.name if clocks.stage else BANK)
    new = calendar.nth_working_day_after(clocks.promise.due_on, days)
    while new < today:
        new = calendar.nth_working_day_after(new, days)
    return new


def refresh(application: Application, *, at: datetime) -> None:
    """Store the caches for sorting and the facts that the log has just made: start, end, due days."""
    log = list(application.log.order_by("version"))
    application.promise_started_on = promise_started_on(application, log)
    application.ended_on = _stopped_on(application, log)
    clocks = read(application, today=timezone.localdate(at), calendar=calendar_in_force())
    application.due_on = clocks.promise.due_on if clocks.promise else None
    application.stage_due_on = clocks.stage.reading.due_on if clocks.stage else None
    application.save(update_fields=["promise_started_on", "ended_on", "due_on", "stage_due_on"])


def promise_started_on(application: Application, log: Sequence[ApplicationTransition]) -> date | None:
    """The day of acceptance, or of recommendation where the policy says so; an overturned case starts afresh."""
    starting = _STARTING_MOVES[PromiseStart(application.policy.promise_start)]
    first = next((row for row in log if row.move == starting[0]), None)
    again = next((row for row in reversed(log) if row.move == "overturn"), None)
    row = again or first
    return timezone.localdate(row.at) if row else None


def budget_days(policy: Policy, stage: str) -> int:
    """Working days that the policy gives to a stage."""
    return {
        INTAKE: policy.intake_days,
        SURVEY: policy.survey_days,
        ELIGIBILITY: policy.eligibility_days,
        GUARANTEE: policy.guarantee_days,
        BANK: policy.bank_days,
    }[stage]


def _budget_to_the_end(policy: Policy, stage: str) -> int:
    names = [SURVEY, ELIGIBILITY, *([GUARANTEE] if policy.has_guarantor_stage else []), BANK]
    return max(1, sum(budget_days(policy, name) for name in names[names.index(stage) :]))


def _read_promise(
    application: Application,
    log: Sequence[ApplicationTransition],
    pauses: list[clock.Pause],
    *,
    today: date,
    calendar: Calendar,
) -> clock.Reading | None:
    started_on = promise_started_on(application, log)
    if started_on is None:
        return None
    return clock.read(
        started_on=started_on,
        days=application.policy.promise_days,
        pauses=[pause for pause in pauses if pause.ended_on is None or pause.ended_on >= started_on],
        calendar=calendar,
        today=today,
        stopped_on=_stopped_on(application, log),
        valued_on=_valued_on(application),
    )


def _read_stage(
    application: Application,
    log: Sequence[ApplicationTransition],
    pauses: list[clock.Pause],
    *,
    today: date,
    calendar: Calendar,
) -> StageClock | None:
    entered = _stage_entered_by(log)
    if entered is None:
        return None
    stage, row = entered
    entered_on = timezone.localdate(row.at)
    reading = clock.read(
        started_on=entered_on,
        days=budget_days(application.policy, stage),
        pauses=[pause for pause in pauses if pause.ended_on is None or pause.ended_on >= entered_on],
        calendar=calendar,
        today=today,
    )
    return StageClock(stage, row.version, reading)


def _stage_entered_by(log: Sequence[ApplicationTransition]) -> tuple[str, ApplicationTransition] | None:
    current: tuple[str, ApplicationTransition] | None = None
    for row in log:
        if row.target in _INTERRUPTIONS:
            continue
        stage = STAGE_OF.get(row.target)
        if stage is None:
            current = None
        elif current is None or current[0] != stage:
            current = (stage, row)
    return current


def _pauses(application: Application) -> list[clock.Pause]:
    return [clock.Pause(pause.started_on, pause.ended_on, pause.reason) for pause in application.pauses.all()]


def _stopped_on(application: Application, log: Sequence[ApplicationTransition]) -> date | None:
    return timezone.localdate(log[-1].at) if log and application.state in FINAL else None


def _valued_on(application: Application) -> date | None:
    """The bank's value date: money that came in time is in time however late the entry."""
    is_paid = application.state == str(State.DISBURSED)
    return application.loan.disbursed_on if is_paid and application.loan else None


def _office_name(application: Application, state: str) -> str:
    return office_of(holder_of(application, state)).short_name


def office_of(place: Organisation | Region) -> Organisation:
    """The office that stands for a place: a region's is its federation, or that of the region above it."""
    if isinstance(place, Organisation):
        return place
    federation = Organisation.objects.filter(region=place, kind=OrganisationKind.FEDERATION, is_active=True).first()
    if federation is not None:
        return federation
    assert place.parent is not None, "the city has a federation"
    return office_of(place.parent)
