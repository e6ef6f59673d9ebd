"""On which days of a quarter a loan is subsidised, on how much, and why not on the others."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from itertools import accumulate, pairwise
from typing import NamedTuple

from loans.claims.quarter import Quarter
from loans.interest import DayCount
from loans.subsidy import Regime, subsidised_until

FOREVER = date.max


class Excluded(StrEnum):
    """Why the treasury doesn't help with some days; the words are in loans/claims/wording.py."""

    OVERDUE = "overdue"
    EXTENDED = "extended"
    SETTLED = "settled"
    MISUSED = "misused"
    YEARS_OVER = "years_over"
    COMPENSATED = "compensated"
    OTHER_LOAN = "other_loan"
    LOANS_OVER = "loans_over"


class Bar(NamedTuple):
    """Days [from_on, to_on) without a subsidy, whatever the balance does."""

    from_on: date
    to_on: date
    why: Excluded


class DaySegment(NamedTuple):
    """Days [from_on, to_on) with one balance, the part of it that is subsidised, and why the rest isn't ("")."""

    from_on: date
    to_on: date
    balance_fen: int
    subsidised_fen: int
    why: str


Steps = Sequence[tuple[date, int]]
"""Days and fen, in the order of the days."""


class LoanLife(NamedTuple):
    """What happened to one loan, as far as its claims ask. `due` and `repaid` are of principal alone."""

    amount_fen: int
    annual_rate_ppm: int
    lpr_ppm: int
    day_count: DayCount
    regime: Regime
    paid_on: date
    term_ends_on: date
    """Its maturity as it was agreed at first: an extension is never subsidised (银发〔2016〕202号)."""
    extended_to_on: date
    """Its maturity now."""
    due: Steps
    repaid: Steps
    bars: tuple[Bar, ...] = ()


def day_segments(life: LoanLife, quarter: Quarter) -> list[DaySegment]:
    """The days of the quarter since the payout, cut where anything changes. Empty where nothing was owed in it."""
    from_on, to_on = max(quarter.from_on, life.paid_on), quarter.to_on
    if from_on >= to_on:
        return []
    bars = _bars(life)
    cuts = _cuts(life, bars, from_on=from_on, to_on=to_on)
    if len(cuts) == 2:  # most loans most of the time
        only = _segment(life, bars, from_on, to_on, _until(life.due, from_on), _until(life.repaid, from_on))
        return [only] if only.balance_fen else []
    return _merged(life, bars, cuts)


def _merged(life: LoanLife, bars: Sequence[Bar], cuts: Sequence[date]) -> list[DaySegment]:
    found: list[DaySegment] = []
    due_on, due_fen = _summed(life.due)
    repaid_on, repaid_fen = _summed(life.repaid)
    for start_on, end_on in pairwise(cuts):
        due = due_fen[bisect_right(due_on, start_on)]
        repaid = repaid_fen[bisect_right(repaid_on, start_on)]
        segment = _segment(life, bars, start_on, end_on, due, repaid)
        if found and found[-1][2:] == segment[2:]:
            found[-1] = found[-1]._replace(to_on=end_on)
        else:
            found.append(segment)
    return found if any(one.balance_fen for one in found) else []


def _segment(
    life: LoanLife, bars: Sequence[Bar], from_on: date, to_on: date, due_fen: int, repaid_fen: int
) -> DaySegment:
    balance_fen = life.amount_fen - repaid_fen
    if balance_fen <= 0:
        return DaySegment(from_on, to_on, 0, 0, Excluded.SETTLED)
    for bar in bars:
        if bar.from_on <= from_on < bar.to_on:
            is_paid_for = bar.why == Excluded.COMPENSATED
            return DaySegment(from_on, to_on, 0 if is_paid_for else balance_fen, 0, bar.why)
    if from_on >= life.term_ends_on:
        why = Excluded.EXTENDED if from_on < life.extended_to_on else Excluded.OVERDUE
        return DaySegment(from_on, to_on, balance_fen, 0, why)
    late_fen = min(max(due_fen - repaid_fen, 0), balance_fen)
    return DaySegment(from_on, to_on, balance_fen, balance_fen - late_fen, Excluded.OVERDUE if late_fen else "")


def _bars(life: LoanLife) -> tuple[Bar, ...]:
    until = subsidised_until(life.regime, start_on=life.paid_on)
    return (*life.bars, Bar(until, FOREVER, Excluded.YEARS_OVER)) if until else life.bars


def _cuts(life: LoanLife, bars: Sequence[Bar], *, from_on: date, to_on: date) -> list[date]:
    days = {from_on, to_on, life.term_ends_on, life.extended_to_on}
    days.update(on for on, _fen in life.due)
    days.update(on for on, _fen in life.repaid)
    for bar in bars:
        days.update((bar.from_on, bar.to_on))
    return sorted(day for day in days if from_on <= day <= to_on)


def _until(steps: Steps, day: date) -> int:
    """The sum of what came by the end of the day."""
    return sum(fen for on, fen in steps if on <= day)


def _summed(steps: Steps) -> tuple[list[date], list[int]]:
    return [on for on, _fen in steps], list(accumulate((fen for _on, fen in steps), initial=0))
