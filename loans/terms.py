"""The terms of a loan, from which its schedule follows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date
from enum import StrEnum
from typing import NamedTuple

from loans.due_dates import Frequency, add_months
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
    rate_changes: tuple[RateChange, ...] = ()
    prepayments: tuple[Prepayment, ...] = ()

    def __post_init__(self) -> None:
        for code in _faults(self):
            raise BadTerms(code)

    @property
    def maturity_on(self) -> date:
        """The day on which the last instalment falls due."""
        return add_months(self.start_on, self.periods * Frequency(self.frequency).months)


def periods_of_months(months: int, frequency: Frequency) -> int:
    """The term of so many months in instalments of that frequency. Raises BadTerms."""
    periods, rest = divmod(months, Frequency(frequency).months)
    if rest:
        raise BadTerms("term_not_whole_quarters")
    return periods


def _faults(terms: Terms) -> Iterator[str]:
    """Codes of what is wrong, in the order in which later checks need earlier ones to hold."""
    if not 0 < terms.principal_fen <= LARGEST_FEN:
        yield "principal_out_of_range"
    if not _is_rate(terms.annual_rate_ppm):
        yield "rate_out_of_range"
    if not 0 < terms.periods <= PERIODS_MAX:
        yield "periods_out_of_range"
    if terms.start_on.year + terms.periods * Frequency(terms.frequency).months // 12 >= MAXYEAR:
        yield "term_ends_too_late"
    if not 0 <= terms.grace < terms.periods:
        yield "grace_leaves_no_instalment"
    if terms.settlement_day is not None and not 1 <= terms.settlement_day <= 31:
        yield "settlement_day_out_of_range"
    yield from _faults_of_the_instalment(terms)
    if terms.rate_changes or terms.prepayments:
        yield from _faults_of_the_changes(terms)


def _faults_of_the_instalment(terms: Terms) -> Iterator[str]:
    if terms.instalment_unit_fen < 1:
        yield "instalment_unit_out_of_range"
    if terms.instalment_fen is None:
        return
    if terms.method != Method.EQUAL_INSTALMENT:
        yield "instalment_needs_equal_instalments"
    if terms.instalment_fen < 1:
        yield "instalment_below_interest"


def _faults_of_the_changes(terms: Terms) -> Iterator[str]:
    if not all(_is_rate(change.annual_rate_ppm) for change in terms.rate_changes):
        yield "rate_out_of_range"
    if not all(terms.start_on <= change.on < terms.maturity_on for change in terms.rate_changes):
        yield "rate_change_outside_term"
    if _repeats([change.on for change in terms.rate_changes]):
        yield "rate_change_repeats"
    if not all(prepayment.amount_fen > 0 for prepayment in terms.prepayments):
        yield "prepayment_not_positive"
    if not all(terms.start_on < prepayment.on < terms.maturity_on for prepayment in terms.prepayments):
        yield "prepayment_outside_term"
    if _repeats([prepayment.on for prepayment in terms.prepayments]):
        yield "prepayment_repeats"


def _is_rate(annual_rate_ppm: int) -> bool:
    return 0 <= annual_rate_ppm <= PPM_WHOLE


def _repeats(days: Sequence[date]) -> bool:
    return len(set(days)) < len(days)
