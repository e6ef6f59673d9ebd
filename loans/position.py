"""Where a loan stands at the end of a day, and what each payment was counted towards."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from loans.ageing import AgeBand, age_band
from loans.interest import Segment


class Allocation(NamedTuple):
    """What one repayment was counted towards by now. `excess_fen` is more than she owed and goes back to her.

    `held_fen` of it waits for the next due date. All amounts together are the repayment's.
    """

    ref: str
    interest_fen: int
    principal_fen: int
    excess_fen: int
    penalty_fen: int = 0
    compound_fen: int = 0
    held_fen: int = 0


class Applied(NamedTuple):
    """What of one repayment was counted on one day: of a held one that is its due date, else its value date."""

    on: date
    ref: str
    penalty_fen: int
    compound_fen: int
    interest_fen: int
    principal_fen: int
    was_held: bool = False

    @property
    def total_fen(self) -> int:
        return self.penalty_fen + self.compound_fen + self.interest_fen + self.principal_fen


@dataclass(frozen=True, slots=True)
class Position:
    """A loan at the end of a day. An amount due on that day is due, and not yet overdue.

    Interest due and paid are hers: where the subsidy is waived, the treasury's part is not in them. Penalty and
    compound interest are sums of their own and in none of the others.
    """

    principal_outstanding_fen: int
    principal_paid_fen: int
    interest_due_fen: int
    """Fallen due so far, paid or not."""
    interest_paid_fen: int
    interest_accrued_fen: int
    """Run up since the last due date and not due before the next."""
    subsidy_fen: int
    """The treasury's part of the interest that has fallen due, by the subsidy terms given."""
    overdue_principal_fen: int
    overdue_interest_fen: int
    overdue_since: date | None
    """The due date of the oldest instalment that isn't paid in full. Penalty alone makes nothing overdue."""
    days_overdue: int
    allocations: tuple[Allocation, ...]
    segments: tuple[Segment, ...]
    """Days with one balance, from the payout to this day; their subsidised part is in term and not overdue."""
    is_settled: bool
    penalty_due_fen: int
    """Penalty interest run up so far, paid or not. It is due as it runs."""
    penalty_paid_fen: int
    compound_due_fen: int
    compound_paid_fen: int
    held_fen: int
    """Received, and waiting for the next due date."""
    applied: tuple[Applied, ...]

    @property
    def interest_unpaid_fen(self) -> int:
        """Due and not paid."""
        return self.interest_due_fen - self.interest_paid_fen

    @property
    def penalty_unpaid_fen(self) -> int:
        return self.penalty_due_fen - self.penalty_paid_fen

    @property
    def compound_unpaid_fen(self) -> int:
        return self.compound_due_fen - self.compound_paid_fen

    @property
    def payoff_fen(self) -> int:
        """What settles the loan on this day, beside the money that is held for her."""
        owed_fen = self.principal_outstanding_fen + self.interest_unpaid_fen + self.interest_accrued_fen
        return max(owed_fen + self.penalty_unpaid_fen + self.compound_unpaid_fen - self.held_fen, 0)

    @property
    def age(self) -> AgeBand:
        return age_band(self.days_overdue)
