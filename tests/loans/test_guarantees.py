from datetime import date

import pytest

from loans import guarantees, lending
from loans.models import Guarantee, GuaranteeMove
from loans.refusals import GuaranteeResolved, LetterNumberUsed, PayoutIsOut, PoolExhausted
from records.models.decision import Outcome
from tests.makers.loans import (
    LOAN_FEN,
    PAID_ON,
    YUAN,
    make_active_loan,
    make_borrower,
    make_guarantee,
    make_loan,
    make_pool,
    moment,
    refreshed,
)

AT = moment(PAID_ON)


def figures(pool):
    pool = refreshed(pool)
    return pool.reserved_fen, pool.committed_fen


def test_a_promise_takes_its_room_from_the_pool(pool, offices):
    guarantee = make_guarantee(pool, offices)
    assert figures(pool) == (LOAN_FEN, 0)
    assert refreshed(pool).available_fen == 495_000_000
    assert guarantee.reserved_fen == LOAN_FEN
    assert guarantee.counter_guarantees.get().kind == "person"


def test_what_is_paid_out_stays_and_the_rest_of_the_promise_is_void(pool, offices):
    guarantee = make_guarantee(pool, offices, amount_fen=80_000 * YUAN)
    guarantees.post(guarantee, paid_fen=LOAN_FEN, value_on=PAID_ON, by=offices.bank_officer, at=AT)
    assert figures(pool) == (0, LOAN_FEN)


@pytest.mark.parametrize("take_back", [guarantees.void, guarantees.expire])
def test_a_promise_that_comes_to_nothing_gives_the_pool_its_room_back(pool, offices, take_back):
    guarantee = make_guarantee(pool, offices)
    take_back(guarantee, by=offices.bank_officer, at=AT)
    assert figures(pool) == (0, 0)


@pytest.mark.parametrize("again", [guarantees.void, guarantees.expire])
def test_a_promise_is_resolved_once(pool, offices, again):
    guarantee = make_guarantee(pool, offices)
    guarantees.void(guarantee, by=offices.bank_officer, at=AT)
    with pytest.raises(GuaranteeResolved):
        again(guarantee, by=offices.bank_officer, at=AT)
    with pytest.raises(GuaranteeResolved):
        guarantees.post(guarantee, paid_fen=LOAN_FEN, value_on=PAID_ON, by=offices.bank_officer, at=AT)
    assert figures(pool) == (0, 0)


def test_a_promise_that_is_in_force_cannot_be_taken_back(pool, offices, loan):
    with pytest.raises(GuaranteeResolved):
        guarantees.void(loan.guarantee, by=offices.bank_officer, at=AT)
    assert figures(pool) == (0, LOAN_FEN)


def test_nothing_more_is_promised_than_the_pool_can_carry_and_the_words_say_how_much_is_short(offices):
    pool = make_pool(offices, deposit_fen=100_000 * YUAN)
    for _ in range(9):
        make_guarantee(pool, offices)
    with pytest.raises(PoolExhausted) as refused:
        make_guarantee(pool, offices, amount_fen=70_000 * YUAN)
    assert refused.value.short_fen == 20_000 * YUAN
    assert "20,000.00" in str(refused.value)
    assert refused.value.words["code"] == "pool_exhausted"
    assert refused.value.status == 409
    # The rest still fits, to the fen, and then nothing does.
    make_guarantee(pool, offices, amount_fen=50_000 * YUAN)
    with pytest.raises(PoolExhausted):
        make_guarantee(pool, offices, amount_fen=1)


def test_a_refused_promise_leaves_nothing_behind(offices):
    pool = make_pool(offices, deposit_fen=1_000 * YUAN)
    with pytest.raises(PoolExhausted):
        make_guarantee(pool, offices)
    assert not Guarantee.objects.exists()
    assert not GuaranteeMove.objects.exists()
    assert figures(pool) == (0, 0)


def test_a_letter_number_is_used_once(pool, offices):
    first = make_guarantee(pool, offices)
    with pytest.raises(LetterNumberUsed):
        guarantees.reserve(
            pool,
            applicant=make_borrower(offices),
            case_number="W2026-9999",
            amount_fen=LOAN_FEN,
            letter_no=first.letter_no,
            counter_guarantees=[],
            by=offices.guarantor_officer,
            at=AT,
        )
    assert figures(pool) == (LOAN_FEN, 0)


def test_exposure_follows_the_principal_that_is_still_out(pool, offices, loan):
    guarantees.release(loan.guarantee, outstanding_fen=3_000_000, value_on=PAID_ON, by=offices.bank_officer, at=AT)
    assert figures(pool) == (0, 3_000_000)
    same = guarantees.release(
        loan.guarantee, outstanding_fen=3_000_000, value_on=PAID_ON, by=offices.bank_officer, at=AT
    )
    assert same is None
    guarantees.release(loan.guarantee, outstanding_fen=LOAN_FEN, value_on=PAID_ON, by=offices.bank_officer, at=AT)
    assert figures(pool) == (0, LOAN_FEN)


def test_exposure_never_rises_above_what_was_paid_out(pool, offices, loan):
    with pytest.raises(GuaranteeResolved):
        guarantees.release(
            loan.guarantee, outstanding_fen=LOAN_FEN + 1, value_on=PAID_ON, by=offices.bank_officer, at=AT
        )


def test_a_call_ends_the_whole_exposure_once(pool, offices, loan):
    guarantees.release(loan.guarantee, outstanding_fen=3_000_000, value_on=PAID_ON, by=offices.bank_officer, at=AT)
    guarantees.call(loan.guarantee, value_on=date(2026, 9, 1), by=offices.finance_officer, at=AT)
    assert figures(pool) == (0, 0)
    with pytest.raises(GuaranteeResolved):
        guarantees.call(loan.guarantee, value_on=date(2026, 9, 1), by=offices.finance_officer, at=AT)
    with pytest.raises(GuaranteeResolved):
        guarantees.release(loan.guarantee, outstanding_fen=1, value_on=PAID_ON, by=offices.bank_officer, at=AT)


def test_a_promise_stands_while_the_bank_may_be_paying(pool, offices):
    loan = make_loan(pool, offices)
    assert loan.guarantee is not None
    instruction = lending.instruct(loan, by=offices.bank_officer, at=AT)
    lending.release(instruction, outcome=Outcome.APPROVED, by=offices.bank_officer2, at=AT)
    for take_back in (guarantees.void, guarantees.expire):
        with pytest.raises(PayoutIsOut):
            take_back(loan.guarantee, by=offices.clock, at=AT)
    lending.fail(instruction, reason="账户已销户", at=AT)
    guarantees.expire(loan.guarantee, by=offices.clock, at=AT)
    assert figures(pool) == (0, 0)


def test_a_weight_makes_a_guarantee_count_for_less_rounded_up_to_the_fen(offices):
    pool = make_pool(offices, deposit_fen=100_000 * YUAN, exposure_weight_ppm=333_333)
    loan = make_active_loan(pool, offices, amount_fen=10_000 * YUAN)
    assert loan.guarantee is not None
    assert figures(pool) == (0, 333_333)
    for outstanding_fen, counts_for_fen in ((999_999, 333_333), (999_996, 333_332), (1, 1), (0, 0)):
        guarantees.release(
            loan.guarantee, outstanding_fen=outstanding_fen, value_on=PAID_ON, by=offices.bank_officer, at=AT
        )
        assert figures(pool) == (0, counts_for_fen)
