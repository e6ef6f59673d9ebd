"""What a loan's repayments and interest come to in the ledger.

The ledger follows the replay: when a payment arrives late or is reversed, what the others were counted towards may
change, and so may the interest. Lines that changed are reversed and booked anew, under their own value dates.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime

from accounts.models import User
from loans import ledger
from loans.ledger import Line
from loans.models import Loan, Repayment
from loans.models.ledger import Reason
from loans.models.policy import SubsidyPayment
from loans.position import Applied, Position

REASONS = (
    Reason.PRINCIPAL_REPAID,
    Reason.INTEREST_PAID,
    Reason.INTEREST,
    Reason.SUBSIDY,
    Reason.PENALTY,
    Reason.PENALTY_PAID,
    Reason.COMPOUND,
    Reason.COMPOUND_PAID,
    Reason.HELD,
    Reason.HELD_USED,
)
# What runs day by day once it is late: booked on the days on which somebody looked.
_RUNNING = (Reason.INTEREST, Reason.PENALTY, Reason.COMPOUND)


def book_to(loan: Loan, *, position_on: Callable[[date], Position], on: date, by: User, at: datetime) -> None:
    """Make the loan's ledger say what is true at the end of `on`. Writes nothing where it says so already.

    `position_on` tells where the loan stood on a day by what is known now.
    """
    ledger.follow(_lines(loan, position_on=position_on, on=on), loan=loan, reasons=REASONS, by=by, at=at)


def _lines(loan: Loan, *, position_on: Callable[[date], Position], on: date) -> dict[str, Line]:
    """What should stand, by the fact that each line books."""
    repayments = {one.bank_serial: one for one in loan.repayments.all()}
    now = position_on(on)
    lines = _lines_of_interest(loan, list(repayments.values()), position_on=position_on, on=on)
    held_fen = {one.ref: one.held_fen for one in now.allocations}
    for one in now.applied:
        pk = repayments[one.ref].pk
        about = f"{pk}:{one.on.isoformat()}" if one.was_held else str(pk)
        lines |= {f"{line.reason}:{about}": line for line in _lines_of_applied(one)}
        if one.was_held:
            held_fen[one.ref] += one.total_fen
    for ref, amount_fen in held_fen.items():
        lines[f"{Reason.HELD}:{repayments[ref].pk}"] = Line(Reason.HELD, amount_fen, repayments[ref].value_on)
    return lines


def _lines_of_applied(applied: Applied) -> Iterator[Line]:
    """What was counted on one day. What was held until then goes back to the bank's funds first."""
    if applied.was_held:
        yield Line(Reason.HELD_USED, applied.total_fen, applied.on)
    yield Line(Reason.PENALTY_PAID, applied.penalty_fen, applied.on)
    yield Line(Reason.COMPOUND_PAID, applied.compound_fen, applied.on)
    yield Line(Reason.PRINCIPAL_REPAID, applied.principal_fen, applied.on)
    yield Line(Reason.INTEREST_PAID, applied.interest_fen, applied.on)


def _lines_of_interest(
    loan: Loan, repayments: list[Repayment], *, position_on: Callable[[date], Position], on: date
) -> dict[str, Line]:
    """What fell due on each day. Where the subsidy is waived, the bank earns her part and the treasury's."""
    is_waived = loan.policy.subsidy_payment == SubsidyPayment.WAIVED
    lines: dict[str, Line] = {}
    before: Mapping[Reason, int] = dict.fromkeys((*_RUNNING, Reason.SUBSIDY), 0)
    for day in _days_of_interest(loan, repayments, on=on):
        position = position_on(day)
        waived_fen = position.subsidy_fen if is_waived else 0
        now = {
            Reason.INTEREST: position.interest_due_fen + waived_fen,
            Reason.SUBSIDY: waived_fen,
            Reason.PENALTY: position.penalty_due_fen,
            Reason.COMPOUND: position.compound_due_fen,
        }
        for reason, amount_fen in now.items():
            lines[_source(reason, loan, day)] = Line(reason, amount_fen - before[reason], day)
        before = now
    return lines


def _days_of_interest(loan: Loan, repayments: list[Repayment], *, on: date) -> list[date]:
    """The days up to `on` on which interest falls due: due dates, days of repayment, and after maturity every day.

    Of the last only today and those that were booked on before, so that one more day doesn't change older lines.
    """
    booked = loan.entries.filter(reason__in=_RUNNING).values_list("value_on", flat=True)
    days = {one.due_on for one in loan.instalments.all()} | {one.value_on for one in repayments} | {on, *booked}
    return sorted(day for day in days if day <= on)


def _source(reason: Reason, loan: Loan, day: date) -> str:
    return f"{reason}:{loan.number}:{day.isoformat()}"
