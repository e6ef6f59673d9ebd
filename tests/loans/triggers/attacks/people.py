"""What takes two people, done by one."""

from datetime import date
from typing import Any

from loans.models import FundProposal, PayoutInstruction, Policy, PolicyDraft
from loans.models.fund import FundMoveKind
from records import decisions
from records.models.decision import Outcome
from tests.loans.triggers.attacks.scene import (
    AT,
    Scene,
    an_open_decision,
    approved_proposal,
    attack,
    bare_guarantee,
    fund_row,
    sql,
)
from tests.makers.loans import LOAN_FEN, PAID_ON, make_loan


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


@attack("published_policy_is_never_edited")
def a_rate_changed_in_place(scene: Scene) -> None:
    sql("UPDATE loans_policy SET lpr_ppm = 1")


@attack("published_policy_is_never_edited")
def a_policy_ended_by_hand(scene: Scene) -> None:
    sql("UPDATE loans_policy SET valid_to = '2026-12-31'")


@attack("published_policy_is_never_edited")
def a_policy_taken_away(scene: Scene) -> None:
    sql("DELETE FROM loans_policy")


@attack("proposed_draft_stays")
def a_draft_changed_after_it_was_seen(scene: Scene) -> None:
    draft = a_draft(scene, decision=an_open_decision(scene))
    sql(f"UPDATE loans_policydraft SET version = 7 WHERE id = {draft.pk}")


@attack("proposed_draft_stays")
def a_draft_taken_away(scene: Scene) -> None:
    sql(f"DELETE FROM loans_policydraft WHERE id = {a_draft(scene).pk}")


def a_draft(scene: Scene, **columns: Any) -> PolicyDraft:
    policy = Policy.objects.all()[0]
    return PolicyDraft.objects.create(
        programme=policy.programme,
        based_on=policy,
        terms={},
        made_by=scene.offices.city_reviewer,
        made_at=AT,
        **columns,
    )
