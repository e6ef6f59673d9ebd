"""Things that nobody may do, tried past all of our code: by SQL, or by inserting rows directly.

Each attack names the code with which the database refuses it. They are run as they are, and once more after every
table of the app was altered: on SQLite an altered table loses its triggers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from loans import funds, guarantees, lending
from loans.models import (
    FundMove,
    FundProposal,
    Guarantee,
    GuaranteeMove,
    GuaranteePool,
    Instalment,
    LedgerEntry,
    Loan,
    LoanTransition,
    PayoutInstruction,
    Policy,
    Repayment,
)
from loans.models.fund import FundMoveKind
from loans.servicing import record_repayment
from records import decisions
from records.models import Decision
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
    make_programme,
    moment,
    refreshed,
)
from tests.makers.people import Offices

AT = moment(PAID_ON)


@dataclass
class Scene:
    """A pool of 100,000 × 5 with an active loan, an approved one, and one whose payout is out: 150,000 in all."""

    offices: Offices
    pool: GuaranteePool
    active: Loan
    approved: Loan
    paying: Loan
    repayment: Repayment


def a_scene(offices: Offices) -> Scene:
    pool = make_pool(offices, deposit_fen=100_000 * YUAN)
    active, approved, paying = make_active_loan(pool, offices), make_loan(pool, offices), make_loan(pool, offices)
    repayment = record_repayment(
        active, amount_fen=100_000, value_on=PAID_ON, bank_serial="R1", by=offices.bank_officer, at=AT
    )
    lending.instruct(approved, by=offices.bank_officer, at=AT)
    instruction = lending.instruct(paying, by=offices.bank_officer, at=AT)
    lending.release(instruction, outcome=Outcome.APPROVED, by=offices.bank_officer2, at=AT)
    return Scene(offices, refreshed(pool), Loan.objects.get(pk=active.pk), approved, paying, repayment)


Act = Callable[[Scene], Any]
ATTACKS: dict[str, tuple[str, Act]] = {}


def attack(code: str) -> Callable[[Act], Act]:
    def register(act: Act) -> Act:
        ATTACKS[act.__name__] = (code, act)
        return act

    return register


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def log_row(loan: Loan, **changes: Any) -> LoanTransition:
    columns = {"version": loan.version + 1, "move": "settle", "source": "ACTIVE", "target": "SETTLED"}
    return LoanTransition(subject=loan, by_id=1, at=AT, before_sha256="0" * 64, **{**columns, **changes})


def move_row(guarantee: Guarantee | None, scene: Scene, **changes: Any) -> GuaranteeMove:
    columns = {"pool": scene.pool, "value_on": PAID_ON, "posted_by": scene.offices.bank_officer, "posted_at": AT}
    return GuaranteeMove(guarantee=guarantee, **{**columns, **changes})


def fund_row(scene: Scene, decision: Decision, **changes: Any) -> FundMove:
    columns = {"kind": "deposit", "amount_fen": 100, "value_on": PAID_ON, "voucher_no": "凭 X"}
    return FundMove(
        pool=scene.pool,
        decision=decision,
        posted_by=scene.offices.finance_officer,
        posted_at=AT,
        **{**columns, **changes},
    )


def approved_proposal(scene: Scene, *, kind: FundMoveKind, amount_fen: int) -> FundProposal:
    proposal = funds.propose_fund_move(
        scene.pool,
        kind=kind,
        amount_fen=amount_fen,
        value_on=PAID_ON,
        voucher_no="凭 X",
        by=scene.offices.finance_officer,
        at=AT,
    )
    decisions.decide(proposal.decision, outcome=Outcome.APPROVED, by=scene.offices.finance_officer2, at=AT)
    return proposal


# The loan's machine


@attack("move_not_logged")
def an_undocumented_state(scene: Scene) -> None:
    sql(f"UPDATE loans_loan SET state = 'FORGIVEN', version = version + 1 WHERE id = {scene.active.pk}")


@attack("move_not_logged")
def a_documented_state_without_its_log_row(scene: Scene) -> None:
    sql(f"UPDATE loans_loan SET state = 'SETTLED', version = version + 1 WHERE id = {scene.active.pk}")


@attack("move_not_logged")
def a_version_of_its_own(scene: Scene) -> None:
    sql(f"UPDATE loans_loan SET version = version + 1 WHERE id = {scene.active.pk}")


@attack("move_not_documented")
def a_log_row_for_a_move_that_does_not_exist(scene: Scene) -> None:
    log_row(scene.active, move="forgive", target="CLOSED").save(force_insert=True)


@attack("move_not_documented")
def a_log_row_from_a_state_in_which_the_loan_is_not(scene: Scene) -> None:
    log_row(scene.active, move="reopen", source="SETTLED", target="ACTIVE").save(force_insert=True)


@attack("move_not_documented")
def a_log_row_that_skips_a_version(scene: Scene) -> None:
    log_row(scene.active, version=scene.active.version + 2).save(force_insert=True)


@attack("row_is_permanent")
def an_edited_log(scene: Scene) -> None:
    sql("UPDATE loans_loantransition SET by_id = by_id + 1")


@attack("row_is_permanent")
def a_shortened_log(scene: Scene) -> None:
    sql("DELETE FROM loans_loantransition")


@attack("not_in_first_state")
def a_loan_born_settled(scene: Scene) -> None:
    loan = Loan.objects.get(pk=scene.approved.pk)
    loan.pk, loan.number, loan.guarantee = None, "L2026-9999", make_guarantee(scene.pool, scene.offices)
    loan.applicant = loan.guarantee.applicant
    loan.__dict__["state"] = "CANCELLED"
    Loan.objects.bulk_create([loan])


@attack("subject_is_never_deleted")
def a_deleted_loan(scene: Scene) -> None:
    sql(f"DELETE FROM loans_loan WHERE id = {scene.approved.pk}")


# What was agreed and paid


@attack("loan_terms_are_agreed")
def a_loan_that_grew(scene: Scene) -> None:
    sql(f"UPDATE loans_loan SET amount_fen = amount_fen + 1 WHERE id = {scene.approved.pk}")


@attack("loan_terms_are_agreed")
def another_rate(scene: Scene) -> None:
    sql(f"UPDATE loans_loan SET annual_rate_ppm = 99000 WHERE id = {scene.active.pk}")


@attack("loan_terms_are_agreed")
def a_loan_without_its_guarantee(scene: Scene) -> None:
    sql(f"UPDATE loans_loan SET guarantee_id = NULL WHERE id = {scene.active.pk}")


@attack("loan_is_paid_out_already")
def another_value_date(scene: Scene) -> None:
    sql(f"UPDATE loans_loan SET disbursed_on = '2026-01-01' WHERE id = {scene.active.pk}")


@attack("loan_is_paid_out_already")
def another_serial_of_the_payment(scene: Scene) -> None:
    sql(f"UPDATE loans_loan SET bank_serial = 'X' WHERE id = {scene.active.pk}")


@attack("row_is_permanent")
def another_instalment(scene: Scene) -> None:
    sql("UPDATE loans_instalment SET interest_fen = 0")


@attack("row_is_permanent")
def a_plan_without_its_last_row(scene: Scene) -> None:
    sql(f"DELETE FROM loans_instalment WHERE id = {Instalment.objects.latest('pk').pk}")


# The pool's counters and bound


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


# The phases of a guarantee


def bare_guarantee(scene: Scene, *, amount_fen: int = LOAN_FEN, **changes: Any) -> Guarantee:
    return Guarantee.objects.create(
        pool=scene.pool,
        applicant=make_borrower(scene.offices),
        case_number="W2026-9999",
        letter_no="石担函〔2026〕X",
        amount_fen=amount_fen,
        made_by=scene.offices.guarantor_officer,
        made_at=AT,
        **changes,
    )


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


# Loans and payouts


@attack("loan_without_guarantee")
def a_loan_that_nobody_guarantees(scene: Scene) -> None:
    copy_of(scene.approved, guarantee=None)


@attack("loan_differs_from_its_guarantee")
def a_loan_larger_than_its_guarantee(scene: Scene) -> None:
    guarantee = make_guarantee(scene.pool, scene.offices)
    copy_of(scene.approved, guarantee=guarantee, applicant=guarantee.applicant, amount_fen=LOAN_FEN + 1)


@attack("loan_differs_from_its_guarantee")
def a_loan_under_another_womans_guarantee(scene: Scene) -> None:
    copy_of(scene.approved, guarantee=make_guarantee(scene.pool, scene.offices))


def copy_of(loan: Loan, **changes: Any) -> None:
    copy = Loan.objects.get(pk=loan.pk)
    copy.pk, copy.number = None, "L2026-9999"
    for name, value in changes.items():
        setattr(copy, name, value)
    Loan.objects.bulk_create([copy])


@attack("guarantee_is_not_posted")
def a_payout_without_its_guarantee_in_force(scene: Scene) -> None:
    sql(
        "UPDATE loans_loan SET bank_loan_no = 'X', bank_serial = 'X', disbursed_on = '2026-03-10', "
        f"matures_on = '2027-03-10' WHERE id = {scene.paying.pk}"
    )
    log_row(scene.paying, move="activate", source="APPROVED", target="ACTIVE").save(force_insert=True)


@attack("payout_is_not_released")
def a_payout_that_nobody_released(scene: Scene) -> None:
    guarantee = scene.approved.guarantee
    assert guarantee is not None
    guarantees.post(guarantee, paid_fen=LOAN_FEN, value_on=PAID_ON, by=scene.offices.bank_officer, at=AT)
    log_row(scene.approved, move="activate", source="APPROVED", target="ACTIVE").save(force_insert=True)


@attack("payout_is_out")
def a_loan_cancelled_under_its_payment(scene: Scene) -> None:
    log_row(scene.paying, move="cancel", source="APPROVED", target="CANCELLED").save(force_insert=True)


@attack("guarantee_is_not_called")
def a_compensation_without_a_call(scene: Scene) -> None:
    log_row(scene.active, move="compensate", target="COMPENSATED").save(force_insert=True)


@attack("payout_differs_from_the_loan")
def an_order_for_more_than_the_loan(scene: Scene) -> None:
    loan = make_loan(scene.pool, scene.offices)
    order = PayoutInstruction(loan=loan, amount_fen=LOAN_FEN + 1, account_index="x", decision=an_open_decision(scene))
    order.save(force_insert=True)


@attack("payout_instruction_is_written")
def an_order_to_another_account(scene: Scene) -> None:
    sql("UPDATE loans_payoutinstruction SET account_index = 'x'")


@attack("payout_instruction_is_written")
def an_order_taken_back_after_release(scene: Scene) -> None:
    sql(f"UPDATE loans_payoutinstruction SET released_at = NULL WHERE loan_id = {scene.paying.pk}")


@attack("payout_instruction_is_written")
def a_deleted_order(scene: Scene) -> None:
    sql("DELETE FROM loans_payoutinstruction")


# What takes two people


def an_open_decision(scene: Scene) -> Decision:
    return decisions.propose("test", summary="一个人", by=scene.offices.finance_officer, at=AT)


@attack("payout_takes_two_people")
def an_order_released_by_one(scene: Scene) -> None:
    sql(f"UPDATE loans_payoutinstruction SET released_at = '2026-03-10 10:00:00' WHERE loan_id = {scene.approved.pk}")


@attack("payout_takes_two_people")
def an_order_born_released(scene: Scene) -> None:
    loan = make_loan(scene.pool, scene.offices)
    order = PayoutInstruction(
        loan=loan, amount_fen=LOAN_FEN, account_index="x", decision=an_open_decision(scene), released_at=AT
    )
    order.save(force_insert=True)


@attack("fund_move_takes_two_people")
def a_deposit_by_one(scene: Scene) -> None:
    fund_row(scene, an_open_decision(scene)).save(force_insert=True)


@attack("fund_move_takes_two_people")
def a_withdrawal_under_the_approval_of_a_deposit(scene: Scene) -> None:
    proposal = approved_proposal(scene, kind=FundMoveKind.DEPOSIT, amount_fen=100)
    fund_row(scene, proposal.decision, kind="withdrawal", amount_fen=-100).save(force_insert=True)


@attack("fund_move_takes_two_people")
def more_than_was_approved(scene: Scene) -> None:
    proposal = approved_proposal(scene, kind=FundMoveKind.DEPOSIT, amount_fen=100)
    fund_row(scene, proposal.decision, amount_fen=101).save(force_insert=True)


@attack("guarantee_is_not_called")
def a_compensation_of_a_loan_that_is_paid(scene: Scene) -> None:
    decision = decisions.decide(
        an_open_decision(scene), outcome=Outcome.APPROVED, by=scene.offices.finance_officer2, at=AT
    )
    FundProposal.objects.create(
        pool=scene.pool,
        kind="compensation",
        amount_fen=100,
        loan=scene.active,
        principal_fen=100,
        value_on=PAID_ON,
        voucher_no="凭 X",
        decision=decision,
    )
    fund_row(scene, decision, kind="compensation", amount_fen=-100, loan=scene.active).save(force_insert=True)


@attack("guarantee_takes_two_people")
def a_large_promise_by_one(scene: Scene) -> None:
    bare_guarantee(scene, decision=an_open_decision(scene))


@attack("policy_takes_two_people")
def a_policy_by_one(scene: Scene) -> None:
    policy = Policy.objects.get()
    policy.pk, policy.version, policy.valid_from = None, "X", date(2027, 1, 1)
    policy.decision = an_open_decision(scene)
    Policy.objects.bulk_create([policy])


@attack("row_is_permanent")
def an_edited_proposal(scene: Scene) -> None:
    sql("UPDATE loans_fundproposal SET amount_fen = 1")


# Repayments and ledger


@attack("loan_is_not_paid_out")
def a_repayment_before_the_money(scene: Scene) -> None:
    repayment_row(scene, loan=scene.approved)


@attack("reversal_is_no_mirror")
def a_reversal_of_another_amount(scene: Scene) -> None:
    repayment_row(scene, loan=scene.active, amount_fen=1, reverses=scene.repayment, reason="记错")


@attack("reversal_is_no_mirror")
def a_reversal_before_its_repayment(scene: Scene) -> None:
    repayment_row(
        scene,
        loan=scene.active,
        amount_fen=100_000,
        reverses=scene.repayment,
        reason="记错",
        value_on=date(2026, 3, 9),
    )


def repayment_row(scene: Scene, **changes: Any) -> None:
    columns = {"value_on": PAID_ON, "amount_fen": 100, "bank_serial": "X"}
    row = Repayment(recorded_by=scene.offices.bank_officer, recorded_at=AT, **{**columns, **changes})
    row.save(force_insert=True)


@attack("row_is_permanent")
def an_edited_repayment(scene: Scene) -> None:
    sql("UPDATE loans_repayment SET amount_fen = 1")


@attack("row_is_permanent")
def an_edited_entry(scene: Scene) -> None:
    sql("UPDATE loans_ledgerentry SET amount_fen = 1")


@attack("row_is_permanent")
def a_deleted_entry(scene: Scene) -> None:
    sql("DELETE FROM loans_ledgerentry")


@attack("row_is_permanent")
def a_moved_deposit(scene: Scene) -> None:
    sql("UPDATE loans_fundmove SET value_on = '2026-01-01'")


@attack("entry_is_not_in_the_table")
def an_entry_between_accounts_that_do_not_meet(scene: Scene) -> None:
    entry_row(scene, reason="deposit", debit="pool_deposit", credit="bank_funds")


@attack("entry_is_not_in_the_table")
def an_entry_the_wrong_way_round(scene: Scene) -> None:
    entry_row(scene, reason="deposit", debit="treasury", credit="pool_deposit")


@attack("reversal_is_no_mirror")
def a_reversal_of_another_sum(scene: Scene) -> None:
    entry = LedgerEntry.objects.filter(reason="deposit").latest("pk")
    entry_row(scene, reason="deposit", debit=entry.credit, credit=entry.debit, amount_fen=1, reverses=entry)


def entry_row(scene: Scene, **changes: Any) -> None:
    columns = {"amount_fen": 100, "value_on": PAID_ON, "source": "x"}
    row = LedgerEntry(pool=scene.pool, posted_by=scene.offices.finance_officer, posted_at=AT, **{**columns, **changes})
    row.save(force_insert=True)
