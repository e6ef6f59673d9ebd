"""Alarms of the clocks: who is told when the promise or a stage's budget runs out, each alarm once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.calendars import calendar_in_force
from accounts.models import User
from accounts.working_days import Calendar
from records import engine, outbox
from records.escalations import Level, promise_escalations_due, stage_escalations_due
from workflows import deadlines
from workflows.answers import answer_sentence
from workflows.audience import heads_of, holder_of_case
from workflows.deadlines import CaseClock, office_of
from workflows.models import Application, Escalation
from workflows.notices import send_to_her
from workflows.states import FINAL, HERS_ALONE
from workflows.wording import STAGES, day

# Half-way warnings ring once for a promise, however its due day moves; the others once for each due day.
_WARNINGS: Final = (Level.PROMISE_DAY_4, Level.PROMISE_DAY_6)
_TO_HEADS: Final = (Level.PROMISE_LAST_DAY, Level.PROMISE_BREACHED, Level.STAGE_BREACHED)


@dataclass(frozen=True)
class Alarm:
    """One level that a clock has reached: `clock` names it, as the promise or a stage since a version."""

    clock: str
    level: Level
    due_on: date


def look_at_clocks(*, by: User, at: datetime) -> int:
    """Raise every alarm that is due in the cases that `by` (the office's clock) sees; say how many rang."""
    calendar = calendar_in_force()
    open_cases = Application.objects.visible_to(by).exclude(state__in=[*FINAL, *HERS_ALONE])
    rang = 0
    for application in open_cases.with_places().prefetch_related("log", "pauses", "escalations").order_by("pk"):
        with transaction.atomic():
            rang += look_at(application, calendar=calendar, at=at)
    return rang


def look_at(application: Application, *, calendar: Calendar, at: datetime) -> int:
    """Raise what is due in one case; say how many alarms rang.

    Each is kept, but of several that fell due at once (the worker was down, the case was closed to us) only the
    gravest of a clock is told: 「今天到期」 would be no news of yesterday.
    """
    clocks = deadlines.read(application, today=timezone.localdate(at), calendar=calendar)
    if _is_out_of_date(application, clocks):
        # A notice has moved working days since: the columns for sorting follow.
        deadlines.refresh(engine.lock(application), at=at)
    already = [(one.clock, one.level, one.due_on) for one in application.escalations.all()]
    due = [alarm for alarm in _alarms(clocks, at=at) if not _has_rung(alarm, already)]
    for alarm in due:
        _keep(application, alarm, clocks, calendar=calendar, at=at)
    for alarm in {alarm.clock: alarm for alarm in due}.values():
        _tell(application, alarm, clocks, at=at)
    return len(due)


def _is_out_of_date(application: Application, clocks: CaseClock) -> bool:
    due_on = clocks.promise.due_on if clocks.promise else None
    stage_due_on = clocks.stage.reading.due_on if clocks.stage else None
    return (application.due_on, application.stage_due_on) != (due_on, stage_due_on)


def _alarms(clocks: CaseClock, *, at: datetime) -> Iterator[Alarm]:
    """What is due, the mildest first. While a pause hides the due day, nothing is."""
    if clocks.promise is not None and clocks.promise.due_on is not None:
        name = f"promise:{clocks.promise.started_on.isoformat()}"
        for level in promise_escalations_due(clocks.promise, now=at):
            yield Alarm(name, level, clocks.promise.due_on)
    stage = clocks.stage
    if stage is not None and stage.reading.due_on is not None:
        for level in stage_escalations_due(stage.reading, now=at):
            yield Alarm(f"{stage.name}:{stage.version}", level, stage.reading.due_on)


def _has_rung(alarm: Alarm, already: list[tuple[str, str, date]]) -> bool:
    return any(
        clock == alarm.clock and level == alarm.level and (alarm.level in _WARNINGS or due_on == alarm.due_on)
        for clock, level, due_on in already
    )


def _keep(application: Application, alarm: Alarm, clocks: CaseClock, *, calendar: Calendar, at: datetime) -> None:
    today = timezone.localdate(at)
    is_breach = alarm.level == Level.PROMISE_BREACHED
    raised = Escalation(
        application=application,
        clock=alarm.clock,
        level=alarm.level,
        due_on=alarm.due_on,
        new_on=deadlines.new_date(application, clocks, today=today, calendar=calendar) if is_breach else None,
        at=at,
    )
    # Two workers may look at once: the unique constraint keeps one row, and `once` one message.
    Escalation.objects.bulk_create([raised], ignore_conflicts=True)


def _tell(application: Application, alarm: Alarm, clocks: CaseClock, *, at: datetime) -> None:
    text = _text(application, alarm, clocks)
    for person in _audience(application, alarm.level):
        once = f"{application.number}:{alarm.clock}:{alarm.level}:{alarm.due_on}:{person.pk}"
        outbox.inbox_message(person, kind=alarm.level, text=text, about=application.number, once=once, at=at)
    if alarm.level == Level.PROMISE_BREACHED:
        _apologise(application, alarm, clocks, at=at)


def _audience(application: Application, level: Level) -> list[User]:
    """The owner; on the last day the head as well; after a broken promise the city's heads too."""
    told = holder_of_case(application)
    assignment = application.assignments.filter(ended_at__isnull=True).select_related("organisation").first()
    if level in _TO_HEADS and assignment is not None:
        told += heads_of(assignment.organisation)
    if level == Level.PROMISE_BREACHED:
        told += heads_of(office_of(application.city))
    return list({person.pk: person for person in told}.values())


def _apologise(application: Application, alarm: Alarm, clocks: CaseClock, *, at: datetime) -> None:
    """Tell her before she has to ask: late, with whom it is, the new date, whom to call."""
    with override("zh-hans"):
        text = answer_sentence(application, clocks, today=timezone.localdate(at))
    once = f"{application.number}:{alarm.clock}:{alarm.level}:{alarm.due_on}"
    send_to_her(application, kind=alarm.level, text=text, once=once, at=at)


def _text(application: Application, alarm: Alarm, clocks: CaseClock) -> str:
    names = {"number": application.number, "due": day(alarm.due_on)}
    if alarm.level in _WARNINGS:
        assert clocks.promise is not None
        return _("%(number)s 还剩 %(left)s 个工作日，%(due)s到期。") % (names | {"left": clocks.promise.left})
    if alarm.level == Level.PROMISE_LAST_DAY:
        return _("%(number)s 今天到期，24:00 前办完。") % names
    if alarm.level == Level.PROMISE_BREACHED:
        return _("%(number)s 已超期，%(due)s应办完。写明原因，尽快办结。") % names
    stage = STAGES[alarm.clock.partition(":")[0]]
    if alarm.level == Level.STAGE_LAST_DAY:
        return _("%(number)s 的“%(stage)s”今天到期。") % (names | {"stage": stage})
    return _("%(number)s 的“%(stage)s”已超期，%(due)s应办完。") % (names | {"stage": stage})
