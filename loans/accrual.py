"""Interest that runs up on an actual balance day by day, and falls due on its dates."""

from collections.abc import Sequence
from copy import copy
from datetime import date
from typing import NamedTuple

from loans.interest import DayCount, Period, Segment, days_between, days_of_year
from loans.money import PPM_WHOLE
from loans.rounding import Rounding, rounded
from loans.subsidy import SubsidyPayment, SubsidyTerms, subsidised_until, treasury_weight


class Charge(NamedTuple):
    """Interest that fell due from the borrower on a day."""

    due_on: date
    amount_fen: int


class Accrual:
    """Interest of one loan from its start. It is rounded once a period, however many events fall into it."""

    def __init__(
        self,
        *,
        start_on: date,
        due_dates: Sequence[date],
        annual_rate_ppm: int,
        day_count: DayCount,
        subsidy_terms: SubsidyTerms | None,
        subsidy_ends_on: date | None = None,
        rounding: Rounding,
    ) -> None:
        self.since_on = start_on
        self.charges: list[Charge] = []
        self.due_fen = 0
        self.subsidy_fen = 0
        self._segments: list[Segment] = []
        self._due_dates = list(due_dates)
        self._annual_rate_ppm = annual_rate_ppm
        self._day_count = day_count
        self._subsidy_terms = subsidy_terms
        ends = [subsidised_until(subsidy_terms.regime, start_on=start_on) if subsidy_terms else None, subsidy_ends_on]
        self._subsidised_until = min((end for end in ends if end is not None), default=None)
        self._rounding = rounding
        self._ends_on: date | None
        self._period: Period
        self._weight: int
        self._subsidised_weight: int
        self._charged_fen: int
        self._claimed_fen: int
        self._open_period()

    @property
    def segments(self) -> tuple[Segment, ...]:
        """Days on which a balance stood, as far as interest has run."""
        return tuple(self._segments)

    @property
    def not_yet_due_fen(self) -> int:
        """Hers, run up in the open period."""
        return self._run_up()[0] - self._charged_fen

    def run_to(self, day: date, *, balance_fen: int, subsidised_fen: int) -> None:
        """Count the days since the last call on one balance. No due date may lie between the two."""
        assert self._ends_on is None or day <= self._ends_on, (day, self._ends_on)
        until = self._subsidised_until
        if until is not None and self.since_on < until < day:
            self._count(until, balance_fen, subsidised_fen)
        self._count(day, balance_fen, subsidised_fen if until is None or day <= until else 0)
        if self._ends_on is None or day == self._ends_on:
            self.make_due()
        if day == self._ends_on:
            self._open_period()

    def make_due(self) -> None:
        """What has run up falls due today: at the end of a period, after maturity, at an early pay-off."""
        hers_fen, treasurys_fen = self._run_up()
        if hers_fen != self._charged_fen:
            self.charges.append(Charge(self.since_on, hers_fen - self._charged_fen))
        self.due_fen += hers_fen - self._charged_fen
        self.subsidy_fen += treasurys_fen - self._claimed_fen
        self._charged_fen, self._claimed_fen = hers_fen, treasurys_fen

    def to_come_fen(self, day: date, *, balance_fen: int, subsidised_fen: int) -> int:
        """Hers that will fall due on `day`, the end of the open period, on one balance; 0 where no interest does."""
        if day != self._ends_on:
            return 0
        ahead = copy(self)
        ahead.charges, ahead._segments, ahead._due_dates = [], [], self._due_dates[:]
        ahead.run_to(day, balance_fen=balance_fen, subsidised_fen=subsidised_fen)
        return ahead.due_fen - self.due_fen

    def _open_period(self) -> None:
        self._weight = self._subsidised_weight = self._charged_fen = self._claimed_fen = 0
        self._ends_on = self._due_dates.pop(0) if self._due_dates else None
        if self._ends_on is None:
            # After maturity there is no period to take a share of: counted days are added up one by one.
            self._period = Period(counted_days=1, calendar_days=1, day_base=days_of_year(self._day_count))
        else:
            self._period = Period.between(self.since_on, self._ends_on, self._day_count)

    def _count(self, day: date, balance_fen: int, subsidised_fen: int) -> None:
        if day <= self.since_on:
            return
        if self._ends_on is None:
            days = days_between(self.since_on, day, self._day_count)
        else:
            days = (day - self.since_on).days
        self._weight += balance_fen * self._annual_rate_ppm * days
        if self._subsidy_terms:
            self._subsidised_weight += days * treasury_weight(
                subsidised_fen,
                annual_rate_ppm=self._annual_rate_ppm,
                lpr_ppm=self._subsidy_terms.lpr_ppm,
                regime=self._subsidy_terms.regime,
            )
        if balance_fen:
            self._segments.append(Segment(self.since_on, day, balance_fen, subsidised_fen))
        self.since_on = day

    def _run_up(self) -> tuple[int, int]:
        """The borrower's and the treasury's part of the open period's interest so far, due or not."""
        interest_fen = self._rounded(*self._period.ratio(self._weight))
        numerator, denominator = self._period.ratio(self._subsidised_weight)
        treasurys_fen = self._rounded(numerator, denominator * PPM_WHOLE)
        if self._subsidy_terms and self._subsidy_terms.payment == SubsidyPayment.WAIVED:
            return interest_fen - treasurys_fen, treasurys_fen
        return interest_fen, treasurys_fen

    def _rounded(self, numerator: int, denominator: int) -> int:
        return rounded(numerator, denominator, self._rounding)
