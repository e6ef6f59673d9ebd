"""The lines of the list in words, in their groups."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.web.countdown import stage_tag_of
from records.clock import Reading
from workflows.inbox import GroupSum, Row
from workflows.models import Application, Assignment
from workflows.models.application import Source
from workflows.urgency import Group
from workflows.web.case.clock_words import pause_words
from workflows.web.case.lookers import looking_words
from workflows.wording import day, money


@dataclass(frozen=True)
class Line:
    """One case of the list, ready to be laid out."""

    url: str
    pick: str  # what its tick sends: which case, and the version that the list shows
    name: str
    number: str
    town: str
    village: str
    project: str
    amount: str
    state: str
    stage: str
    promise: Reading | None
    has_clock: bool
    pause_words: str
    due: str
    owes_reason: bool
    owner: str
    is_unassigned: bool
    source: str
    is_self: bool
    looking: str


@dataclass(frozen=True)
class LineGroup:
    """Lines that burn alike: title, how it looks, and how many there are on all pages."""

    label: str
    tone: str
    icon: str
    count: int
    lines: list[Line]


LOOKS: Mapping[Group, tuple[str, str]] = {
    Group.FROZEN: ("late", "alert"),
    Group.OVERDUE: ("late", "alert"),
    Group.TODAY: ("soon", "clock"),
    Group.PAUSED: ("hold", "pause"),
}


def groups_of(
    rows: Sequence[Row], sums: Mapping[Group, GroupSum], *, now: datetime, offices: set[int]
) -> Iterator[LineGroup]:
    """`offices` are hers: their people need no name of office."""
    for group, members in groupby(rows, key=lambda row: row.group):
        tone, icon = LOOKS.get(group, ("", ""))
        lines = [line_of(row, offices=offices, now=now) for row in members]
        yield LineGroup(str(group.label), tone, icon, sums[group].count if group in sums else len(lines), lines)


def line_of(row: Row, *, offices: set[int], now: datetime) -> Line:
    """`offices` are hers."""
    application, promise = row.application, row.clocks.promise
    assignment = row.assignment
    return Line(
        url=reverse("case", args=[application.number]),
        pick=f"{application.number}.{application.version}",
        name=application.applicant.full_name,
        number=application.number,
        town=str(application.town),
        village=str(application.applicant.village),
        project=str(application.applicant.business.get_project_type_display()),
        amount=money(application.amount_fen or 0),
        state=str(application.get_state_display()),
        stage=_stage(row, today=timezone.localdate(now)),
        promise=promise,
        has_clock=promise is not None or row.group == Group.NOT_STARTED,
        pause_words=pause_words(promise),
        due=_due(application, promise),
        owes_reason=row.owes_reason,
        owner=_owner(assignment, offices=offices),
        is_unassigned=_waits_for_us(assignment, offices=offices),
        source=str(application.get_came_by_display()),
        is_self=application.source == Source.SELF,
        looking=looking_words(row.looker, row.looked_at, now=now) if row.looked_at else "",
    )


def _stage(row: Row, *, today: date) -> str:
    if row.waits_for_second:
        return _("等另一位复核")
    stage = row.clocks.stage
    tag = stage_tag_of(stage.reading, today=today) if stage and row.group != Group.ENDED else None
    return tag.text if tag else ""


def _due(application: Application, promise: Reading | None) -> str:
    if application.ended_on is not None:
        return _("%(day)s办结") % {"day": day(application.ended_on)}
    if promise is None:
        return ""
    if promise.due_on is None:
        return _("停着，还剩 %(left)s 天") % {"left": promise.left}
    words = _("%(day)s应办完") if promise.is_breached else "%(day)s"
    return words % {"day": day(promise.due_on)}


def _waits_for_us(assignment: Assignment | None, *, offices: set[int]) -> bool:
    return assignment is not None and assignment.owner is None and assignment.organisation_id in offices


def _owner(assignment: Assignment | None, *, offices: set[int]) -> str:
    if assignment is None:
        return ""
    if assignment.owner is None:
        return _("未分派") if assignment.organisation_id in offices else str(assignment.organisation)
    if assignment.organisation_id in offices:
        return str(assignment.owner)
    return f"{assignment.organisation} {assignment.owner}"
