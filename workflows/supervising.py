"""督办: the city sees what is overdue or has stood still too long, and reminds whoever has it; each time is kept."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.calendars import calendar_in_force
from accounts.models import User
from accounts.permissions import may
from accounts.working_days import Calendar
from records import engine, outbox
from records.refusals import FieldError, Invalid, NotPermitted, Refusal
from workflows.assigning import current_assignment
from workflows.audience import heads_of, holder_of_case
from workflows.models import Application, CasePause, Nudge
from workflows.models.delay import NudgeAbout
from workflows.sight import place_of
from workflows.states import FINAL, HERS_ALONE
from workflows.wording import day

# Paused for more working days than these, a case is looked at from above.
LONG_PAUSE_DAYS: Final = 10
LONGEST: Final = 200


class NothingToSupervise(Refusal):
    code = "nothing_to_supervise"
    message = gettext_lazy("这件没有超期，也没有暂停太久，不用督办。")


class NudgedToday(Refusal):
    code = "nudged_today"
    message = gettext_lazy("今天已经督办过了，明天再看。")


def overdue(*, today: date) -> Q:
    """Past the promised day, and still with us."""
    return Q(due_on__lt=today) & _IS_OPEN


def paused_too_long(*, today: date, calendar: Calendar) -> Q:
    """With a pause still open that began more than ten working days ago, and not overdue."""
    since = long_pause_began_by(today, calendar=calendar)
    standing = CasePause.objects.filter(application=OuterRef("pk"), ended_on__isnull=True, started_on__lte=since)
    return Q(Exists(standing)) & _IS_OPEN & ~Q(due_on__lt=today)


def long_pause_began_by(today: date, *, calendar: Calendar) -> date:
    """The last day on which a pause that is too long today can have begun."""
    day = today
    while calendar.count_between(day, today) <= LONG_PAUSE_DAYS:
        day -= timedelta(days=1)
    return day


@transaction.atomic
def nudge(application: Application, *, words: str = "", by: User, at: datetime) -> Nudge:
    """Remind its owner and the heads of the office that has it. Without words, a plain sentence says what is due.

    Raises NotPermitted, NothingToSupervise, NudgedToday, Invalid.
    """
    locked, today = engine.lock(application), timezone.localdate(at)
    if not may(by, "supervise", place_of(locked, "supervise")):
        raise NotPermitted
    about = _about(locked, today=today)
    current = current_assignment(locked)
    if about is None or current is None:
        raise NothingToSupervise
    if locked.nudges.filter(sent_on=today).exists():
        raise NudgedToday
    text = words.strip() or plain_words(locked, about)
    if len(text) > LONGEST:
        raise Invalid(FieldError("words", "words_length", _("最多写 200 个字"), limits={"max": LONGEST}))
    told = _once([*holder_of_case(locked), *heads_of(current.organisation)])
    sent = Nudge.objects.create(
        application=locked,
        about=about,
        organisation=current.organisation,
        told=_("、").join(person.name for person in told)[:200] or current.organisation.short_name,
        words=text,
        sent_by=by,
        sent_at=at,
        sent_on=today,
    )
    for person in told:
        once = f"{locked.number}:nudge:{today}:{person.pk}"
        line = _("督办：%(number)s %(words)s") % {"number": locked.number, "words": text}
        outbox.inbox_message(person, kind="nudge", text=line, about=locked.number, once=once, at=at)
    return sent


def plain_words(application: Application, about: NudgeAbout) -> str:
    """What is said where nobody wrote anything."""
    if about == NudgeAbout.OVERDUE:
        assert application.due_on is not None
        return _("%(day)s应办完，已经超期，抓紧办结。") % {"day": day(application.due_on)}
    return _("停了 10 多个工作日，看看能不能接着办。")


def _about(application: Application, *, today: date) -> NudgeAbout | None:
    it = Application.objects.filter(pk=application.pk)
    if it.filter(overdue(today=today)).exists():
        return NudgeAbout.OVERDUE
    if it.filter(paused_too_long(today=today, calendar=calendar_in_force())).exists():
        return NudgeAbout.PAUSED
    return None


def _once(people: Iterable[User]) -> list[User]:
    return list({person.pk: person for person in people}.values())


_IS_OPEN: Final = ~Q(state__in=[str(state) for state in (*FINAL, *HERS_ALONE)])
