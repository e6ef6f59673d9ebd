"""The pool's counters and bound, and the phases of its guarantees."""

from loans import funds, guarantees
from loans.models import CounterGuarantee, GuaranteePool, SecurityRelease
from loans.models.fund import FundMoveKind
from records import decisions
from records.models.decision import Outcome
from tests.loans.triggers.attacks.scene import (
    AT,
    Scene,
    approved_proposal,
    attack,
    bare_guarantee,
    fund_row,
    move_row,
    sql,
)
from tests.makers.loans import LOAN_FEN, PAID_ON, YUAN, make_pool, make_programme


@attack("pool_counter_differs_from_its_rows")
def reserved_by_hand(scene: Scene) -> None:
    sql(f"UPDATE loans_guaranteepool SET reserved_fen = reserved_fen - 1 WHERE id = {scene.pool.pk}")


@attack("pool_counter_differs_from_its_rows")
def committed_by_hand(scene: Scene) -> None:
    sql(f"UPDATE loans_guaranteepool SET committed_fen = 0 WHERE id = {scene.pool.pk}")


@attack("pool_counter_differs_from_its_rows")
def a_balance_by_hand(scene: Scene) -> None:
    sql(f"UPDATE loans_guaranteepool SET fund_balance_fen = fund_balance_fen + 1 WHERE id = {scene.pool.pk}")


@attack("pool_over_limit_is_misdated")
def an_excuse_to_go_over_the_limit(scene: Scene) -> None:
    sql(f"UPDATE loans_guaranteepool SET over_limit_since = '2026-03-10' WHERE id = {scene.pool.pk}")


@attack("leverage_takes_two_people")
def a_leverage_by_hand(scene: Scene) -> None:
    sql(f"UPDATE loans_guaranteepool SET leverage = 6 WHERE id = {scene.pool.pk}")


@attack("leverage_takes_two_people")
def a_leverage_that_was_only_proposed(scene: Scene) -> None:
    funds.propose_leverage(scene.pool, leverage=6, grounds="依据", by=scene.offices.finance_officer, at=AT)
    sql(f"UPDATE loans_guaranteepool SET leverage = 6 WHERE id = {scene.pool.pk}")


@attack("exposure_weight_is_in_use")
def another_weight_while_guarantees_are_out(scene: Scene) -> None:
    sql(f"UPDATE loans_guaranteepool SET exposure_weight_ppm = 500000 WHERE id = {scene.pool.pk}")


@attack("pool_starts_empty")
def a_pool_born_rich(scene: Scene) -> None:
    pool = GuaranteePool.objects.get(pk=scene.pool.pk)
    pool.pk, pool.programme, pool.reserved_fen, pool.committed_fen = None, make_programme("other"), 0, 0
    GuaranteePool.objects.bulk_create([pool])


@attack("pool_exhausted")
def a_reservation_beyond_the_capacity(scene: Scene) -> None:
    guarantee = bare_guarantee(scene, amount_fen=400_000 * YUAN)
    move_row(guarantee, scene, kind="reserve", reserved_delta_fen=guarantee.amount_fen).save(force_insert=True)


@attack("pool_exhausted")
def a_deposit_below_the_exposure(scene: Scene) -> None:
    proposal = approved_proposal(scene, kind=FundMoveKind.WITHDRAWAL, amount_fen=80_000 * YUAN)
    fund_row(scene, proposal.decision, kind="withdrawal", amount_fen=-80_000 * YUAN).save(force_insert=True)


@attack("pool_exhausted")
def a_leverage_below_the_exposure(scene: Scene) -> None:
    change = funds.propose_leverage(scene.pool, leverage=1, grounds="依据", by=scene.offices.finance_officer, at=AT)
    decisions.decide(change.decision, outcome=Outcome.APPROVED, by=scene.offices.finance_officer2, at=AT)
    sql(f"UPDATE loans_guaranteepool SET leverage = 1 WHERE id = {scene.pool.pk}")


@attack("reservation_differs_from_the_guarantee")
def a_promise_that_reserves_less_than_it_says(scene: Scene) -> None:
    guarantee = bare_guarantee(scene)
    move_row(guarantee, scene, kind="reserve", reserved_delta_fen=1).save(force_insert=True)


@attack("guarantee_of_another_pool")
def a_promise_at_another_pools_cost(scene: Scene) -> None:
    other = make_pool(scene.offices, programme=make_programme("other"), deposit_fen=0)
    guarantee = scene.approved.guarantee
    move_row(guarantee, scene, pool=other, kind="void", reserved_delta_fen=-LOAN_FEN).save(force_insert=True)


@attack("guarantee_phase_out_of_order")
def half_a_promise_taken_back(scene: Scene) -> None:
    move_row(scene.approved.guarantee, scene, kind="void", reserved_delta_fen=-100).save(force_insert=True)


@attack("guarantee_phase_out_of_order")
def exposure_released_that_was_never_there(scene: Scene) -> None:
    move_row(scene.approved.guarantee, scene, kind="release", committed_delta_fen=-100).save(force_insert=True)


@attack("guarantee_phase_out_of_order")
def exposure_out_of_nothing(scene: Scene) -> None:
    move_row(scene.active.guarantee, scene, kind="release", committed_delta_fen=100_001).save(force_insert=True)


@attack("guarantee_phase_out_of_order")
def half_a_call(scene: Scene) -> None:
    move_row(scene.active.guarantee, scene, kind="call", committed_delta_fen=-100).save(force_insert=True)


@attack("guarantee_phase_out_of_order")
def exposure_that_comes_back_after_the_call(scene: Scene) -> None:
    assert scene.active.guarantee is not None
    guarantees.call(scene.active.guarantee, value_on=PAID_ON, by=scene.offices.finance_officer, at=AT)
    move_row(scene.active.guarantee, scene, kind="release", committed_delta_fen=100).save(force_insert=True)


@attack("payout_is_out")
def a_promise_taken_back_under_a_payment(scene: Scene) -> None:
    guarantee = scene.paying.guarantee
    move_row(guarantee, scene, kind="expire", reserved_delta_fen=-LOAN_FEN).save(force_insert=True)


@attack("row_is_permanent")
def an_edited_promise(scene: Scene) -> None:
    sql("UPDATE loans_guarantee SET amount_fen = 1")


@attack("row_is_permanent")
def an_edited_phase(scene: Scene) -> None:
    sql("UPDATE loans_guaranteemove SET value_on = '2026-01-01'")


@attack("row_is_permanent")
def a_promise_forgotten(scene: Scene) -> None:
    sql("DELETE FROM loans_guaranteemove")


@attack("security_is_in_use")
def a_counter_guarantee_set_free_while_the_loan_is_out(scene: Scene) -> None:
    counter = CounterGuarantee.objects.get(guarantee__loan=scene.active)
    SecurityRelease.objects.create(
        counter_guarantee=counter,
        released_on=PAID_ON,
        words="退还",
        released_by=scene.offices.guarantor_officer,
        released_at=AT,
    )
