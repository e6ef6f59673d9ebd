"""How a balance goes down from due date to due date: the engine under a schedule."""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from loans.due_dates import due_dates
from loans.instalment import level_instalment
from loans.interest import Period, days_between, days_of_year
from loans.money import PPM_WHOLE
from loans.rounding import rounded
from loans.terms import BadTerms, Effect, Method, Prepayment, RateChange, Terms

Step = tuple[date, int, int]
"""What is paid on one day: the day, principal fen, interest fen."""

Ratio = tuple[int, int]
"""An exact amount of interest in fen, as numerator and denominator, until it is rounded once."""


class Amortisation:
    """One walk through the periods of a loan, from the whole principal to none."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._due_dates = due_dates(
            terms.start_on,
            periods=terms.periods,
            frequency=terms.frequency,
            settlement_day=terms.settlement_day,
        )
        self._starts = (terms.start_on, *self._due_dates)
        self._days = [days_between(*period, terms.day_count) for period in pairwise(self._starts)]
        self._ppm_days = PPM_WHOLE * days_of_year(terms.day_count)
        # On one day the prepayment comes first: it belongs to the period that ends, the new rate to the next.
        changes: list[Prepayment | RateChange] = [*terms.prepayments, *terms.rate_changes]
        self._changes = sorted(changes, key=lambda change: (change.on, isinstance(change, RateChange)))
        self._balance_fen = terms.principal_fen
        self._annual_rate_ppm = terms.annual_rate_ppm
        self._agreed_fen = terms.instalment_fen
        # What stays the same each time: the payment of 等额本息, the principal of 等额本金.
        self._regular_fen = 0
        self._is_regular_stale = True
        # Two periods by index: the end of the term, and the one by which a coarse payment has repaid all.
        self._end_of_term = self._last = len(self._due_dates) - 1
        self._is_end_stale = False

    def steps(self) -> Iterator[Step]:
        """Every due date and every prepayment between two, in order. Raises BadTerms. Can be walked once."""
        # Planned before the first day, so that a prepayment in the first period has an instalment to keep.
        self._plan_anew(0, self._interest(0, self._balance_fen))
        index = 0
        while index <= self._last:
            until = self._index_of_next_change(index)
            yield from self._steps_to_plan(index, until)
            if until <= self._last:
                yield from self._steps_with_changes(until)
            index = until + 1
        if any(isinstance(change, Prepayment) for change in self._changes):
            raise BadTerms("prepayment_exceeds_balance")

    def _index_of_next_change(self, index: int) -> int:
        """The period, from `index` on, that isn't over when the next change comes."""
        if not self._changes:
            return len(self._due_dates)
        return max(index, bisect_left(self._due_dates, self._changes[0].on))

    def _steps_to_plan(self, first: int, until: int) -> Iterator[Step]:
        """The periods before `until`, in which nothing changes."""
        if first == until:
            return
        self._plan_anew(first, self._interest(first, self._balance_fen))
        rate_ppm, ppm_days, rounding = self._annual_rate_ppm, self._ppm_days, self._terms.rounding
        for index in range(first, min(until, self._last + 1)):
            interest_fen = rounded(self._balance_fen * rate_ppm * self._days[index], ppm_days, rounding)
            principal_fen = self._principal_fen(index, interest_fen)
            self._balance_fen -= principal_fen
            yield self._due_dates[index], principal_fen, interest_fen

    def _steps_with_changes(self, index: int) -> Iterator[Step]:
        """Interest counts on what stood day by day and is due at the end, or with the last of the principal."""
        since_on, due_on = self._starts[index], self._due_dates[index]
        period = Period.between(since_on, due_on, self._terms.day_count)
        weight = 0
        while self._changes and self._changes[0].on < due_on:
            change = self._changes.pop(0)
            weight += self._balance_fen * self._annual_rate_ppm * (change.on - since_on).days
            since_on = change.on
            if isinstance(change, RateChange):
                self._annual_rate_ppm = change.annual_rate_ppm
                self._is_regular_stale = True
            else:
                self._prepay(change, index)
                yield change.on, change.amount_fen, 0 if self._balance_fen else self._rounded(period.ratio(weight))
                if not self._balance_fen:
                    return
        weight += self._balance_fen * self._annual_rate_ppm * (due_on - since_on).days
        self._plan_anew(index, period.ratio(weight))
        interest_fen = self._rounded(period.ratio(weight))
        principal_fen = self._principal_fen(index, interest_fen)
        self._balance_fen -= principal_fen
        yield due_on, principal_fen + self._prepaid_at_due_date(index), interest_fen

    def _principal_fen(self, index: int, interest_fen: int) -> int:
        if index >= self._last:
            return self._balance_fen
        return self._regular_principal_fen(index, interest_fen, self._balance_fen)

    def _prepaid_at_due_date(self, index: int) -> int:
        change = self._changes[0] if self._changes else None
        if not isinstance(change, Prepayment) or change.on != self._due_dates[index]:
            return 0
        self._changes.pop(0)
        self._prepay(change, index)
        return change.amount_fen

    def _prepay(self, prepayment: Prepayment, index: int) -> None:
        if prepayment.amount_fen > self._balance_fen:
            raise BadTerms("prepayment_exceeds_balance")
        self._balance_fen -= prepayment.amount_fen
        if not self._balance_fen:
            self._last = index
        elif prepayment.effect == Effect.REDUCE:
            self._agreed_fen = None
            self._is_regular_stale = True
        else:
            self._is_end_stale = True

    def _plan_anew(self, index: int, interest: Ratio) -> None:
        """At the start and after a change: when it ends, and what is regular until then."""
        if not self._balance_fen:
            return
        if self._is_end_stale:
            self._end_of_term = self._last = self._index_of_last(index, interest)
            self._is_end_stale = False
        if self._is_regular_stale:
            self._regular_fen = self._solved_regular_fen(index, interest)
            self._last = self._index_of_last(index, interest) if self._is_coarse else self._end_of_term
            self._is_regular_stale = False

    @property
    def _is_coarse(self) -> bool:
        """A payment that isn't exact to the fen may repay all before the term ends; an exact one doesn't."""
        return self._agreed_fen is not None or self._terms.instalment_unit_fen > 1

    def _solved_regular_fen(self, index: int, interest: Ratio) -> int:
        terms, unit_fen = self._terms, self._terms.instalment_unit_fen
        if terms.method == Method.INTEREST_ONLY:
            return 0
        if self._agreed_fen is not None:
            return self._agreed_fen
        first = max(index, terms.grace)
        if terms.method == Method.EQUAL_PRINCIPAL:
            instalments = self._end_of_term - first + 1
            regular_fen = unit_fen * rounded(self._balance_fen, instalments * unit_fen, terms.rounding)
        else:
            factors = self._factors(index, first, interest)
            regular_fen = level_instalment(self._balance_fen, factors, unit_fen=unit_fen, rounding=terms.rounding)
        if not regular_fen and self._is_coarse:
            raise BadTerms("instalment_unit_too_coarse")
        return regular_fen

    def _factors(self, index: int, first: int, interest: Ratio) -> Iterator[Ratio]:
        """What one fen costs in each period from `first` on; in the running one, by what its days cost."""
        if first == index:
            numerator, denominator = interest
            yield numerator, denominator * self._balance_fen
            first += 1
        for days in self._days[first : self._end_of_term + 1]:
            yield self._annual_rate_ppm * days, self._ppm_days

    def _index_of_last(self, index: int, interest: Ratio) -> int:
        """The period whose regular payment repays the rest if nothing else changes, or the term's last."""
        balance_fen = self._balance_fen
        for later in range(index, self._end_of_term):
            if later > index:
                interest = self._interest(later, balance_fen)
            balance_fen -= self._regular_principal_fen(later, self._rounded(interest), balance_fen)
            if not balance_fen:
                return later
        return self._end_of_term

    def _regular_principal_fen(self, index: int, interest_fen: int, balance_fen: int) -> int:
        if index < self._terms.grace:
            return 0
        if self._terms.method != Method.EQUAL_INSTALMENT:
            return min(self._regular_fen, balance_fen)
        if self._regular_fen < interest_fen and self._is_coarse:
            raise BadTerms("instalment_below_interest")
        return min(max(self._regular_fen - interest_fen, 0), balance_fen)

    def _interest(self, index: int, balance_fen: int) -> Ratio:
        return balance_fen * self._annual_rate_ppm * self._days[index], self._ppm_days

    def _rounded(self, interest: Ratio) -> int:
        return rounded(*interest, self._terms.rounding)
