"""The calendar of working days as the rows of `WorkingDay` make it."""

from collections.abc import Iterable
from datetime import datetime

from accounts.models.working_day import WorkingDay
from accounts.working_days import Calendar, WorkingDayNotice


def calendar_in_force() -> Calendar:
    """What is known today; open cases count with it."""
    return _calendar(WorkingDay.objects.all())


def calendar_as_of(at: datetime) -> Calendar:
    """What was known here at a moment; a closed case keeps the calendar of its end.

    A notice counts from the moment it was entered, not from its publication: what nobody here had been told
    yet can neither break nor save a promise afterwards.
    """
    return _calendar(WorkingDay.objects.filter(entered_at__lte=at))


def calendar_with(rows: Iterable[WorkingDay]) -> Calendar:
    """What would be in force if these rows, not saved yet, were entered too: for previews."""
    return _calendar([*WorkingDay.objects.all(), *rows])


class Calendars:
    """Today's calendar and those of earlier moments, from one reading of the rows: for lists of many cases."""

    def __init__(self) -> None:
        self._rows = list(WorkingDay.objects.all())
        self.in_force = _calendar(self._rows)

    def as_of(self, at: datetime) -> Calendar:
        return _calendar(row for row in self._rows if row.entered_at <= at)


def _calendar(rows: Iterable[WorkingDay]) -> Calendar:
    """The newest published row of a day wins; a calendar takes the last one it is given."""
    in_order = sorted(rows, key=lambda row: row.published_at)
    return Calendar(tuple(WorkingDayNotice(row.day, row.is_working, row.name) for row in in_order))
