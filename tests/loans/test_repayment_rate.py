from datetime import date

from loans.repayment_rate import DueRate, due_rate_of, due_rate_of_year
from loans.servicing import position, record_repayment, reverse_repayment
from tests.makers.loans import LOAN_FEN, compensated, make_active_loan, moment

IN_2027 = {"from_on": date(2027, 1, 1), "to_on": date(2027, 12, 31)}
TODAY = date(2027, 6, 1)


def paid(loan, offices, amount_fen, on, serial):
    return record_repayment(
        loan, amount_fen=amount_fen, value_on=on, bank_serial=serial, by=offices.bank_officer, at=moment(TODAY)
    )


def test_it_is_what_was_repaid_of_what_fell_due(pool, offices):
    """Two loans of 50,000 fall due on 2027-03-10: one is repaid, of the other 20,000 early and no more."""
    first, second = make_active_loan(pool, offices), make_active_loan(pool, offices)
    paid(first, offices, LOAN_FEN, date(2026, 3, 12), "R1")
    paid(second, offices, 2_000_000, date(2026, 3, 12), "R2")
    repaid_fen = sum(position(one, on=TODAY).principal_paid_fen for one in (first, second))
    # A few yuan of each payment were interest.
    assert 6_990_000 < repaid_fen < 7_000_000
    assert due_rate_of(pool, **IN_2027) == DueRate(2 * LOAN_FEN, repaid_fen)
    assert DueRate(2 * LOAN_FEN, 7_000_000).rate_ppm == 700_000


def test_a_year_in_which_nothing_fell_due_has_no_rate(pool, loan):
    assert due_rate_of_year(pool, 2026, today=TODAY) == DueRate(0, 0)
    assert DueRate(0, 0).rate_ppm is None


def test_what_the_fund_paid_and_what_was_reversed_is_not_repaid(pool, offices):
    first, second = make_active_loan(pool, offices), make_active_loan(pool, offices)
    compensated(first, offices, at=moment(date(2026, 6, 20)))
    repayment = paid(second, offices, 1_000_000, date(2026, 3, 12), "R1")
    before = due_rate_of(pool, **IN_2027).repaid_fen
    reverse_repayment(
        repayment,
        bank_serial="R2",
        value_on=date(2026, 3, 13),
        reason="记错",
        by=offices.bank_officer,
        at=moment(TODAY),
    )
    assert before > 0
    assert due_rate_of(pool, **IN_2027) == DueRate(2 * LOAN_FEN, 0)


def test_money_for_an_older_year_does_not_help_a_newer_one(pool, offices):
    """12 equal parts from April 2026 to March 2027; nine of them fell due in 2026 and five were repaid."""
    loan = make_active_loan(pool, offices, method="equal_principal")
    parts = list(loan.instalments.order_by("number"))
    due_fen = sum(one.principal_fen for one in parts if one.due_on.year == 2026)
    paid(loan, offices, due_fen // 2, date(2026, 3, 12), "R1")
    assert due_rate_of(pool, **IN_2027).repaid_fen == 0
    assert 0 < due_rate_of_year(pool, 2026, today=TODAY).repaid_fen <= due_fen // 2


def test_what_falls_due_today_is_not_late_yet(pool, loan):
    assert due_rate_of_year(pool, 2027, today=date(2027, 3, 10)).due_fen == 0
    assert due_rate_of_year(pool, 2027, today=date(2027, 3, 11)).due_fen == LOAN_FEN
