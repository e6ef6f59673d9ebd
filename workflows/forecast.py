"""What she may expect, from what happened: how soon the last cases of the programme had their money."""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.calendars import calendar_in_force
from accounts.working_days import Calendar
from loans.models import Programme
from workflows.models import Application, ApplicationTransition
from workflows.states import State

# So many of the last are looked at; of fewer than ENOUGH nothing is said, for a handful foretells nothing.
LAST: Final = 50
ENOUGH: Final = 20
# The days within which nine of ten had it: a figure that one fast case can't make.
OF_A_HUNDRED: Final = 90


class Forecast(NamedTuple):
    """Of `cases`, `within` had the money within so many working days after acceptance."""

    cases: int
    within: int
    days: int


def in_words(programme: Programme) -> str:
    """「最近 50 件，45 件受理后 6 个工作日内到账。」; "" while there are too few to say."""
    found = forecast(programme)
    if found is None:
        return ""
    return (
        _("最近 %(cases)s 件，%(within)s 件受理后 %(days)s 个工作日内到账，等她们补材料、签字的日子也算在内。")
        % found._asdict()
    )


def forecast(programme: Programme) -> Forecast | None:
    """Days in which the office waited for her count too: she waited as well."""
    accepted = ApplicationTransition.objects.filter(subject=OuterRef("pk"), move="accept").order_by("version")
    paid = Application.objects.filter(programme=programme, state=State.DISBURSED, loan__disbursed_on__isnull=False)
    last = paid.annotate(accepted_at=Subquery(accepted.values("at")[:1])).order_by("-loan__disbursed_on", "-pk")
    spans = [
        (timezone.localdate(accepted_at), disbursed_on)
        for accepted_at, disbursed_on in last.values_list("accepted_at", "loan__disbursed_on")[:LAST]
        if disbursed_on is not None
    ]
    return of_spans(spans, calendar=calendar_in_force()) if len(spans) >= ENOUGH else None


def of_spans(spans: Sequence[tuple[date, date]], *, calendar: Calendar) -> Forecast:
    """From the days of acceptance and of the money. The day of acceptance isn't counted."""
    waited = sorted(calendar.count_between(accepted, paid) for accepted, paid in spans)
    days = waited[-(-len(waited) * OF_A_HUNDRED // 100) - 1]
    return Forecast(len(waited), sum(one <= days for one in waited), days)
