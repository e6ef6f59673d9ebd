from datetime import date
from typing import Any

from loans.claims import judging
from loans.claims.carrying import carried_claims, carried_fen, payable_fen
from loans.claims.quarter import quarter_of
from records import papers
from tests.makers.claims import SUMMER, opined, paid, paid_out, reviewed, submitted
from tests.makers.loans import make_active_loan, moment

AUTUMN = quarter_of(date(2026, 10, 1))


def test_what_is_taken_back_beyond_a_claim_comes_off_the_next(pool, loan, offices):
    spring = paid(pool, offices)
    stop: dict[str, Any] = {"stopped_on": date(2026, 3, 21), "reason": "钱拿去买房了", "at": moment(date(2026, 7, 1))}
    judging.stop_subsidy(loan, by=offices.finance_officer, **stop)
    summer = reviewed(opined(submitted(pool, offices, SUMMER), offices), offices)
    assert (judging.agreed_fen(summer), carried_fen(summer), payable_fen(summer)) == (-57_500, 0, 0)
    assert summer.payment_order is not None
    sheet = papers.sheet_of(summer.payment_order)
    assert "人民币零元整" in sheet
    assert "结转下季" in sheet
    assert "-575.00元" in sheet
    paid_out(summer, offices)
    make_active_loan(pool, offices, amount_fen=10_000_000, paid_on=date(2026, 9, 21))
    autumn = reviewed(opined(submitted(pool, offices, AUTUMN), offices), offices)
    assert (judging.agreed_fen(autumn), carried_claims(autumn)) == (113_750, [summer.pk])
    assert payable_fen(autumn) == 113_750 - 57_500
    assert autumn.payment_order is not None
    assert autumn.decision is not None
    sheet = papers.sheet_of(autumn.payment_order)
    assert "上季结转" in sheet
    assert "562.50元" in sheet
    assert autumn.decision.summary.endswith("562.50 元")
    assert (payable_fen(spring), payable_fen(summer)) == (57_500, 0)
