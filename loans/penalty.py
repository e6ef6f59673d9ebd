"""What being late costs: penalty interest (罚息) on overdue principal, compound interest (复利) on overdue interest.

Both are sums of their own, never subsidised, and due as they run. They are counted by calendar days over the loan's
day base, from the due date on, and rounded once for the whole life of the loan, so that no cut changes them.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from loans.money import PPM_WHOLE
from loans.rounding import Rounding, rounded


class AllocationOrder(StrEnum):
    """What a payment is counted towards, the first of them first. Compound interest goes with penalty interest."""

    PENALTY_INTEREST_PRINCIPAL = "penalty_first"
    INTEREST_PENALTY_PRINCIPAL = "interest_first"


@dataclass(frozen=True, slots=True)
class ServicingTerms:
    """What the policy of a loan says of late and early money. As it stands here, nothing of the kind."""

    penalty_margin_ppm: int = 0
    """Penalty interest, as a share of the contract rate, on top of the interest that runs on."""
    charges_compound_interest: bool = False
    allocation_order: AllocationOrder = AllocationOrder.PENALTY_INTEREST_PRINCIPAL
    principal_first_after_days: int | None = None
    """More days overdue than that, and a payment repays principal first (先本后息); None: never."""
    held_before_due_days: int = 0
    """A payment so few days before a due date waits for it, as far as something falls due on it."""


class LateCharges:
    """Penalty and compound interest of one loan, run up so far, in fen."""

    def __init__(self, terms: ServicingTerms, *, annual_rate_ppm: int, day_base: int, rounding: Rounding) -> None:
        self._margin_ppm = terms.penalty_margin_ppm
        # 复利 is charged at the rate of 罚息: the whole contract rate and the margin.
        self._compound_ppm = PPM_WHOLE + terms.penalty_margin_ppm if terms.charges_compound_interest else 0
        self._annual_rate_ppm = annual_rate_ppm
        self._denominator = PPM_WHOLE * PPM_WHOLE * day_base
        self._rounding = rounding
        self._principal_days = self._interest_days = 0

    def run(self, from_on: date, to_on: date, *, overdue_principal_fen: int, overdue_interest_fen: int) -> None:
        """Count the days on which so much was late."""
        days = max((to_on - from_on).days, 0)
        self._principal_days += overdue_principal_fen * days
        self._interest_days += overdue_interest_fen * days

    @property
    def penalty_fen(self) -> int:
        return rounded(
            self._principal_days * self._annual_rate_ppm * self._margin_ppm, self._denominator, self._rounding
        )

    @property
    def compound_fen(self) -> int:
        weight = self._interest_days * self._annual_rate_ppm * self._compound_ppm
        return rounded(weight, self._denominator, self._rounding)
