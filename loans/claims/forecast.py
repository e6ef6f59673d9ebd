"""What the treasury will be asked for: the quarter that runs and the three after it, at least and likely."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Sum

from loans.claims import lives
from loans.claims.days import LoanLife
from loans.claims.figures import figures_of
from loans.claims.quarter import Quarter
from loans.claims.settlement import rhythm_of
from loans.models import GuaranteePool, Loan

QUARTERS = 4
# New loans are expected at the pace of so many days.
LOOKED_BACK = timedelta(days=182)


class Expected(NamedTuple):
    """One quarter: what today's loans cost if all of them are repaid as planned, and with new ones at today's pace."""

    quarter: Quarter
    least_fen: int
    likely_fen: int


class _Sum(NamedTuple):
    subsidy_fen: int
    fen_days: int


def forecast(pool: GuaranteePool, *, on: date) -> list[Expected]:
    """The quarter of that day and the next three.

    Likely adds loans as large as those of the last half-year together, evenly over time, as long as the pool can
    promise them, at what today's loans cost the treasury a day.
    """
    rhythm = rhythm_of(pool)
    quarters = [rhythm.quarter_of(on)]
    while len(quarters) < QUARTERS:
        quarters.append(rhythm.quarter_of(quarters[-1].to_on))
    loans = Loan.objects.filter(policy__programme=pool.programme_id, bank=pool.bank_id)
    sums = _sums(quarters, on=on, loans=[read.life for chunk in lives.chunks(loans, before=FAR) for read in chunk])
    recent = loans.paid_out().filter(disbursed_on__gt=on - LOOKED_BACK, disbursed_on__lte=on)
    lent_fen = recent.aggregate(total=Sum("amount_fen"))["total"] or 0
    expected = []
    for quarter, of_today in zip(quarters, sums, strict=True):
        days = (quarter.to_on - max(quarter.from_on, on)).days
        middle_days = (quarter.to_on - on).days - days // 2
        new_fen = min(lent_fen * middle_days // LOOKED_BACK.days, max(pool.headroom_fen, 0))
        first = sums[0]
        extra_fen = new_fen * days * first.subsidy_fen // first.fen_days if first.fen_days else 0
        expected.append(Expected(quarter, of_today.subsidy_fen, of_today.subsidy_fen + extra_fen))
    return expected


# Plans are read to their end.
FAR = date(9999, 1, 1)


def _sums(quarters: Sequence[Quarter], *, on: date, loans: Sequence[LoanLife]) -> list[_Sum]:
    sums = []
    for quarter in quarters:
        subsidy_fen = fen_days = 0
        for life in loans:
            for one in figures_of(_as_planned(life, on=on), quarter).segments:
                subsidy_fen += one.subsidy_fen
                fen_days += one.segment.subsidised_fen * one.days
        sums.append(_Sum(subsidy_fen, fen_days))
    return sums


def _as_planned(life: LoanLife, *, on: date) -> LoanLife:
    """As if everything that falls due from now on were repaid on its day."""
    to_come = [(due_on, fen) for due_on, fen in life.due if due_on > on]
    return life._replace(repaid=[*life.repaid, *to_come]) if to_come else life
