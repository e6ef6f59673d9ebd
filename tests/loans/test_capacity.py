from datetime import date

from loans.capacity import ahead_of
from loans.servicing import record_repayment
from tests.makers.loans import LOAN_FEN, compensated, make_active_loan, make_guarantee, moment, refreshed

TODAY = date(2026, 4, 1)


def test_room_comes_back_on_the_day_on_which_principal_falls_due(pool, offices):
    """A loan of 50,000 due on 2027-03-10, and a promise that isn't paid out."""
    make_active_loan(pool, offices)
    make_guarantee(pool, offices)
    points = ahead_of(refreshed(pool), on=TODAY)
    assert [point.on for point in points][::12] == [TODAY, date(2027, 4, 1)]
    assert {point.exposure_fen for point in points[:12]} == {2 * LOAN_FEN}
    assert points[12].exposure_fen == LOAN_FEN
    assert points[12].headroom_fen == 500_000_000 - LOAN_FEN


def test_it_begins_with_what_the_pool_says_today_and_compensation_takes_five_for_one(pool, offices):
    loans = [make_active_loan(pool, offices) for _ in range(2)]
    compensated(loans[0], offices, at=moment(date(2026, 6, 20)))
    now = refreshed(pool)
    first = ahead_of(now, on=date(2026, 6, 20))[0]
    assert (first.exposure_fen, first.headroom_fen) == (now.committed_fen, now.headroom_fen)
    assert first.headroom_fen == 500_000_000 - 5 * 4_000_000 - LOAN_FEN


def test_what_is_late_is_not_expected_and_early_money_is_not_counted_twice(pool, offices):
    late, early = make_active_loan(pool, offices), make_active_loan(pool, offices)
    paid_on = date(2026, 3, 12)
    record_repayment(
        early, amount_fen=2_000_000, value_on=paid_on, bank_serial="R1", by=offices.bank_officer, at=moment(paid_on)
    )
    assert late.guarantee is not None
    after = ahead_of(refreshed(pool), on=date(2027, 3, 11))
    assert len({point.exposure_fen for point in after}) == 1
    before = ahead_of(refreshed(pool), on=date(2027, 3, 1))
    assert before[1].exposure_fen == 0
