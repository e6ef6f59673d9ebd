"""What a loan's repayments and interest come to in the ledger.

The ledger follows the replay: when a payment arrives late or is reversed, what the others were counted towards may
change, and so may the interest. Lines that changed are reversed and booked anew, under their own value dates.
"""

from collections.abc import Callable
from datetime import date, datetime

from accounts.models import User
from loans import ledger
from loans.ledger import Line
from loans.models import Loan, Repayment
from loans.models.ledger import Reason
from loans.models.policy import SubsidyPayment
from loans.replay import Position

REASONS = (Reason.PRINCIPAL_REPAID, Reason.INTEREST_PAID, Reason.INTEREST, Reason.SUBSIDY)


def book_to(loan: Loan, *, position_on: Callable[[date], Position], on: date, by: User, at: datetime) -> None:
    """Make the loan's ledger say what is true at the end of `on`. Writes nothing where it says so already.

    `position_on` tells where the loan stood on a day by what is known now.
    """
    ledger.follow(_lines(loan, position_on=position_on, on=on), loan=loan, reasons=REASONS, by=by, at=at)


def _lines(loan: Loan, *, position_on: Callable[[date], Position], on: date) -> dict[str, Line]:
    """What should stand, by the fact that each line books."""
    repayments = {one.bank_serial: one for one in loan.repayments.all()}
    lines = _lines_of_interest(loan, list(repayments.values()), position_on=position_on, on=on)
    for allocation in position_on(on).allocations:
        repayment = repayments[allocation.ref]
        parts = {
            Reason.PRINCIPAL_REPAID: allocation.principal_fen,
            Reason.INTEREST_PAID: allocation.interest_fen,
        }
        for reason, amount_fen in parts.items():
            lines[f"{reason}:{repayment.pk}"] = Line(reason, amount_fen, repayment.value_on)
    return lines


def _lines_of_interest(
    loan: Loan, repayments: list[Repayment], *, position_on: Callable[[date], Position], on: date
) -> dict[str, Line]:
    """What fell due on each day. Where the subsidy is waived, the bank earns her part and the treasury's."""
    is_waived = loan.policy.subsidy_payment == SubsidyPayment.WAIVED
    lines: dict[str, Line] = {}
    hers_fen = treasurys_fen = 0
    for day in _days_of_interest(loan, repayments, on=on):
        position = position_on(day)
        due_fen, subsidy_fen = position.interest_due_fen - hers_fen, position.subsidy_fen - treasurys_fen
        hers_fen, treasurys_fen = position.interest_due_fen, position.subsidy_fen
        waived_fen = subsidy_fen if is_waived else 0
        lines[_source(Reason.INTEREST, loan, day)] = Line(Reason.INTEREST, due_fen + waived_fen, day)
        lines[_source(Reason.SUBSIDY, loan, day)] = Line(Reason.SUBSIDY, waived_fen, day)
    return lines


def _days_of_interest(loan: Loan, repayments: list[Repayment], *, on: date) -> list[date]:
    """The days up to `on` on which interest falls due: due dates, days of repayment, and after maturity every day.

    Of the last only today and those that were booked on before, so that one more day doesn't change older lines.
    """
    booked = loan.entries.filter(reason=Reason.INTEREST).values_list("value_on", flat=True)
    days = {one.due_on for one in loan.instalments.all()} | {one.value_on for one in repayments} | {on, *booked}
    return sorted(day for day in days if day <= on)


def _source(reason: Reason, loan: Loan, day: date) -> str:
    return f"{reason}:{loan.number}:{day.isoformat()}"
