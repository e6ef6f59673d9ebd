"""Money of 石榴市: the demo policy and pool, guarantees, loans. All of it is made up."""

from collections.abc import Mapping
from datetime import date, datetime
from itertools import count
from typing import Any

from applicants.models import Applicant
from loans import compensation, funds, guarantees, lending, policies, write_offs
from loans.models import FundMove, FundProposal, Guarantee, GuaranteePool, LeverageChange, Loan, Policy, Programme
from loans.models.fund import FundMoveKind
from loans.models.guarantee import CounterGuaranteeKind
from records.encryption import blind_index
from records.models.decision import Outcome
from tests.makers.people import OPENED_AT, SHANGHAI, Offices, phone_user
from tests.makers.programme import a_policy

YUAN = 100
DEPOSIT_FEN = 1_000_000 * YUAN
LOAN_FEN = 50_000 * YUAN
PAID_ON = date(2026, 3, 10)

_running = count(1)


def moment(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)


def make_programme(code: str = "start-up") -> Programme:
    return Programme.objects.create(code=code, name="妇女创业贴息贷款", short_name="创业贷", paper_prefix="石妇贷")


def make_policy(
    offices: Offices, *, programme: Programme | None = None, changes: Mapping[str, Any] | None = None
) -> Policy:
    """The demo policy of a programme, with the given columns changed."""
    return a_policy(programme or make_programme(), offices, changes=changes)


def make_pool(
    offices: Offices,
    *,
    programme: Programme | None = None,
    deposit_fen: int = DEPOSIT_FEN,
    leverage: int = 5,
    exposure_weight_ppm: int = 1_000_000,
) -> GuaranteePool:
    """A pool with its deposit paid in: by default 1,000,000 × 5. Without a programme it gets one with a policy."""
    programme = programme or make_policy(offices).programme
    pool = GuaranteePool.objects.create(
        name="石榴市妇女创业担保基金",
        programme=programme,
        guarantor=offices.guarantor,
        bank=offices.bank,
        finance=offices.finance,
        leverage=leverage,
        exposure_weight_ppm=exposure_weight_ppm,
    )
    if deposit_fen:
        move_fund(pool, offices, kind=FundMoveKind.DEPOSIT, amount_fen=deposit_fen)
    return refreshed(pool)


def move_fund(
    pool: GuaranteePool, offices: Offices, *, kind: FundMoveKind, amount_fen: int, at: datetime = OPENED_AT
) -> FundMove:
    """Money in or out of the fund, agreed by both finance officers."""
    proposal = funds.propose_fund_move(
        pool,
        kind=kind,
        amount_fen=amount_fen,
        value_on=at.date(),
        voucher_no=f"凭{next(_running):05d}",
        by=offices.finance_officer,
        at=at,
    )
    move = funds.decide_fund_move(proposal, outcome=Outcome.APPROVED, by=offices.finance_officer2, at=at)
    assert move is not None
    return move


def set_leverage(pool: GuaranteePool, offices: Offices, *, leverage: int, at: datetime = OPENED_AT) -> GuaranteePool:
    change: LeverageChange = funds.propose_leverage(
        pool, leverage=leverage, grounds="上年到期还款率 98%", by=offices.finance_officer, at=at
    )
    return funds.decide_leverage(change, outcome=Outcome.APPROVED, by=offices.finance_officer2, at=at)


def make_borrower(offices: Offices, *, name: str = "石榴花") -> Applicant:
    """Somebody with an account to pay to, and no more than that."""
    account_no = f"62284800{next(_running):011d}"
    return Applicant.objects.create(
        user=phone_user(f"borrower-{next(_running)}"),
        full_name=name,
        village=offices.villages[0],
        account_no=account_no,
        account_index=blind_index(account_no, purpose="account"),
        account_bank=offices.bank,
        created_at=OPENED_AT,
    )


def make_guarantee(
    pool: GuaranteePool,
    offices: Offices,
    *,
    applicant: Applicant | None = None,
    amount_fen: int = LOAN_FEN,
    at: datetime | None = None,
) -> Guarantee:
    """A promise of the pool, reserved and not yet in force."""
    number = next(_running)
    return guarantees.reserve(
        pool,
        applicant=applicant or make_borrower(offices),
        case_number=f"W2026-{number:04d}",
        amount_fen=amount_fen,
        letter_no=f"石担函〔2026〕{number:05d}",
        counter_guarantees=[
            guarantees.CounterGuaranteeGiven(CounterGuaranteeKind.PERSON, "村民 谷雨生，月收入 4,200 元")
        ],
        by=offices.guarantor_officer,
        at=at or moment(PAID_ON, 9),
    )


