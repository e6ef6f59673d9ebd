"""Until when each office does its part of a claim: three working days, three, and five, by records/clock.py."""

from datetime import date
from typing import NamedTuple

from django.utils import timezone

from accounts.calendars import calendar_in_force
from accounts.models import Organisation
from accounts.working_days import Calendar
from loans.models import SubsidyClaim
from loans.models.claim import WITH_THE_BANK, ClaimState
from records import clock
from records.clock import Reading

# 申报 after the interest date; 意见 after the claim came; 审核、拨付 after the opinion.
BANK_DAYS, GUARANTOR_DAYS, FINANCE_DAYS = 3, 3, 5


class ClaimClock(NamedTuple):
    """Whose turn it is, and how long still."""

    office: Organisation
    reading: Reading


def bank_due_on(interest_on: date, *, calendar: Calendar | None = None) -> date:
    """The last day on which the bank hands in the claim in time."""
    return (calendar or calendar_in_force()).nth_working_day_after(interest_on, BANK_DAYS)


def clock_of(claim: SubsidyClaim, *, today: date, calendar: Calendar | None = None) -> ClaimClock:
    """The clock of whoever holds the claim now; of a paid one the treasury's, as it stopped."""
    rows = list(claim.log.all())
    calendar = calendar or calendar_in_force()
    last = rows[-1] if rows else None
    if claim.state in WITH_THE_BANK:
        started_on = timezone.localdate(last.at) if last else claim.to_on - date.resolution
        return ClaimClock(claim.pool.bank, _read(started_on, BANK_DAYS, calendar, today))
    assert last is not None
    if claim.state == ClaimState.SUBMITTED:
        return ClaimClock(claim.pool.guarantor, _read(timezone.localdate(last.at), GUARANTOR_DAYS, calendar, today))
    opined_on = next(timezone.localdate(row.at) for row in reversed(rows) if row.move == "opine")
    return ClaimClock(claim.pool.finance, _read(opined_on, FINANCE_DAYS, calendar, today, stopped_on=claim.paid_on))


def _read(started_on: date, days: int, calendar: Calendar, today: date, *, stopped_on: date | None = None) -> Reading:
    return clock.read(
        started_on=started_on, days=days, pauses=(), calendar=calendar, today=today, stopped_on=stopped_on
    )
