"""The list from which offices work: the cases that somebody may see, by tabs, what is due next first.

A page is found by the key of the row beside it, so that a case which moves on meanwhile neither repeats nor hides
another.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Sum, TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.calendars import Calendars
from accounts.models import User
from accounts.permissions import live_memberships
from accounts.working_days import Calendar
from loans.models.payout import PayoutInstruction
from workflows import deadlines, urgency
from workflows.assigning import current_assignment
from workflows.models import Application, AssessedFinding, Assignment, GuaranteeProposal
from workflows.models.application import ApplicationQuerySet
from workflows.states import HERS_ALONE, State
from workflows.urgency import IS_OVER, Group, Key

PAGE_ROWS = 50


class Tab(TextChoices):
    """What part of the list is looked at."""

    MINE = "mine", _("我的待办")
    UNASSIGNED = "unassigned", _("本单位未分派")
    TO_DECIDE = "to_decide", _("待处理")
    TO_SIGN = "to_sign", _("待签约")
    TO_PAY = "to_pay", _("待放款")
    PAUSED = "paused", _("已暂停")
    OVERDUE = "overdue", _("已超期")
    ALL = "all", _("全部")


FEDERATION_TABS = (Tab.MINE, Tab.UNASSIGNED, Tab.PAUSED, Tab.OVERDUE, Tab.ALL)
PARTNER_TABS = (Tab.TO_DECIDE, Tab.TO_SIGN, Tab.TO_PAY, Tab.PAUSED, Tab.ALL)


@dataclass(frozen=True)
class Row:
    """One case of the list, with what its line says."""

    application: Application
    group: Group
    clocks: deadlines.CaseClock
    assignment: Assignment | None
    waits_for_second: bool  # of an act that takes two people, one has proposed it


@dataclass(frozen=True)
class GroupSum:
    """What one group of a list comes to."""

    count: int
    amount_fen: int


@dataclass(frozen=True)
class Page:
    """So many rows, and the keys by which the pages beside this one are found."""

    rows: list[Row]
    previous: Key | None
    next: Key | None


class Inbox:
    """The cases that a user may see, as they stand today."""

    def __init__(self, user: User, *, today: date) -> None:
        self.user, self.today = user, today
        # A draft that she fills in for somebody is no case of the office yet.
        self.cases = Application.objects.visible_to(user).exclude(state__in=[str(state) for state in HERS_ALONE])
        self._calendars = Calendars()

    def tab_counts(self, tabs: Iterable[Tab]) -> dict[Tab, int]:
        """How many cases each tab holds, in one query."""
        counted = self.cases.aggregate(**{tab.value: Count("pk", filter=self._condition(tab)) for tab in tabs})
        return {tab: counted[tab.value] for tab in tabs}

    def within(self, tab: Tab) -> ApplicationQuerySet:
        """The cases of a tab, for further filters."""
        return self.cases.filter(self._condition(tab))

    def group_sums(self, cases: ApplicationQuerySet) -> dict[Group, GroupSum]:
        """How many of them are in each group, and for how much."""
        groups = self._keyed(cases).order_by("group").values_list("group")
        summed = groups.annotate(Count("pk"), Sum("amount_fen"))
        return {Group(group): GroupSum(count, amount_fen or 0) for group, count, amount_fen in summed}

    def page(self, cases: ApplicationQuerySet, *, after: Key | None = None, before: Key | None = None) -> Page:
        """The rows after a key, or before one; the first ones where neither is given."""
        is_backwards = before is not None
        key, rows = before or after, _with_facts(self._keyed(cases))
        rows = rows.reverse() if is_backwards else rows
        rows = rows.filter(urgency.beyond(key, backwards=is_backwards)) if key else rows
        found = list(rows[: PAGE_ROWS + 1])
        has_more = len(found) > PAGE_ROWS
        shown = found[PAGE_ROWS - 1 :: -1] if is_backwards else found[:PAGE_ROWS]
        has_previous, has_next = (has_more, True) if is_backwards else (key is not None, has_more)
        return Page(
            rows=[self._row(one) for one in shown],
            previous=Key.of(shown[0]) if shown and has_previous else None,
            next=Key.of(shown[-1]) if shown and has_next else None,
        )

    def soon_on(self) -> date:
        """The last of the days that are about to burn."""
        yesterday = self.today - timedelta(days=1)
        return self._calendars.in_force.nth_working_day_after(yesterday, urgency.SOON_DAYS)

    def _condition(self, tab: Tab) -> Q:
        held = Assignment.objects.filter(application=OuterRef("pk"), ended_at__isnull=True)
        offices = [membership.organisation_id for membership in live_memberships(self.user)]
        conditions: dict[Tab, Q] = {
            # Whose name was used is for everybody of the office to find out, at once.
            Tab.MINE: Q(Exists(held.filter(owner=self.user))) | Q(state=State.FROZEN),
            Tab.UNASSIGNED: Q(Exists(held.filter(owner__isnull=True, organisation__in=offices))),
            Tab.TO_DECIDE: Q(state=State.GUARANTEE, guarantor__in=offices)
            | Q(state=State.DISBURSEMENT, bank__in=offices),
            Tab.TO_SIGN: Q(state__in=[State.TERMS_OFFERED, State.SIGNING]),
            Tab.TO_PAY: Q(state=State.PAYOUT),
            Tab.PAUSED: ~IS_OVER & Q(promise_started_on__isnull=False, due_on__isnull=True),
            Tab.OVERDUE: ~IS_OVER & Q(due_on__lt=self.today),
            Tab.ALL: Q(),
        }
        return conditions[tab]

    def _keyed(self, cases: ApplicationQuerySet) -> QuerySet[Any]:
        return urgency.keyed(cases, today=self.today, soon_on=self.soon_on())

    def _row(self, application: Any) -> Row:
        return Row(
            application=application,
            group=Group(application.group),
            clocks=deadlines.read(application, today=self.today, calendar=self._calendar_of(application)),
            assignment=current_assignment(application),
            waits_for_second=application.waits_for_second,
        )

    def _calendar_of(self, application: Application) -> Calendar:
        """Today's for what is open; for what is over, the one that was known when it ended."""
        if application.ended_on is None:
            return self._calendars.in_force
        return self._calendars.as_of(list(application.log.all())[-1].at)


def _with_facts(cases: QuerySet[Any]) -> QuerySet[Any]:
    """With everything that a line shows, in a fixed number of queries."""
    assignments = Assignment.objects.filter(ended_at__isnull=True).select_related("organisation", "owner")
    seconds = (
        GuaranteeProposal.objects.filter(application=OuterRef("pk"), is_open=True, decision__decided_at__isnull=True),
        AssessedFinding.objects.filter(
            application=OuterRef("pk"), override__isnull=False, override__decided_at__isnull=True
        ),
        PayoutInstruction.objects.filter(loan=OuterRef("loan"), decision__decided_at__isnull=True),
    )
    annotated: QuerySet[Any] = cases.annotate(waits_for_second=Q(*(Exists(one) for one in seconds), _connector=Q.OR))
    return annotated.select_related(
        "applicant__village__parent", "applicant__business", "policy", "loan"
    ).prefetch_related("log", "pauses", Prefetch("assignments", assignments))
