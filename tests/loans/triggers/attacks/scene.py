"""What is there when somebody tries, and what the tries are made with."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from loans import funds, lending
from loans.models import (
    FundMove,
    FundProposal,
    Guarantee,
    GuaranteeMove,
    GuaranteePool,
    Loan,
    LoanTransition,
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
    make_loan,
    make_pool,
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


def an_open_decision(scene: Scene) -> Decision:
    return decisions.propose("test", summary="一个人", by=scene.offices.finance_officer, at=AT)
