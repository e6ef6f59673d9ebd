"""Where a loan stands on a day: its repayment events told again in the order of their value dates.

Nothing is stored that could drift. The order in which events were recorded doesn't matter, and a reversed event
leaves no trace.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from loans.accrual import Accrual
from loans.interest import DayCount, days_of_year
from loans.loan_events import BadEvents, Event, EventKind, standing
from loans.penalty import LateCharges, ServicingTerms
from loans.position import Allocation, Applied, Position
from loans.rounding import Rounding
from loans.running_account import RunningAccount
from loans.schedule import Row
from loans.subsidy import SubsidyTerms

__all__ = ["Allocation", "Applied", "BadEvents", "Event", "EventKind", "Position", "ServicingTerms", "replay"]

_AS_BEFORE = ServicingTerms()


def replay(
    *,
    schedule_rows: Sequence[Row],
    annual_rate_ppm: int,
    day_count: DayCount,
    start_on: date,
    events: Iterable[Event],
    on: date,
    subsidy_terms: SubsidyTerms | None = None,
    subsidy_ends_on: date | None = None,
    servicing_terms: ServicingTerms = _AS_BEFORE,
    rounding: Rounding = Rounding.HALF_UP,
) -> Position:
    """Where the loan stands at the end of `on`, by the events known with a value date up to it.

    Interest runs on the actual balance and falls due on the schedule's due dates, after the last of them every day.
    A repayment pays penalty and interest due, in the order of the terms, then principal: the oldest instalment due
    first, then principal not yet due. One that could repay all makes the interest run up to that day due (利随本清).
    Shortly before a due date it waits for what falls due then, unless it is meant to repay early. From
    `subsidy_ends_on` nothing is subsidised. Raises BadEvents.
    """
    account = RunningAccount(
        schedule_rows,
        Accrual(
            start_on=start_on,
            due_dates=_interest_dates(schedule_rows),
            annual_rate_ppm=annual_rate_ppm,
            day_count=day_count,
            subsidy_terms=subsidy_terms,
            subsidy_ends_on=subsidy_ends_on,
            rounding=rounding,
        ),
        LateCharges(
            servicing_terms, annual_rate_ppm=annual_rate_ppm, day_base=days_of_year(day_count), rounding=rounding
        ),
        servicing_terms,
    )
    counted = standing(events, start_on=start_on, on=on)
    days = {event.value_on for event in counted} | {row.due_on for row in schedule_rows} | {on}
    for day in sorted(day for day in days if start_on <= day <= on):
        account.pass_to(day)
        for event in counted:
            if event.value_on == day:
                account.book(event)
    return account.position(on)


def _interest_dates(schedule_rows: Sequence[Row]) -> tuple[date, ...]:
    """A row without interest is a prepayment between two due dates: no interest falls due on its day."""
    return tuple(row.due_on for row in schedule_rows if row.interest_fen or row is schedule_rows[-1])
