"""What a list of cases is narrowed by: the same conditions for the offices' pages, their files and the API."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from workflows.states import HERS_ALONE, State
from workflows.urgency import IS_OVER

STAGES: Final = [(state.value, state.label) for state in State if state not in HERS_ALONE]
IS_PAUSED: Final = ~IS_OVER & Q(promise_started_on__isnull=False, due_on__isnull=True)


class Due(TextChoices):
    """When the promise runs out; `soon` is within three working days, today among them."""

    OVERDUE = "overdue", _("已超期")
    TODAY = "today", _("今天")
    SOON = "soon", _("3 天内")
    PAUSED = "paused", _("已暂停")


class Amount(TextChoices):
    """How much she asks for."""

    SMALL = "under_30000", _("不到 3 万元")
    MIDDLE = "30000_to_50000", _("3 万到 5 万元")
    LARGE = "over_50000", _("5 万元以上")


_AMOUNTS: Final[Mapping[str, Q]] = {
    Amount.SMALL: Q(amount_fen__lt=3_000_000),
    Amount.MIDDLE: Q(amount_fen__gte=3_000_000, amount_fen__lte=5_000_000),
    Amount.LARGE: Q(amount_fen__gt=5_000_000),
}


def condition(given: Mapping[str, str], *, today: date, soon_on: date) -> Q:
    """Every condition that was given a value, together. `soon_on` is the last of the days that are about to burn."""
    due = {
        Due.OVERDUE: ~IS_OVER & Q(due_on__lt=today),
        Due.TODAY: ~IS_OVER & Q(due_on=today),
        Due.SOON: ~IS_OVER & Q(due_on__gte=today, due_on__lte=soon_on),
        Due.PAUSED: IS_PAUSED,
    }
    meanings: dict[str, Callable[[str], Q]] = {
        "find": lambda text: Q(number__iexact=text) | Q(applicant__full_name__icontains=text),
        "town": lambda code: Q(applicant__village__parent=code),
        "stage": lambda state: Q(state=state),
        "due": lambda when: due[Due(when)],
        "amount": lambda band: _AMOUNTS[band],
        "project": lambda kind: Q(applicant__business__project_type=kind),
        "source": lambda who: Q(came_by=who),
    }
    together = Q()
    for name, meaning in meanings.items():
        if given.get(name):
            together &= meaning(given[name])
    return together
