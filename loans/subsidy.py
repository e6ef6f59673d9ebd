"""Interest subsidy: who pays how much of a loan's interest. A regime is a row of figures, never a branch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from loans.due_dates import add_months
from loans.interest import DayCount, Period, Segment, days_between
from loans.money import PPM_WHOLE
from loans.rounding import Rounding, rounded


class Regime(StrEnum):
    """The regime in force on the day of the contract; REGIMES has its figures."""

    FULL = "A"
    LPR_FLOOR = "B"
    HALF = "C"
    TIERED = "D"
    TIERED_OTHERS = "D2"
    TWO_YEARS = "E"


class SubsidyPayment(StrEnum):
    """Which way the treasury's part goes."""

    REFUND = "refund"
    """先付后贴: she pays all interest, the treasury pays its part back to her."""
    WAIVED = "waived"
    """The bank doesn't charge her the treasury's part and claims it."""


class SubsidyTerms(NamedTuple):
    """What a loan's contract day fixed about its subsidy."""

    regime: Regime
    lpr_ppm: int
    payment: SubsidyPayment


@dataclass(frozen=True, slots=True)
class Tier:
    """What the treasury bears on the slice of a balance that ends at `up_to_fen` (None: no end)."""

    share_ppm: int
    """Its share of the interest that the borrower doesn't bear alone."""
    up_to_fen: int | None = None
    borrower_bears_lpr_less_ppm: int | None = None
    """The borrower alone bears interest up to LPR less this margin; None: she bears none alone."""


@dataclass(frozen=True, slots=True)
class RegimeFigures:
    """Slices from the first fen up, and for how many months the treasury pays (None: the whole term)."""

    tiers: tuple[Tier, ...]
    months: int | None = None


_HALF_PPM = PPM_WHOLE // 2
_LPR_LESS_150_BP = 15_000

REGIMES: dict[Regime, RegimeFigures] = {
    # 财金〔2009〕72号: all contract interest in term.
    Regime.FULL: RegimeFigures((Tier(PPM_WHOLE),)),
    # 财金〔2020〕21号: contracts from 2021-01-01, the borrower bears the part below LPR − 150 BP.
    Regime.LPR_FLOOR: RegimeFigures((Tier(PPM_WHOLE, borrower_bears_lpr_less_ppm=_LPR_LESS_150_BP),)),
    # 财金〔2023〕75号: half of the contract rate.
    Regime.HALF: RegimeFigures((Tier(_HALF_PPM),)),
    # A prefecture's tiers for the groups that the national rules name …
    Regime.TIERED: RegimeFigures(
        (
            Tier(PPM_WHOLE, up_to_fen=15_000_000),
            Tier(PPM_WHOLE, up_to_fen=30_000_000, borrower_bears_lpr_less_ppm=_LPR_LESS_150_BP),
            Tier(_HALF_PPM),
        )
    ),
    # … and for others half of each.
    Regime.TIERED_OTHERS: RegimeFigures(
        (
            Tier(_HALF_PPM, up_to_fen=15_000_000),
            Tier(_HALF_PPM, up_to_fen=30_000_000, borrower_bears_lpr_less_ppm=_LPR_LESS_150_BP),
            Tier(_HALF_PPM // 2),
        )
    ),
    # A zone's rule of 2023: nothing in the third year.
    Regime.TWO_YEARS: RegimeFigures((Tier(PPM_WHOLE),), months=24),
}


class SubsidySplit(NamedTuple):
    """The interest of some days, and who bears it. `borrower_fen` + `subsidy_fen` = `interest_fen` always."""

    days: int
    """Days with a subsidy."""
    interest_fen: int
    subsidy_fen: int
    borrower_fen: int


def subsidy(
    segments: Sequence[Segment],
    *,
    annual_rate_ppm: int,
    lpr_ppm: int,
    regime: Regime,
    day_count: DayCount,
    rounding: Rounding = Rounding.HALF_UP,
) -> SubsidySplit:
    """Split the interest of one interest period, given as segments that follow each other without a gap.

    Interest and subsidy are each rounded once for the period; what the borrower bears is the rest. Extended
    or overdue balance must stand in `balance_fen` and not in `subsidised_fen`.
    """
    if not segments:
        return SubsidySplit(0, 0, 0, 0)
    period = Period.between(segments[0].from_on, segments[-1].to_on, day_count)
    weight = subsidised_weight = 0
    for segment in segments:
        days = (segment.to_on - segment.from_on).days
        weight += segment.balance_fen * annual_rate_ppm * days
        subsidised_weight += days * treasury_weight(
            segment.subsidised_fen, annual_rate_ppm=annual_rate_ppm, lpr_ppm=lpr_ppm, regime=regime
        )
    interest = rounded(*period.ratio(weight), rounding)
    numerator, denominator = period.ratio(subsidised_weight)
    subsidy_fen = rounded(numerator, denominator * PPM_WHOLE, rounding)
    return SubsidySplit(_subsidised_days(segments, day_count), interest, subsidy_fen, interest - subsidy_fen)


def treasury_weight(balance_fen: int, *, annual_rate_ppm: int, lpr_ppm: int, regime: Regime) -> int:
    """One day's Σ fen of a slice × rate that the treasury helps with, in ppm × its share of it, in ppm."""
    weight = slice_from_fen = 0
    for tier in REGIMES[regime].tiers:
        slice_to_fen = balance_fen if tier.up_to_fen is None else min(balance_fen, tier.up_to_fen)
        margin_ppm = tier.borrower_bears_lpr_less_ppm
        hers_alone_ppm = 0 if margin_ppm is None else max(0, lpr_ppm - margin_ppm)
        helped_ppm = max(0, annual_rate_ppm - hers_alone_ppm)
        weight += max(0, slice_to_fen - slice_from_fen) * helped_ppm * tier.share_ppm
        slice_from_fen = slice_to_fen
    return weight


def subsidised_until(regime: Regime, *, start_on: date) -> date | None:
    """The first day without a subsidy for a loan paid out on `start_on`; None: the regime lasts the term."""
    months = REGIMES[regime].months
    return None if months is None else add_months(start_on, months)


def without_unsubsidised_years(segments: Sequence[Segment], *, regime: Regime, start_on: date) -> tuple[Segment, ...]:
    """The same segments, with no part to subsidise once the regime's months since `start_on` are over."""
    end_on = subsidised_until(regime, start_on=start_on)
    if end_on is None:
        return tuple(segments)
    cut: list[Segment] = []
    for segment in segments:
        if segment.from_on < end_on < segment.to_on:
            cut += [segment._replace(to_on=end_on), segment._replace(from_on=end_on, subsidised_fen=0)]
        elif segment.from_on >= end_on:
            cut.append(segment._replace(subsidised_fen=0))
        else:
            cut.append(segment)
    return tuple(cut)


def _subsidised_days(segments: Sequence[Segment], day_count: DayCount) -> int:
    """Days of each unbroken run, so that a change of balance inside a 30-day month takes no day away."""
    days = 0
    for is_subsidised, run in groupby(segments, key=lambda segment: segment.subsidised_fen > 0):
        stretch = tuple(run)
        if is_subsidised:
            days += days_between(stretch[0].from_on, stretch[-1].to_on, day_count)
    return days
