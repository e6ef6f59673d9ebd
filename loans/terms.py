"""The terms of a loan, from which its schedule follows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date
from enum import StrEnum
from typing import NamedTuple

from loans.due_dates import Frequency, RestDays, add_months
from loans.interest import DayCount
from loans.money import LARGEST_FEN, PPM_WHOLE
from loans.rounding import Rounding

PERIODS_MAX = 1_200


class Method(StrEnum):
    """How principal is repaid."""

    EQUAL_INSTALMENT = "equal_instalment"
    """等额本息: the same payment each time."""
    EQUAL_PRINCIPAL = "equal_principal"
    """等额本金: the same principal each time."""
    INTEREST_ONLY = "interest_only"
    """先息后本: interest each time, the principal at the end."""


class Effect(StrEnum):
    """What a prepayment changes: how long she pays, or how much each time."""

    SHORTEN = "shorten"
    REDUCE = "reduce"


class RateChange(NamedTuple):
    """From `on`, that day included, interest runs at the new rate."""

    on: date
    annual_rate_ppm: int


class Prepayment(NamedTuple):
    """Principal repaid on a day, over and above what is due."""

    on: date
    amount_fen: int
    effect: Effect


class BadTerms(ValueError):
    """Terms from which no schedule follows. `code` says why; the words are in loans/wording.py."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed. Raises BadTerms.

    `periods` is the term in months or quarters (`frequency`), and the number of instalments where no
    settlement day cuts the first one short. `grace`: so many first instalments are interest only, inside the
    term. `instalment_unit_fen`: the regular payment (or the regular principal of 等额本金) is a multiple of
    it. `instalment_fen`: a payment that was agreed in place of the computed one, 等额本息 only.
    """

    principal_fen: int
    annual_rate_ppm: int
    start_on: date
    periods: int
    method: Method
    frequency: Frequency = Frequency.MONTHLY
    day_count: DayCount = DayCount.THIRTY_360
    rounding: Rounding = Rounding.HALF_UP
    instalment_unit_fen: int = 1
    instalment_fen: int | None = None
    grace: int = 0
    settlement_day: int | None = None
    rest_days: RestDays | None = None
    rate_changes: tuple[RateChange, ...] = ()
    prepayments: tuple[Prepayment, ...] = ()

    def __post_init__(self) -> None:
        code = _fault_of_the_length(self) or _fault_of_the_amounts(self)
        if code is None and (self.rate_changes or self.prepayments):
            code = next(_faults_of_the_changes(self), None)
        if code is not None:
            raise BadTerms(code)

    @property
    def maturity_on(self) -> date:
        """The day on which the last instalment falls due."""
        matures_on = add_months(self.start_on, self.periods * Frequency(self.frequency).months)
        return self.rest_days.moved(matures_on) if self.rest_days else matures_on


def periods_of_months(months: int, frequency: Frequency) -> int:
    """The term of so many months in instalments of that frequency. Raises BadTerms."""
    periods, rest = divmod(months, Frequency(frequency).months)
    if rest:
        raise BadTerms("term_not_whole_quarters")
    return periods


def _fault_of_the_length(terms: Terms) -> str | None:
    if not 0 < terms.periods <= PERIODS_MAX:
        return "periods_out_of_range"
    months = 3 if terms.frequency == Frequency.QUARTERLY else 1
    if terms.start_on.year + terms.periods * months // 12 >= MAXYEAR:
        return "term_ends_too_late"
    if not 0 <= terms.grace < terms.periods:
        return "grace_leaves_no_instalment"
    if terms.settlement_day is not None and not 1 <= terms.settlement_day <= 31:
        return "settlement_day_out_of_range"
    return None


def _fault_of_the_amounts(terms: Terms) -> str | None:
    if not 0 < terms.principal_fen <= LARGEST_FEN:
        return "principal_out_of_range"
    if not 0 <= terms.annual_rate_ppm <= PPM_WHOLE:
        return "rate_out_of_range"
    if terms.instalment_unit_fen < 1:
        return "instalment_unit_out_of_range"
    if terms.instalment_fen is None:
        return None
    if terms.method != Method.EQUAL_INSTALMENT:
        return "instalment_needs_equal_instalments"
    return "instalment_below_interest" if terms.instalment_fen < 1 else None


def _faults_of_the_changes(terms: Terms) -> Iterator[str]:
    maturity_on = terms.maturity_on
    if not all(0 <= change.annual_rate_ppm <= PPM_WHOLE for change in terms.rate_changes):
        yield "rate_out_of_range"
    if not all(terms.start_on <= change.on < maturity_on for change in terms.rate_changes):
        yield "rate_change_outside_term"
    if _repeats([change.on for change in terms.rate_changes]):
        yield "rate_change_repeats"
    if not all(prepayment.amount_fen > 0 for prepayment in terms.prepayments):
        yield "prepayment_not_positive"
    if not all(terms.start_on < prepayment.on < maturity_on for prepayment in terms.prepayments):
        yield "prepayment_outside_term"
    if _repeats([prepayment.on for prepayment in terms.prepayments]):
        yield "prepayment_repeats"


def _repeats(days: Sequence[date]) -> bool:
    return len(set(days)) < len(days)
