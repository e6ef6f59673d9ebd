"""The rules of a schedule written to be read: exact fractions, a period at a time, nothing remembered.

The engine does the same with whole numbers in one loop; test_schedule_agrees.py compares the two.
"""

from datetime import date, timedelta
from fractions import Fraction
from math import floor, prod

from loans.due_dates import Frequency, add_months
from loans.interest import DayCount, days_between
from loans.schedule import BadTerms, Effect, Method, Prepayment, RateChange, Rounding, Terms

Line = tuple[int, date, int, int, int, int]


def plain_schedule(terms: Terms) -> list[Line]:
    """Number, due date, principal, interest, payment and balance of each row. Raises BadTerms."""
    return _Loan(terms).lines()


def plain_due_dates(terms: Terms) -> list[date]:
    """As counted from the start, then moved off days of rest; each day once."""
    counted = _counted_due_dates(terms)
    if terms.rest_days is None:
        return counted
    return sorted({day for day in map(terms.rest_days.moved, counted) if day > terms.start_on})


def _counted_due_dates(terms: Terms) -> list[date]:
    months = Frequency(terms.frequency).months
    maturity_on = add_months(terms.start_on, terms.periods * months)
    if terms.settlement_day is None:
        return [add_months(terms.start_on, months * number) for number in range(1, terms.periods + 1)]
    days = (terms.start_on + timedelta(days=n) for n in range(1, (maturity_on - terms.start_on).days))
    return [*(day for day in days if _is_after_settlement(day, months, terms.settlement_day)), maturity_on]


def _is_after_settlement(day: date, months: int, settlement_day: int) -> bool:
    settled_on = day - timedelta(days=1)
    is_last_of_month = day.day == 1
    is_settlement = settled_on.day == settlement_day or (is_last_of_month and settled_on.day < settlement_day)
    return is_settlement and settled_on.month % months == 0


class _Loan:
    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.due_dates = plain_due_dates(terms)
        self.starts = [terms.start_on, *self.due_dates[:-1]]
        self.balance = terms.principal_fen
        self.rate = terms.annual_rate_ppm
        self.agreed = terms.instalment_fen
        self.end = len(self.due_dates) - 1
        changes: list[Prepayment | RateChange] = [*terms.prepayments, *terms.rate_changes]
        self.changes = sorted(changes, key=lambda change: (change.on, not isinstance(change, Prepayment)))
        # What the next plan has to mind: effects of prepayments, and "rate".
        self.pending: set[str] = set()
        self.is_prepaid_whole = False
        self.out: list[Line] = []

    @property
    def is_coarse(self) -> bool:
        return self.agreed is not None or self.terms.instalment_unit_fen > 1

    def lines(self) -> list[Line]:
        self.regular = self.solved(0, self.interest(0, self.balance))
        index = 0
        while index <= self.end:
            self.pay(index)
            if not self.balance and (self.is_coarse or self.is_prepaid_whole):
                break
            index += 1
        if any(isinstance(change, Prepayment) for change in self.changes):
            raise BadTerms("prepayment_exceeds_balance")
        return self.out

    def pay(self, index: int) -> None:
        due_on = self.due_dates[index]
        interest = Fraction(0)
        since = self.starts[index]
        while self.changes and self.changes[0].on < due_on:
            change = self.changes.pop(0)
            interest += self.interest(index, self.balance, since, change.on)
            since = change.on
            if not isinstance(change, Prepayment):
                self.rate = change.annual_rate_ppm
                self.pending.add("rate")
                continue
            self.pending |= self.prepay(change)
            self.add(change.on, change.amount_fen, 0 if self.balance else self.rounded(interest))
            if not self.balance:
                return
        interest += self.interest(index, self.balance, since, due_on)
        self.plan(index, interest)
        principal = self.balance if index == self.end else self.principal(index, self.rounded(interest), self.balance)
        self.balance -= principal
        if self.changes and self.changes[0].on == due_on:
            principal += self.prepaid_at_the_due_date()
        self.add(due_on, principal, self.rounded(interest))

    def prepaid_at_the_due_date(self) -> int:
        """A new rate of that day belongs to the next period and waits."""
        change = self.changes[0]
        if not isinstance(change, Prepayment):
            return 0
        self.changes.pop(0)
        self.pending = self.prepay(change)
        return change.amount_fen

    def plan(self, index: int, interest: Fraction) -> None:
        """What changed since the last due date, now that the interest of the running period is known."""
        if not self.balance:
            return
        effects, self.pending = self.pending, set()
        if Effect.SHORTEN in effects:
            self.end = self.last_index(index, interest)
        if effects & {"rate", Effect.REDUCE}:
            self.regular = self.solved(index, interest)

    def prepay(self, change: Prepayment) -> set[str]:
        if change.amount_fen > self.balance:
            raise BadTerms("prepayment_exceeds_balance")
        self.balance -= change.amount_fen
        self.is_prepaid_whole = not self.balance
        if change.effect == Effect.REDUCE and self.balance:
            self.agreed = None
        return {change.effect}

    def last_index(self, index: int, interest: Fraction) -> int:
        balance = self.balance
        for later in range(index, self.end):
            interest = interest if later == index else self.interest(later, balance)
            balance -= self.principal(later, self.rounded(interest), balance)
            if not balance:
                return later
        return self.end

    def solved(self, index: int, interest: Fraction) -> int:
        method, unit, first = self.terms.method, self.terms.instalment_unit_fen, max(index, self.terms.grace)
        if method == Method.INTEREST_ONLY or self.agreed is not None:
            return self.agreed or 0
        if method == Method.EQUAL_PRINCIPAL:
            regular = unit * self.rounded(Fraction(self.balance, (self.end - first + 1) * unit))
        else:
            factors = [self.interest(later, 1) for later in range(first, self.end + 1)]
            if first == index:
                factors[0] = interest / self.balance
            growths = [prod([1 + factor for factor in factors[k:]], start=Fraction(1)) for k in range(len(factors) + 1)]
            regular = unit * self.rounded(self.balance * growths[0] / sum(growths[1:], Fraction(0)) / unit)
        if not regular and self.is_coarse:
            raise BadTerms("instalment_unit_too_coarse")
        return regular

    def principal(self, index: int, interest: int, balance: int) -> int:
        if index < self.terms.grace:
            return 0
        if self.terms.method != Method.EQUAL_INSTALMENT:
            return min(self.regular, balance)
        if self.regular < interest and self.is_coarse:
            raise BadTerms("instalment_below_interest")
        return min(max(self.regular - interest, 0), balance)

    def interest(self, index: int, balance: int, since: date | None = None, until: date | None = None) -> Fraction:
        """Of a period, or its calendar days' share of the whole period's."""
        start, end = self.starts[index], self.due_dates[index]
        of_year = 365 if self.terms.day_count == DayCount.ACTUAL_365 else 360
        whole = Fraction(balance * self.rate * days_between(start, end, self.terms.day_count), 10**6 * of_year)
        return whole * Fraction(((until or end) - (since or start)).days, (end - start).days)

    def rounded(self, exact: Fraction) -> int:
        below = floor(exact)
        rest = exact - below
        if rest == Fraction(1, 2) and self.terms.rounding == Rounding.HALF_EVEN:
            return below + below % 2
        return below + (rest >= Fraction(1, 2))

    def add(self, due_on: date, principal: int, interest: int) -> None:
        self.out.append((len(self.out) + 1, due_on, principal, interest, principal + interest, self.balance))
