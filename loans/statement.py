"""What can be said of a loan on a day: where it stands, what would pay it off, how late it is, and each movement."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from loans.ageing import AgeBand, RiskClass, risk_class
from loans.models import Loan
from loans.policies import class_days_of
from loans.position import Allocation, Position
from loans.servicing import position


@dataclass(frozen=True, slots=True)
class Payoff:
    """What settles a loan on a day, part by part; posted on that day, `total_fen` does so to the fen.

    `interest_fen` is hers: due and unpaid, and run up since the last due date.
    """

    on: date
    principal_fen: int
    interest_fen: int
    penalty_fen: int
    compound_fen: int
    held_fen: int
    total_fen: int


@dataclass(frozen=True, slots=True)
class Movement:
    """One payment as it counts on the day of the statement; `was_reversed` where it was taken back by then."""

    value_on: date
    bank_serial: str
    amount_fen: int
    intent: str
    allocation: Allocation | None

    @property
    def was_reversed(self) -> bool:
        return self.allocation is None


@dataclass(frozen=True, slots=True)
class Statement:
    """A paid-out loan at the end of a day."""

    on: date
    position: Position
    payoff: Payoff
    age_band: AgeBand
    risk_class: RiskClass
    movements: tuple[Movement, ...]


def payoff_on(loan: Loan, *, on: date) -> Payoff:
    """The quote for a day, also one that is to come, by the payments that are known now."""
    return _payoff(position(loan, on=on), on=on)


def statement_on(loan: Loan, *, on: date) -> Statement:
    """Everything about a loan that is paid out at the end of a day. Uses what was prefetched."""
    now = position(loan, on=on)
    return Statement(
        on=on,
        position=now,
        payoff=_payoff(now, on=on),
        age_band=now.age,
        risk_class=risk_class(now.days_overdue, from_days=class_days_of(loan.policy)),
        movements=tuple(_movements(loan, now, on=on)),
    )


def _payoff(now: Position, *, on: date) -> Payoff:
    return Payoff(
        on=on,
        principal_fen=now.principal_outstanding_fen,
        interest_fen=now.interest_unpaid_fen + now.interest_accrued_fen,
        penalty_fen=now.penalty_unpaid_fen,
        compound_fen=now.compound_unpaid_fen,
        held_fen=now.held_fen,
        total_fen=now.payoff_fen,
    )


def _movements(loan: Loan, now: Position, *, on: date) -> Iterator[Movement]:
    counted = {one.ref: one for one in now.allocations}
    for one in loan.repayments.all():
        if one.reverses_id is None and one.value_on <= on:
            yield Movement(one.value_on, one.bank_serial, one.amount_fen, one.intent, counted.get(one.bank_serial))
