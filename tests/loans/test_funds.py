from datetime import date

import pytest

from loans import funds
from loans.models import FundMove
from loans.models.fund import FundMoveKind
from loans.models.pool import deposit_fen
from loans.refusals import PoolExhausted, VoucherUsed
from records.models.decision import Outcome
from records.refusals import MoveNotOpen, NotPermitted, SamePerson
from tests.makers.loans import LOAN_FEN, YUAN, make_guarantee, make_pool, move_fund, refreshed, set_leverage
from tests.makers.people import OPENED_AT

TODAY = OPENED_AT.date()


def proposed(pool, offices, *, kind=FundMoveKind.DEPOSIT, amount_fen=100_000 * YUAN, voucher_no="凭 2026-7"):
    return funds.propose_fund_move(
        pool,
        kind=kind,
        amount_fen=amount_fen,
        value_on=TODAY,
        voucher_no=voucher_no,
        by=offices.finance_officer,
        at=OPENED_AT,
    )


def test_a_deposit_moves_the_balance_once_a_second_person_agrees(pool, offices):
    proposal = proposed(pool, offices)
    assert refreshed(pool).fund_balance_fen == 100_000_000
    move = funds.decide_fund_move(proposal, outcome=Outcome.APPROVED, by=offices.finance_officer2, at=OPENED_AT)
    assert move is not None
    assert refreshed(pool).fund_balance_fen == 110_000_000
    assert refreshed(pool).capacity_fen == 550_000_000
    assert deposit_fen(pool, on=TODAY) == 110_000_000
    entry = pool.entries.get(source=f"fund_move:{move.pk}")
    assert (entry.debit, entry.credit, entry.amount_fen) == ("pool_deposit", "treasury", 10_000_000)


def test_whoever_proposes_does_not_decide(pool, offices):
    proposal = proposed(pool, offices)
    with pytest.raises(SamePerson):
        funds.decide_fund_move(proposal, outcome=Outcome.APPROVED, by=offices.finance_officer, at=OPENED_AT)
    assert refreshed(pool).fund_balance_fen == 100_000_000


def test_a_refused_proposal_moves_nothing_and_is_settled(pool, offices):
    proposal = proposed(pool, offices)
    refused = funds.decide_fund_move(
        proposal, outcome=Outcome.REFUSED, by=offices.finance_officer2, at=OPENED_AT, reason="凭证不对"
    )
    assert refused is None
    with pytest.raises(MoveNotOpen):
        funds.decide_fund_move(proposal, outcome=Outcome.APPROVED, by=offices.finance_officer2, at=OPENED_AT)
    assert refreshed(pool).fund_balance_fen == 100_000_000


@pytest.mark.parametrize("stranger", ["bank_officer", "guarantor_officer", "leader", "sysadmin", "bank_system"])
def test_only_the_finance_bureau_moves_the_fund(pool, offices, stranger):
    with pytest.raises(NotPermitted):
        funds.propose_fund_move(
            pool,
            kind=FundMoveKind.WITHDRAWAL,
            amount_fen=1,
            value_on=TODAY,
            voucher_no="凭 1",
            by=getattr(offices, stranger),
            at=OPENED_AT,
        )
    proposal = proposed(pool, offices)
    with pytest.raises(NotPermitted):
        funds.decide_fund_move(proposal, outcome=Outcome.APPROVED, by=getattr(offices, stranger), at=OPENED_AT)


def test_a_voucher_is_booked_once_even_where_two_proposals_name_it(pool, offices):
    first, second = proposed(pool, offices), proposed(pool, offices)
    funds.decide_fund_move(first, outcome=Outcome.APPROVED, by=offices.finance_officer2, at=OPENED_AT)
    with pytest.raises(VoucherUsed):
        funds.decide_fund_move(second, outcome=Outcome.APPROVED, by=offices.finance_officer2, at=OPENED_AT)
    with pytest.raises(VoucherUsed):
        proposed(pool, offices)
    assert refreshed(pool).fund_balance_fen == 110_000_000


def test_a_withdrawal_leaves_enough_for_what_is_promised(offices):
    pool = make_pool(offices, deposit_fen=100_000 * YUAN)
    for _ in range(8):
        make_guarantee(pool, offices)
    # 400,000 are promised: 80,000 × 5 must stay.
    with pytest.raises(PoolExhausted) as refused:
        move_fund(pool, offices, kind=FundMoveKind.WITHDRAWAL, amount_fen=20_000 * YUAN + 1)
    assert refused.value.short_fen == 5
    move_fund(pool, offices, kind=FundMoveKind.WITHDRAWAL, amount_fen=20_000 * YUAN)
    assert refreshed(pool).headroom_fen == 0
    assert deposit_fen(pool, on=TODAY) == 80_000 * YUAN


def test_the_bank_pays_interest_on_the_fund_into_it(pool, offices):
    move_fund(pool, offices, kind=FundMoveKind.INTEREST, amount_fen=1_234)
    assert refreshed(pool).fund_balance_fen == 100_001_234
    assert deposit_fen(pool, on=TODAY) == 100_000_000


def test_money_that_follows_from_a_loan_is_not_proposed_without_it(pool, offices):
    for kind in (FundMoveKind.COMPENSATION, FundMoveKind.RECOVERY):
        with pytest.raises(AssertionError):
            proposed(pool, offices, kind=kind)


def test_a_deposit_counts_from_its_value_date(pool, offices):
    assert deposit_fen(pool, on=date(2025, 12, 31)) == 0


def test_leverage_is_set_by_two_people(pool, offices):
    change = funds.propose_leverage(
        pool, leverage=8, grounds="上年到期还款率 98%", by=offices.finance_officer, at=OPENED_AT
    )
    with pytest.raises(SamePerson):
        funds.decide_leverage(change, outcome=Outcome.APPROVED, by=offices.finance_officer, at=OPENED_AT)
    assert refreshed(pool).leverage == 5
    changed = funds.decide_leverage(change, outcome=Outcome.APPROVED, by=offices.finance_officer2, at=OPENED_AT)
    assert changed.capacity_fen == 800_000_000


def test_a_refused_leverage_stays_as_it_was(pool, offices):
    change = funds.propose_leverage(pool, leverage=8, grounds="依据", by=offices.finance_officer, at=OPENED_AT)
    kept = funds.decide_leverage(change, outcome=Outcome.REFUSED, by=offices.finance_officer2, at=OPENED_AT)
    assert kept.leverage == 5


@pytest.mark.parametrize("stranger", ["bank_officer", "leader"])
def test_only_the_finance_bureau_sets_the_leverage(pool, offices, stranger):
    with pytest.raises(NotPermitted):
        funds.propose_leverage(pool, leverage=8, grounds="依据", by=getattr(offices, stranger), at=OPENED_AT)
    change = funds.propose_leverage(pool, leverage=8, grounds="依据", by=offices.finance_officer, at=OPENED_AT)
    with pytest.raises(NotPermitted):
        funds.decide_leverage(change, outcome=Outcome.APPROVED, by=getattr(offices, stranger), at=OPENED_AT)


def test_a_leverage_cut_leaves_enough_for_what_is_promised(offices):
    pool = make_pool(offices, deposit_fen=100_000 * YUAN)
    for _ in range(7):
        make_guarantee(pool, offices)
    with pytest.raises(PoolExhausted) as refused:
        set_leverage(pool, offices, leverage=3)
    assert refused.value.short_fen == LOAN_FEN
    assert refreshed(pool).leverage == 5
    assert set_leverage(pool, offices, leverage=4).headroom_fen == LOAN_FEN
    assert FundMove.objects.count() == 1
