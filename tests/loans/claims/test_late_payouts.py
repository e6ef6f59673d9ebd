from datetime import date

from loans.claims.late_payouts import quarters_of
from loans.claims.quarter import quarter_of
from loans.models import Loan
from loans.servicing import record_repayment
from loans.verification import findings
from tests.makers.claims import SPRING, SUMMER, made, paid
from tests.makers.loans import make_active_loan, moment

AUTUMN = quarter_of(date(2026, 10, 1))


def late(pool, offices):
    """Paid out fifty days before the end of a quarter, and told after that quarter was paid."""
    return make_active_loan(
        pool, offices, amount_fen=8_000_000, paid_on=date(2026, 5, 2), recorded_on=date(2026, 6, 30)
    )


def test_the_next_claim_counts_the_days_that_the_paid_one_did_not_know(pool, loan, offices):
    spring = paid(pool, offices)
    her_loan = late(pool, offices)
    line = made(pool, offices, SUMMER).lines.get(loan=her_loan)
    assert (line.days, line.ours_fen, line.opening_fen) == (50 + 92, 50_000 + 92_000, 0)
    assert [(one.from_on, one.days) for one in line.segments.all()] == [(date(2026, 5, 2), 50), (SUMMER.from_on, 92)]
    assert not spring.lines.filter(loan=her_loan).exists()
    assert quarters_of(line) == [SPRING, SUMMER]
    assert not list(findings())


def test_they_are_counted_once(pool, loan, offices):
    paid(pool, offices)
    her_loan = late(pool, offices)
    paid(pool, offices, SUMMER)
    lines = made(pool, offices, AUTUMN).lines.filter(loan=her_loan)
    assert [(one.days, one.adjusts) for one in lines] == [(91, None)]


def test_what_comes_late_of_such_a_loan_adjusts_both_quarters(pool, loan, offices):
    paid(pool, offices)
    her_loan = late(pool, offices)
    summer = paid(pool, offices, SUMMER)
    record_repayment(
        Loan.objects.get(pk=her_loan.pk),
        amount_fen=8_000_000,
        value_on=date(2026, 5, 12),
        bank_serial="LATE",
        by=offices.bank_officer,
        at=moment(date(2026, 10, 1)),
    )
    adjusting = made(pool, offices, AUTUMN).lines.get(loan=her_loan, adjusts__isnull=False)
    assert adjusting.adjusts == summer.lines.get(loan=her_loan, adjusts__isnull=True)
    now = adjusting.adjusts.ours_fen + adjusting.ours_fen
    assert 10_000 <= now < 11_000


def test_before_the_earlier_claim_is_paid_it_waits(pool, loan, offices):
    made(pool, offices)
    her_loan = late(pool, offices)
    assert made(pool, offices, SUMMER).lines.get(loan=her_loan).days == 92
