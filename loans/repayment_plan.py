"""The schedule that a loan got on the day of its payout, and what is stored of it."""

from datetime import date

from loans.due_dates import add_months
from loans.interest import DayCount
from loans.models import Instalment, Loan
from loans.quotes import Quote, quote
from loans.rest_days import rest_days_of
from loans.schedule import Frequency, Method, Row
from loans.subsidy import Regime, SubsidyPayment


def maturity_of(loan: Loan, *, paid_on: date) -> date:
    """The day of the last instalment of a loan that is paid out on `paid_on`."""
    matures_on, rest_days = add_months(paid_on, loan.term_months), rest_days_of(loan.policy)
    return rest_days.moved(matures_on) if rest_days else matures_on


def store_plan(loan: Loan) -> list[Instalment]:
    """Write down the instalments of a loan that was paid out on `loan.disbursed_on`."""
    instalments = [
        Instalment(
            loan=loan,
            number=row.number,
            due_on=row.due_on,
            principal_fen=row.principal_fen,
            interest_fen=row.interest_fen,
            subsidy_fen=row.subsidy_fen,
            due_from_her_fen=row.due_from_her_fen,
        )
        for row in quote_of(loan).instalments
    ]
    return Instalment.objects.bulk_create(instalments)


def plan_rows(loan: Loan) -> tuple[Row, ...]:
    """The newest edition of the stored plan. Uses what was prefetched."""
    instalments = list(loan.instalments.all())
    newest = max((one.edition for one in instalments), default=1)
    balance_fen = loan.amount_fen
    rows: list[Row] = []
    for one in instalments:
        if one.edition != newest:
            continue
        balance_fen -= one.principal_fen
        payment_fen = one.principal_fen + one.interest_fen
        rows.append(Row(one.number, one.due_on, one.principal_fen, one.interest_fen, payment_fen, balance_fen))
    return tuple(rows)


def subsidy_end_of(loan: Loan) -> date | None:
    """The first day without a subsidy where the plan was changed: an extension's or a recall's; None elsewhere.

    It is the earliest last day of all editions: an extension begins on it, and a recall makes it earlier.
    """
    last_days: dict[int, date] = {}
    for one in loan.instalments.all():
        last_days[one.edition] = max(one.due_on, last_days.get(one.edition, one.due_on))
    return min(last_days.values()) if len(last_days) > 1 else None


def quote_of(loan: Loan) -> Quote:
    """The instalments that follow from the loan's own terms and payout day."""
    assert loan.disbursed_on is not None, f"{loan} is not paid out"
    return quote(
        amount_fen=loan.amount_fen,
        term_months=loan.term_months,
        method=Method(loan.method),
        start_on=loan.disbursed_on,
        annual_rate_ppm=loan.annual_rate_ppm,
        frequency=Frequency(loan.frequency),
        day_count=DayCount(loan.day_count),
        settlement_day=loan.settlement_day,
        rest_days=rest_days_of(loan.policy),
        subsidy_regime=Regime(loan.policy.subsidy_regime),
        lpr_ppm=loan.lpr_ppm,
        subsidy_payment=SubsidyPayment(loan.policy.subsidy_payment),
    )
