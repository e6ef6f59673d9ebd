"""How a balance goes down from due date to due date: the engine under a schedule.

What is written here for speed stands to be read in tests/loans/plain_schedule.py; a property test compares them.
"""

from bisect import bisect_left
from datetime import date
from itertools import repeat
from math import gcd

from loans.instalment import level_instalment
from loans.interest import Period, days_of_year
from loans.money import PPM_WHOLE
from loans.rounding import Rounding, rounded
from loans.rows import Line, Row
from loans.terms import BadTerms, Effect, Method, Prepayment, RateChange, Terms
from loans.timetable import timetable

Ratio = tuple[int, int]
"""An exact amount of interest in fen, as numerator and denominator, until it is rounded once."""


class Amortisation:
    """One walk through the periods of a loan, from the whole principal to none."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._starts, self._due_dates, self._days = timetable(
            terms.start_on,
            terms.periods,
            terms.frequency,
            terms.settlement_day,
            terms.day_count,
            terms.rest_days,
        )
        self._lines: list[Line] = []
        self._changes: list[Prepayment | RateChange] = [*terms.prepayments, *terms.rate_changes]
        # On one day the prepayment comes first: it belongs to the period that ends, the new rate to the next.
        self._changes.sort(key=lambda change: (change.on, isinstance(change, RateChange)))
        self._balance_fen = terms.principal_fen
        self._set_rate(terms.annual_rate_ppm)
        self._agreed_fen = terms.instalment_fen
        # What stays the same each time: the payment of 等额本息, the principal of 等额本金.
        self._regular_fen = 0
        self._is_regular_stale = True
        # Periods by index: the end of the term, and the last one to come unless all is repaid before.
        self._end_of_term = self._last = len(self._due_dates) - 1
        self._is_end_stale = False

    def rows(self) -> tuple[Row, ...]:
        """Every due date and every prepayment between two, in order. Raises BadTerms. Can be walked once."""
        # Planned before the first day, so that a prepayment in the first period has an instalment to keep.
        self._plan_anew(0, self._interest(0, self._balance_fen))
        index = 0
        while index <= self._last:
            until = self._index_of_next_change(index)
            self._pay_to_plan(index, until)
            if until <= self._last:
                self._pay_with_changes(until)
            index = until + 1
        if self._changes and any(isinstance(change, Prepayment) for change in self._changes):
            raise BadTerms("prepayment_exceeds_balance")
        return tuple(map(tuple.__new__, repeat(Row), self._lines))

    def _set_rate(self, annual_rate_ppm: int) -> None:
        """What a fen costs in each period: `_costs[index]` over `_whole`, in the smallest whole numbers."""
        self._annual_rate_ppm = annual_rate_ppm
        denominator = PPM_WHOLE * days_of_year(self._terms.day_count)
        common = gcd(annual_rate_ppm, denominator)
        # Both doubled, so that half of the denominator is whole.
        doubled = 2 * annual_rate_ppm // common
        self._whole = 2 * denominator // common
        self._costs = [doubled * days for days in self._days]

    def _index_of_next_change(self, index: int) -> int:
        """The period, from `index` on, that isn't over when the next change comes."""
        if not self._changes:
            return len(self._due_dates)
        return max(index, bisect_left(self._due_dates, self._changes[0].on))

    def _pay_to_plan(self, first: int, until: int) -> None:
        """The periods before `until`, in which nothing changes. Here a schedule spends its time."""
        if first == until:
            return
        self._plan_anew(first, self._interest(first, self._balance_fen))
        # Names of its own: looking them up in the instance would cost as much as the arithmetic.
        last, grace, regular_fen, balance_fen = self._last, self._terms.grace, self._regular_fen, self._balance_fen
        is_level = self._terms.method == Method.EQUAL_INSTALMENT
        ties_to_even, ends_when_repaid = self._terms.rounding == Rounding.HALF_EVEN, self._is_coarse
        due_dates, costs, whole, half = self._due_dates, self._costs, self._whole, self._whole // 2
        number, add = len(self._lines), self._lines.append
        for index in range(first, min(until, last + 1)):
            numerator = balance_fen * costs[index] + half
            interest_fen = numerator // whole
            if ties_to_even and interest_fen & 1 and interest_fen * whole == numerator:
                interest_fen -= 1
            if index == last:
                principal_fen = balance_fen
            elif index < grace:
                principal_fen = 0
            else:
                principal_fen = regular_fen - interest_fen if is_level else regular_fen
                if not 0 <= principal_fen <= balance_fen:
                    principal_fen = self._within(principal_fen, balance_fen)
            balance_fen -= principal_fen
            number += 1
            add((number, due_dates[index], principal_fen, interest_fen, principal_fen + interest_fen, balance_fen))
            if ends_when_repaid and not balance_fen:
                self._last = index
                break
        self._balance_fen = balance_fen

    def _pay_with_changes(self, index: int) -> None:
        """Interest counts on what stood day by day and is due at the end, or with the last of the principal."""
        since_on, due_on = self._starts[index], self._due_dates[index]
        period = Period.between(since_on, due_on, self._terms.day_count)
        weight = 0
        while self._changes and self._changes[0].on < due_on:
            change = self._changes.pop(0)
            weight += self._balance_fen * self._annual_rate_ppm * (change.on - since_on).days
            since_on = change.on
            if isinstance(change, RateChange):
                self._set_rate(change.annual_rate_ppm)
                self._is_regular_stale = True
            else:
                self._prepay(change, index)
                interest_fen = 0 if self._balance_fen else self._rounded(period.ratio(weight))
                self._add(change.on, change.amount_fen, interest_fen)
                if not self._balance_fen:
                    return
        weight += self._balance_fen * self._annual_rate_ppm * (due_on - since_on).days
        interest = period.ratio(weight)
        self._plan_anew(index, interest)
        interest_fen = self._rounded(interest)
        is_last = index >= self._last
        principal_fen = self._balance_fen if is_last else self._principal_fen(index, interest_fen, self._balance_fen)
        self._balance_fen -= principal_fen
        if self._is_coarse and not self._balance_fen:
            self._last = index
        self._add(due_on, principal_fen + self._prepaid_at_due_date(index), interest_fen)

    def _add(self, due_on: date, principal_fen: int, interest_fen: int) -> None:
        number, payment_fen = len(self._lines) + 1, principal_fen + interest_fen
        self._lines.append((number, due_on, principal_fen, interest_fen, payment_fen, self._balance_fen))

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
            regular_fen = self._level_fen(index, first, interest)
        if not regular_fen and self._is_coarse:
            raise BadTerms("instalment_unit_too_coarse")
        return regular_fen

    def _level_fen(self, index: int, first: int, interest: Ratio) -> int:
        """In the period that is running a fen costs what its days cost, by the rates of those days."""
        running = None
        if first == index:
            numerator, denominator = interest
            running = numerator, denominator * self._balance_fen
            first += 1
        return level_instalment(
            self._balance_fen,
            self._costs[first : self._end_of_term + 1],
            self._whole,
            first=running,
            unit_fen=self._terms.instalment_unit_fen,
            rounding=self._terms.rounding,
        )

    def _index_of_last(self, index: int, interest: Ratio) -> int:
        """The period whose regular payment repays the rest if nothing else changes, or the term's last."""
        balance_fen = self._balance_fen
        for later in range(index, self._end_of_term):
            if later > index:
                interest = self._interest(later, balance_fen)
            balance_fen -= self._principal_fen(later, self._rounded(interest), balance_fen)
            if not balance_fen:
                return later
        return self._end_of_term

    def _principal_fen(self, index: int, interest_fen: int, balance_fen: int) -> int:
        """What is regular in a period before the last."""
        if index < self._terms.grace:
            return 0
        is_level = self._terms.method == Method.EQUAL_INSTALMENT
        return self._within(self._regular_fen - interest_fen if is_level else self._regular_fen, balance_fen)

    def _within(self, principal_fen: int, balance_fen: int) -> int:
        """No more than is left, and nothing where a level payment doesn't cover the interest."""
        if principal_fen < 0 and self._is_coarse:
            raise BadTerms("instalment_below_interest")
        return min(max(principal_fen, 0), balance_fen)

    def _interest(self, index: int, balance_fen: int) -> Ratio:
        return balance_fen * self._costs[index], self._whole

    def _rounded(self, interest: Ratio) -> int:
        return rounded(*interest, self._terms.rounding)
