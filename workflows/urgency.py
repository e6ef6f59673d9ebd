"""How urgent a case is, as columns of a query: its group, the day that orders it there, and its place in the list.

The groups come in the order in which they burn: what somebody says isn't hers; overdue longest, due today, due within
three days, later; then what stands still, what hasn't begun, and last what is over, newest first.
"""

from datetime import date
from typing import Any, NamedTuple, Self

from django.db.models import Case, DateField, IntegerChoices, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from workflows.models.application import ApplicationQuerySet
from workflows.states import FINAL, State

# Working days, today among them: what falls due in them is about to burn.
SOON_DAYS = 3
IS_OVER = Q(state__in=[str(state) for state in FINAL])


class Group(IntegerChoices):
    """The number is its place in the list."""

    FROZEN = 0, _("有人说不是她办的，先核实")
    OVERDUE = 1, _("已超期")
    TODAY = 2, _("今天到期")
    SOON = 3, _("3 天内")
    LATER = 4, _("以后")
    PAUSED = 5, _("已暂停")
    NOT_STARTED = 6, _("未起算")
    ENDED = 7, _("已办结")


class Key(NamedTuple):
    """Where a case stands in the list: its group, the day that orders it there, and its id."""

    group: int
    on: date
    pk: int

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The key out of an address; None where it is none."""
        group, _dot, rest = text.partition(".")
        on, _dot, pk = rest.partition(".")
        try:
            return cls(int(group), date.fromisoformat(on), int(pk))
        except ValueError:
            return None

    @classmethod
    def of(cls, case: Any) -> Self:
        """The key of a case that was read with `keyed`."""
        return cls(case.group, case.sort_on, case.pk)

    def __str__(self) -> str:
        return f"{self.group}.{self.on.isoformat()}.{self.pk}"


def keyed(cases: ApplicationQuerySet, *, today: date, soon_on: date) -> QuerySet[Any]:
    """The cases with `group` and `sort_on`, in their order. `soon_on` is the last day of the group SOON."""
    group = Case(
        When(IS_OVER, then=Value(Group.ENDED)),
        When(state=str(State.FROZEN), then=Value(Group.FROZEN)),
        When(due_on__lt=today, then=Value(Group.OVERDUE)),
        When(due_on=today, then=Value(Group.TODAY)),
        When(due_on__lte=soon_on, then=Value(Group.SOON)),
        When(due_on__isnull=False, then=Value(Group.LATER)),
        When(promise_started_on__isnull=False, then=Value(Group.PAUSED)),
        default=Value(Group.NOT_STARTED),
        output_field=IntegerField(),
    )
    sort_on = Case(
        When(IS_OVER, then=Coalesce("ended_on", Value(date.min))),
        default=Coalesce("due_on", "promise_started_on", "stage_due_on", Value(date.max)),
        output_field=DateField(),
    )
    # Open cases by the day; what is over has no day of its own here and is ordered by the next column, backwards.
    open_on = Case(When(IS_OVER, then=Value(date.min)), default="sort_on", output_field=DateField())
    return cases.annotate(group=group, sort_on=sort_on).order_by("group", open_on, "-sort_on", "pk")


def beyond(key: Key, *, backwards: bool) -> Q:
    """The rows after the key, or before it where the list is read backwards."""
    is_ascending = (key.group != Group.ENDED) is not backwards
    step = "lt" if backwards else "gt"
    day = "gt" if is_ascending else "lt"
    in_group = Q((f"sort_on__{day}", key.on)) | Q(("sort_on", key.on), (f"pk__{step}", key.pk))
    return Q((f"group__{step}", key.group)) | Q(("group", key.group)) & in_group