def make_loan(
    pool: GuaranteePool,
    offices: Offices,
    *,
    amount_fen: int = LOAN_FEN,
    term_months: int = 12,
    method: str = "interest_only",
    at: datetime | None = None,
) -> Loan:
    """A loan that the bank has approved and not paid out."""
    guarantee = make_guarantee(pool, offices, amount_fen=amount_fen, at=at)
    policy = policies.policy_in_force(pool.programme, on=(at or moment(PAID_ON)).date())
    return lending.approve(
        guarantee.applicant,
        policy=policy,
        guarantee=guarantee,
        bank=pool.bank,
        amount_fen=amount_fen,
        annual_rate_ppm=policy.annual_rate_ppm,
        lpr_ppm=policy.lpr_ppm,
        lpr_on=policy.lpr_on,
        term_months=term_months,
        method=method,
        at=at or moment(PAID_ON),
    )


def make_active_loan(
    pool: GuaranteePool,
    offices: Offices,
    *,
    amount_fen: int = LOAN_FEN,
    term_months: int = 12,
    method: str = "interest_only",
    paid_on: date = PAID_ON,
    recorded_on: date | None = None,
) -> Loan:
    """A loan that was paid out that day: signed, ordered by one officer of the bank and released by another."""
    at = moment(paid_on)
    loan = make_loan(pool, offices, amount_fen=amount_fen, term_months=term_months, method=method, at=at)
    return pay_out(loan, offices, paid_on=paid_on, recorded_on=recorded_on)


def pay_out(loan: Loan, offices: Offices, *, paid_on: date = PAID_ON, recorded_on: date | None = None) -> Loan:
    at = moment(paid_on, 15)
    number = next(_running)
    lending.sign(loan, contract_no=f"石农信借〔2026〕{number:05d}", signed_on=paid_on)
    instruction = lending.instruct(loan, by=offices.bank_officer, at=at)
    lending.release(instruction, outcome=Outcome.APPROVED, by=offices.bank_officer2, at=at)
    return lending.activate(
        loan,
        bank_serial=f"PAY{number:08d}",
        bank_loan_no=f"JJ{number:08d}",
        value_on=paid_on,
        by=offices.bank_officer,
        at=moment(recorded_on, 15) if recorded_on else at,
    )


def compensated(loan: Loan, offices: Offices, *, at: datetime) -> Loan:
    """The bank asks, the finance bureau agrees."""
    proposal: FundProposal = compensation.propose_compensation(
        loan, voucher_no=f"代{next(_running):05d}", by=offices.bank_officer, at=at
    )
    return compensation.decide_compensation(proposal, outcome=Outcome.APPROVED, by=offices.finance_officer2, at=at)


def recovered(loan: Loan, offices: Offices, *, recovered_fen: int, at: datetime) -> None:
    """The bank got so much of a claim back, and the finance bureau agrees."""
    proposal = compensation.propose_recovery(
        Loan.objects.get(pk=loan.pk),
        recovered_fen=recovered_fen,
        value_on=at.date(),
        voucher_no=f"追{next(_running):05d}",
        by=offices.bank_officer,
        at=at,
    )
    compensation.decide_recovery(proposal, outcome=Outcome.APPROVED, by=offices.finance_officer2, at=at)


def written_off(loan: Loan, offices: Offices, *, at: datetime) -> Loan:
    """The bank gives the rest of a claim up, and the finance bureau agrees."""
    proposal = write_offs.propose_write_off(
        Loan.objects.get(pk=loan.pk), reason="执行终结，没有可供执行的财产", by=offices.bank_officer, at=at
    )
    return write_offs.decide_write_off(proposal, outcome=Outcome.APPROVED, by=offices.finance_officer2, at=at)


def refreshed(pool: GuaranteePool) -> GuaranteePool:
    """The pool as its row is now."""
    return GuaranteePool.objects.get(pk=pool.pk)
