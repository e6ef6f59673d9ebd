"""The list from which offices work: the cases that somebody may see, by tabs, what is due next first.

A page is found by the key of the row beside it, so that a case which moves on meanwhile neither repeats nor hides
another.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Sum, TextChoices, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.calendars import Calendars
from accounts.models import User
from accounts.permissions import live_memberships
from accounts.working_days import Calendar
from loans.models.payout import PayoutInstruction
from workflows import deadlines, delays, looking, urgency
from workflows.models import Application, AssessedFinding, Assignment, CaseLook, GuaranteeProposal
from workflows.models.application import ApplicationQuerySet
from workflows.narrowing import IS_PAUSED
from workflows.states import HERS_ALONE, State
from workflows.urgency import IS_OVER, Group, Key

PAGE_ROWS = 50

_CALLED = Coalesce(NullIf("reader__name", Value("")), "reader__username")

# Two-person acts that one has proposed and nobody has decided.
_SECONDS = (
    GuaranteeProposal.objects.filter(application=OuterRef("pk"), is_open=True, decision__decided_at__isnull=True),
    AssessedFinding.objects.filter(
        application=OuterRef("pk"), override__isnull=False, override__decided_at__isnull=True
    ),
    PayoutInstruction.objects.filter(loan=OuterRef("loan"), decision__decided_at__isnull=True),
)


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
PARTNER_TABS = (Tab.TO_DECIDE, Tab.TO_SIGN, Tab.TO_PAY, Tab.PAUSED, Tab.OVERDUE, Tab.ALL)


@dataclass(frozen=True)
class Row:
    """One case of the list, with what its line says."""

    application: Application
    group: Group
    clocks: deadlines.CaseClock
    assignment: Assignment | None
    waits_for_second: bool  # of an act that takes two people, one has proposed it
    owes_reason: bool  # late, and nobody has said why and until when
    looker: str  # who else has it open; "" where nobody has
    looked_at: datetime | None


@dataclass(frozen=True)
class GroupSum:
    """What one group of a list comes to."""

    count: int
    amount_fen: int


@dataclass(frozen=True)
class Tally:
    """How many cases each tab holds, and what each group of the list that is shown comes to."""

    tabs: dict[Tab, int]
    groups: dict[Group, GroupSum]

    @property
    def count(self) -> int:
        return sum(one.count for one in self.groups.values())

    @property
    def amount_fen(self) -> int:
        return sum(one.amount_fen for one in self.groups.values())


@dataclass(frozen=True)
class Page:
    """So many rows, and the keys by which the pages beside this one are found."""

    rows: list[Row]
    previous: Key | None
    next: Key | None


class Inbox:
    """The cases that a user may see, as they stand today."""

    def __init__(self, user: User, *, at: datetime) -> None:
        self.user, self.at, self.today = user, at, timezone.localdate(at)
        # A draft that she fills in for somebody is no case of the office yet.
        self.cases = Application.objects.visible_to(user).exclude(state__in=[str(state) for state in HERS_ALONE])

    @cached_property
    def _calendars(self) -> Calendars:
        """Read once, and only where a day is asked for."""
        return Calendars()

    def within(self, tab: Tab, *, narrowed: Q) -> ApplicationQuerySet:
        """The cases of a tab that meet the conditions."""
        return self.cases.filter(self._condition(tab), narrowed)

    def tally(self, tabs: Iterable[Tab], *, tab: Tab, narrowed: Q) -> Tally:
        """What every tab holds, and the groups of the one that is shown, in one query."""
        offered, shown = list(tabs), self._condition(tab) & narrowed
        rows = list(
            self.keyed(self.cases)
            .order_by("group")
            .values("group")
            .annotate(
                shown=Count("pk", filter=shown),
                shown_fen=Sum("amount_fen", filter=shown),
                **{f"in_{one.value}": Count("pk", filter=self._condition(one)) for one in offered},
            )
        )
        sums = {Group(row["group"]): GroupSum(row["shown"], row["shown_fen"] or 0) for row in rows if row["shown"]}
        return Tally({one: sum(row[f"in_{one.value}"] for row in rows) for one in offered}, sums)

    def page(self, cases: ApplicationQuerySet, *, after: Key | None = None, before: Key | None = None) -> Page:
        """The rows after a key, or before one; the first ones where neither is given."""
        is_backwards = before is not None
        key, rows = before or after, self.with_facts(cases)
        rows = rows.reverse() if is_backwards else rows
        rows = rows.filter(urgency.beyond(key, backwards=is_backwards)) if key else rows
        found = list(rows[: PAGE_ROWS + 1])
        has_more = len(found) > PAGE_ROWS
        shown = found[PAGE_ROWS - 1 :: -1] if is_backwards else found[:PAGE_ROWS]
        has_previous, has_next = (has_more, True) if is_backwards else (key is not None, has_more)
        return Page(
            rows=[self.row(one) for one in shown],
            previous=Key.of(shown[0]) if shown and has_previous else None,
            next=Key.of(shown[-1]) if shown and has_next else None,
        )

    def with_facts(self, cases: ApplicationQuerySet) -> QuerySet[Any]:
        """In their order, with everything that a line shows, in three queries however many they are."""
        recent = CaseLook.objects.filter(application=OuterRef("pk"), seen_at__gt=self.at - looking.RECENT)
        others = recent.exclude(reader=self.user).order_by("-seen_at")
        annotated: QuerySet[Any] = self.keyed(cases).annotate(
            waits_for_second=Q(*(Exists(one) for one in _SECONDS), _connector=Q.OR),
            owes_reason=delays.owing(today=self.today),
            looker=Subquery(others.annotate(who=_CALLED).values("who")[:1]),
            looked_at=Subquery(others.values("seen_at")[:1]),
        )
        places = ("applicant__village__parent", "applicant__business", "policy", "loan")
        return with_holder(annotated).select_related(*places).prefetch_related("log", "pauses")

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
            Tab.PAUSED: IS_PAUSED,
            Tab.OVERDUE: ~IS_OVER & Q(due_on__lt=self.today),
            Tab.ALL: Q(),
        }
        return conditions[tab]

    def keyed(self, cases: ApplicationQuerySet) -> QuerySet[Any]:
        """In the order of the list."""
        return urgency.keyed(cases, today=self.today, soon_on=self.soon_on())

    def row(self, application: Any) -> Row:
        """One line. Reads what `with_facts` brought along."""
        return Row(
            application=application,
            group=Group(application.group),
            clocks=deadlines.read(application, today=self.today, calendar=self._calendar_of(application)),
            assignment=getattr(application, "held", None),  # left unset where nobody holds it
            waits_for_second=application.waits_for_second,
            owes_reason=application.owes_reason,
            looker=application.looker or "",
            looked_at=application.looked_at,
        )

    def _calendar_of(self, application: Application) -> Calendar:
        """Today's for what is open; for what is over, the one that was known when it ended."""
        if application.ended_on is None:
            return self._calendars.in_force
        return self._calendars.as_of(list(application.log.all())[-1].at)


def with_holder(cases: QuerySet[Any]) -> QuerySet[Any]:
    """With `held`, the assignment of today and its people, in the same query; it is left unset where there is none."""
    of_today = FilteredRelation("assignments", condition=Q(assignments__ended_at__isnull=True))
    held: QuerySet[Any] = cases.annotate(held=of_today).select_related("held__organisation", "held__owner")
    return held
