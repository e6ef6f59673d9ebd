"""What was done with a case, by whom and for which office, newest first; and when its clock stood still."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import live_memberships
from accounts.web.parts import Entry, Fact
from workflows import timeline
from workflows.models import Application, Assignment, Recusal
from workflows.web.case.late import said_about_time
from workflows.web.matters.told import entries_of
from workflows.wording import day


def history(application: Application, *, user: User) -> list[Entry]:
    """Moves, who took the case over, and what she said to the office of whoever reads it."""
    taken = [taken_over(one) for one in application.assignments.all() if one.owner]
    moved = [_entry(one) for one in timeline.for_staff(application)]
    # Of two things at one moment, the one that followed stands above.
    theirs = application.matters.answered_by_office_of(user).select_related("said_by")
    said = list(entries_of(application, theirs.prefetch_related("log__by", "log__acting_as__organisation")))
    away = [_stepped_back(one) for one in application.recusals.all()]
    return sorted([*reversed(moved), *taken, *said, *away, *said_about_time(application)], key=lambda entry: entry.at)[
        ::-1
    ]


def history_since(application: Application, version: int) -> list[Entry]:
    """The moves after a version: every move makes one."""
    return [_entry(one) for one in timeline.for_staff(application)[: max(0, application.version - version)]]


def history_for_partners(application: Application, *, user: User) -> list[Entry]:
    """What came before she was recommended is between her and the federation; of delays, what was her own office's."""
    rows = [row.version for row in application.log.all() if row.move == "recommend"]
    offices = [one.organisation_id for one in live_memberships(user)]
    moved = history_since(application, rows[0] - 1) if rows else []
    said = said_about_time(application, offices=offices)
    return sorted([*reversed(moved), *said], key=lambda entry: entry.at)[::-1]


def taken_over(assignment: Assignment) -> Entry:
    """Somebody took it, or was given it. That an office got it is told by the move that brought it there."""
    is_own = assignment.owner_id == assignment.assigned_by_id
    words = _("%(owner)s 接手") if is_own else _("交给 %(owner)s 办")
    return Entry(assignment.assigned_at, words % {"owner": assignment.owner}, assignment.organisation.short_name)


def _stepped_back(one: Recusal) -> Entry:
    names = {"officer": one.officer, "reason": one.reason, "to": one.handed_to}
    words = _("%(officer)s 回避，交给 %(to)s：%(reason)s") if one.handed_to else _("%(officer)s 回避：%(reason)s")
    return Entry(one.at, words % names, "")


def stops(application: Application) -> Iterator[Fact]:
    """When the clock stood still, and what for."""
    for pause in application.pauses.all():
        until = day(pause.ended_on) if pause.ended_on else _("现在")
        reason = str(pause.get_reason_display())
        if pause.note:
            reason = _("%(reason)s：%(note)s") % {"reason": reason, "note": pause.note}
        if pause.expected_on and not pause.ended_on:
            reason = _("%(reason)s（预计 %(day)s接着办）") % {"reason": reason, "day": day(pause.expected_on)}
        yield Fact(_("%(since)s到%(until)s") % {"since": day(pause.started_on), "until": until}, reason)


def _entry(one: timeline.Entry) -> Entry:
    text = _("%(what)s：%(reason)s") % {"what": one.what, "reason": one.reason} if one.reason else one.what
    who = _("%(who)s（%(office)s）") % {"who": one.who, "office": one.office} if one.office else one.who
    return Entry(one.at, text, who)
