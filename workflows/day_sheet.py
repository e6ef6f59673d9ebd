"""What somebody of a town takes along on a day: visits to make by village, visits after the money, calls to return."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts.calendars import calendar_in_force
from accounts.models import Region, User
from accounts.models.region import RegionLevel
from accounts.permissions import live_memberships
from applicants.models import Applicant
from applicants.models.call_back import CallBack
from workflows import visit_appointments
from workflows.follow_up_due import Due, DueVisit, due_visits, running
from workflows.inbox import Inbox, Row
from workflows.models import VisitAppointment
from workflows.narrowing import IS_PAUSED
from workflows.states import State


@dataclass
class VillageDay:
    """One village: who waits for a visit there, agreed hours first, then what is due first, and who after the money."""

    village: Region
    visits: list[Row] = field(default_factory=list)
    follow_ups: list[DueVisit] = field(default_factory=list)


@dataclass(frozen=True)
class DaySheet:
    on: date
    villages: list[VillageDay]
    calls: list[CallBack]

    @property
    def visits_count(self) -> int:
        return sum(len(one.visits) for one in self.villages)

    @property
    def follow_ups_count(self) -> int:
        return sum(len(one.follow_ups) for one in self.villages)

    @property
    def women(self) -> list[Applicant]:
        """Everybody whose number stands on it, once."""
        found = [row.application.applicant for one in self.villages for row in one.visits]
        found += [due.application.applicant for one in self.villages for due in one.follow_ups]
        return list({applicant.pk: applicant for applicant in found}.values())


def day_sheet(user: User, *, on: date, at: datetime) -> DaySheet:
    """`at` is when it is drawn: the clocks are read then. As many queries for forty visits as for one.

    A visit is hers, or its office's where nobody has taken it yet, or she was named to her whom she visits; one that is
    agreed on for another day is left out. Of the visits after the money a town's officer gets
    her town's; the city's, who goes there for somebody else, those of the villages that she comes to.
    """
    visits = _visits(user, on=on, at=at)
    follow_ups = _follow_ups(user, on=on, besides=[row.application.applicant.village for row in visits])
    return DaySheet(on=on, villages=_by_village(visits, follow_ups), calls=_calls(user, on=on))


def _visits(user: User, *, on: date, at: datetime) -> list[Row]:
    inbox = Inbox(user, at=at)
    offices = [one.organisation_id for one in live_memberships(user)]
    ours = Q(held__owner=user) | Q(held__owner__isnull=True, held__organisation__in=offices)
    named = VisitAppointment.objects.filter(closed_at__isnull=True, visitors=user).values("application")
    waiting = inbox.cases.filter(~IS_PAUSED, state=State.SURVEY)
    found: Any = inbox.with_facts(waiting).filter(ours | Q(pk__in=named))
    told = found.prefetch_related("survey_reports", "visit_appointments__visitors")
    agreed = [(visit_appointments.standing(one), one) for one in told]
    open_on = [(booked, one) for booked, one in agreed if booked is None or _day_of(booked) == on]
    # Stable: whoever has no hour stays in the order of the list.
    open_on.sort(key=lambda pair: (pair[0] is None, pair[0].starts_at if pair[0] else at))
    return [inbox.row(one) for _booked, one in open_on]


def _day_of(booked: VisitAppointment) -> date:
    return timezone.localdate(booked.starts_at)


def _follow_ups(user: User, *, on: date, besides: Iterable[Region | None]) -> list[DueVisit]:
    towns = [one.organisation.region for one in live_memberships(user) if one.grants("follow_up")]
    of_towns = Q(applicant__village__parent__in=[one for one in towns if one.level == RegionLevel.TOWN])
    cases = running(user).filter(of_towns | Q(applicant__village__in=[one for one in besides if one]))
    rows = due_visits(cases, today=on, calendar=calendar_in_force())
    return [row for row in rows if row.is_in(Due.NOW, today=on)]


def _calls(user: User, *, on: date) -> list[CallBack]:
    """Those she took, and those that nobody has taken and that have to be made by the day."""
    if not any(one.grants("answer_calls") for one in live_memberships(user)):
        return []
    free = Q(taken_by__isnull=True, due_on__lte=on)
    return list(CallBack.objects.open().filter(Q(taken_by=user) | free).order_by("due_on", "pk"))


def _by_village(visits: Iterable[Row], follow_ups: Iterable[DueVisit]) -> list[VillageDay]:
    found: dict[str, VillageDay] = {}

    def of(village: Region | None) -> VillageDay:
        assert village is not None, "whoever handed in has a village"
        return found.setdefault(village.code, VillageDay(village))

    for row in visits:
        of(row.application.applicant.village).visits.append(row)
    for due in follow_ups:
        of(due.application.applicant.village).follow_ups.append(due)
    return [found[code] for code in sorted(found)]
