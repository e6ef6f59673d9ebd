"""The rows of a changed plan: what was due before stays as it was, and nothing is subsidised after the old last day."""

from datetime import date

from loans.due_dates import Frequency, due_dates
from loans.interest import DayCount, Segment
from loans.models import Instalment, Loan
from loans.models.policy import SubsidyPayment
from loans.rest_days import rest_days_of
from loans.subsidy import Regime, subsidy, without_unsubsidised_years


def current_plan(loan: Loan) -> list[Instalment]:
    """The newest edition of the stored plan. Uses what was prefetched."""
    instalments = list(loan.instalments.all())
    newest = max((one.edition for one in instalments), default=1)
    return [one for one in instalments if one.edition == newest]


def extended(loan: Loan, *, until: date) -> list[Instalment]:
    """What was due of principal on the last day is due on `until`; the interest of the last day stays due on it.

    Interest runs on at the contract's rate, due by the loan's own frequency and settlement day, all of it hers.
    """
    *before, last = current_plan(loan)
    edition = last.edition + 1
    rows = [_copied(one, edition) for one in before]
    due = (last.interest_fen, last.subsidy_fen)
    rows.append(_row(loan, edition, last.number, last.due_on, principal_fen=0, interest=due))
    since_on, number = last.due_on, last.number
    for due_on in _days(loan, last.due_on, until):
        number += 1
        interest = _interest(loan, since_on, due_on, last.principal_fen, is_subsidised=False)
        principal_fen = last.principal_fen if due_on == until else 0
        rows.append(_row(loan, edition, number, due_on, principal_fen=principal_fen, interest=interest))
        since_on = due_on
    return rows


def recalled(loan: Loan, *, on: date) -> list[Instalment]:
    """All principal that the plan leaves is due on `on`, with the interest up to it."""
    plan = current_plan(loan)
    edition = plan[-1].edition + 1
    rows = [_copied(one, edition) for one in plan if one.due_on < on]
    assert loan.disbursed_on is not None
    since_on = rows[-1].due_on if rows else loan.disbursed_on
    left_fen = loan.amount_fen - sum(one.principal_fen for one in rows)
    # In an extension nothing was subsidised before either.
    is_in_term = on <= min(max(one.due_on for one in loan.instalments.all() if one.edition == 1), plan[-1].due_on)
    interest = _interest(loan, since_on, on, left_fen, is_subsidised=is_in_term)
    rows.append(_row(loan, edition, len(rows) + 1, on, principal_fen=left_fen, interest=interest))
    return rows


def _days(loan: Loan, since_on: date, until: date) -> list[date]:
    frequency = Frequency(loan.frequency)
    days = due_dates(
        since_on,
        periods=12 // frequency.months,
        frequency=frequency,
        settlement_day=loan.settlement_day,
        rest_days=rest_days_of(loan.policy),
    )
    return [*(day for day in days if day < until), until]


def _interest(loan: Loan, since_on: date, due_on: date, balance_fen: int, *, is_subsidised: bool) -> tuple[int, int]:
    """Of one period on the plan's balance: all of it, and the treasury's part."""
    assert loan.disbursed_on is not None
    regime = Regime(loan.policy.subsidy_regime)
    segment = Segment(since_on, due_on, balance_fen, balance_fen if is_subsidised else 0)
    split = subsidy(
        without_unsubsidised_years((segment,), regime=regime, start_on=loan.disbursed_on),
        annual_rate_ppm=loan.annual_rate_ppm,
        lpr_ppm=loan.lpr_ppm,
        regime=regime,
        day_count=DayCount(loan.day_count),
    )
    return split.interest_fen, split.subsidy_fen


def _copied(one: Instalment, edition: int) -> Instalment:
    return Instalment(
        loan_id=one.loan_id,
        edition=edition,
        number=one.number,
        due_on=one.due_on,
        principal_fen=one.principal_fen,
        interest_fen=one.interest_fen,
        subsidy_fen=one.subsidy_fen,
        due_from_her_fen=one.due_from_her_fen,
    )


def _row(
    loan: Loan, edition: int, number: int, due_on: date, *, principal_fen: int, interest: tuple[int, int]
) -> Instalment:
    interest_fen, subsidy_fen = interest
    waived_fen = subsidy_fen if loan.policy.subsidy_payment == SubsidyPayment.WAIVED else 0
    return Instalment(
        loan=loan,
        edition=edition,
        number=number,
        due_on=due_on,
        principal_fen=principal_fen,
        interest_fen=interest_fen,
        subsidy_fen=subsidy_fen,
        due_from_her_fen=principal_fen + interest_fen - waived_fen,
    )
