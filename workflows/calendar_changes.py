"""工作日历: a notice is handed in as a file, shows which open deadlines it moves, and counts once a second agrees."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.calendars import calendar_in_force, calendar_with
from accounts.csv_rows import UnreadableRows
from accounts.models import User, WorkingDay
from accounts.permissions import holds
from accounts.working_day_import import enter_rows, read_rows
from accounts.working_days import Calendar
from records import decisions, engine
from records.models.decision import Outcome
from records.refusals import FieldError, Invalid, NotPermitted, Refusal
from workflows import deadlines
from workflows.models import Application, CalendarNotice
from workflows.models.application import ApplicationQuerySet
from workflows.states import FINAL, HERS_ALONE

KIND: Final = "working_days"
BYTES_MAX: Final = 200_000


class NoticeWaits(Refusal):
    code = "notice_waits"
    message = gettext_lazy("还有一份等复核，先把那一份定下来。")


@dataclass(frozen=True)
class Moved:
    """One deadline that would fall on another day. `stage` is "" for the promise; no day while a pause hides it."""

    application: Application
    stage: str
    before: date | None
    after: date | None


def propose(content: bytes, *, file_name: str, by: User, at: datetime) -> CalendarNotice:
    """Hand a file in; nothing counts yet. Raises NotPermitted, Invalid with every bad line, NoticeWaits."""
    if not holds(by, "manage_calendar"):
        raise NotPermitted
    if len(content) > BYTES_MAX:
        raise Invalid(FieldError("file", "file_too_large", _("文件太大了，一年的安排几 KB 就够")))
    rows = rows_of(content, at=at)
    if not rows:
        raise Invalid(FieldError("file", "nothing_new", _("这些天都录入过了，没有新的")))
    if CalendarNotice.objects.filter(is_open=True).exists():
        raise NoticeWaits
    years = sorted({row.day.year for row in rows})
    summary = _("%(years)s 年放假安排，%(count)d 天") % {"years": "、".join(map(str, years)), "count": len(rows)}
    with transaction.atomic():
        decision = decisions.propose(KIND, summary=summary[:200], by=by, at=at)
        return CalendarNotice.objects.create(file_name=file_name[:120], content=content, decision=decision)


def decide(notice: CalendarNotice, *, outcome: Outcome, reason: str, by: User, at: datetime) -> None:
    """Publish it or not; open cases get their new days at once, closed ones keep theirs.

    Raises NotPermitted, SamePerson, MoveNotOpen, and Invalid where its lines no longer fit what was entered since.
    """
    if not holds(by, "manage_calendar"):
        raise NotPermitted
    with transaction.atomic():
        decisions.decide(notice.decision, outcome=outcome, by=by, at=at, reason=reason)
        if outcome == Outcome.APPROVED:
            rows = rows_of(bytes(notice.content), at=at)
            touched = [one.application.pk for one in moved(rows, today=timezone.localdate(at))]
            enter_rows(rows, by=by, at=at)
            for application in Application.objects.filter(pk__in=touched):
                deadlines.refresh(engine.lock(application), at=at)
        notice.is_open = False
        notice.save(update_fields=["is_open"])


def rows_of(content: bytes, *, at: datetime) -> list[WorkingDay]:
    """What the file says that isn't entered yet. Raises Invalid."""
    try:
        return read_rows(content, at=at)
    except UnreadableRows as unreadable:
        raise Invalid(*(FieldError("file", "bad_line", problem) for problem in unreadable.problems)) from unreadable


def moved(rows: list[WorkingDay], *, today: date) -> Iterator[Moved]:
    """Every open deadline, of a promise or a stage, that entering the rows would move."""
    before, after = calendar_in_force(), calendar_with(rows)
    for application in _open_cases().prefetch_related("log", "pauses").order_by("due_on", "pk"):
        yield from _moved_of(application, before, after, today=today)


def _open_cases() -> ApplicationQuerySet:
    waiting = [str(state) for state in (*FINAL, *HERS_ALONE)]
    return Application.objects.exclude(state__in=waiting).select_related("applicant__village__parent", "policy", "loan")


def _moved_of(application: Application, before: Calendar, after: Calendar, *, today: date) -> Iterator[Moved]:
    old = deadlines.read(application, today=today, calendar=before)
    new = deadlines.read(application, today=today, calendar=after)
    if old.promise and new.promise and old.promise.due_on != new.promise.due_on:
        yield Moved(application, "", old.promise.due_on, new.promise.due_on)
    if old.stage and new.stage and old.stage.reading.due_on != new.stage.reading.due_on:
        yield Moved(application, old.stage.name, old.stage.reading.due_on, new.stage.reading.due_on)
