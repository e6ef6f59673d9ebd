"""What must be true of each loan: its guarantee, its plan, what she owes, and what the ledger says of it."""

from collections.abc import Iterator

from django.db.models import Max, QuerySet

from loans import ledger
from loans.compensation import claim_left_fen
from loans.models import Loan
from loans.models.ledger import Account, Reason
from loans.models.loan import LoanState
from loans.models.policy import SubsidyPayment
from loans.replay import BadEvents, Position
from loans.servicing import position


def findings() -> Iterator[str]:
    """Every broken invariant of the loans, one line each."""
    for loan in _loans().iterator(chunk_size=500):
        yield from (f"loan {loan}: {finding}" for finding in _of(loan))


def _loans() -> QuerySet[Loan]:
    return (
        Loan.objects.order_by("pk")
        .select_related("policy", "guarantee__pool")
        .prefetch_related("instalments", "repayments", "log", "fund_moves", "guarantee__moves")
    )


def _of(loan: Loan) -> Iterator[str]:
    yield from _of_the_phase(loan)
    if loan.disbursed_on is None:
        return
    yield from _of_the_plan(loan)
    # As far as its ledger reaches: what is held is counted on a due date, when somebody looks.
    booked_on = loan.entries.aggregate(Max("value_on"))["value_on__max"]
    last_on = max([loan.disbursed_on, booked_on or loan.disbursed_on, *(one.value_on for one in loan.repayments.all())])
    try:
        now = position(loan, on=last_on)
    except BadEvents as error:
        yield f"its payments can't all be true: {error.code}, {error.ref}"
        return
    yield from _of_the_debt(loan, now)
    yield from _of_the_ledger(loan, now)


def _of_the_phase(loan: Loan) -> Iterator[str]:
    """The guarantee is where the loan's state needs it."""
    if loan.guarantee is None:
        if loan.policy.has_guarantor_stage and loan.state != LoanState.CANCELLED:
            yield "has no guarantee, and its policy asks for one"
        return
    kinds = {move.kind for move in loan.guarantee.moves.all()}
    was_paid_out = loan.state not in {LoanState.APPROVED, LoanState.CANCELLED}
    if was_paid_out and "post" not in kinds:
        yield f"is {loan.state} without a posted guarantee"
    if not was_paid_out and "post" in kinds:
        yield f"is {loan.state}, and its guarantee is posted"
    if loan.state == LoanState.APPROVED and kinds & {"void", "expire"}:
        yield "is approved, and its guarantee was taken back"
    is_compensated = any(move.kind == "compensation" for move in loan.fund_moves.all())
    if ("call" in kinds) != is_compensated or is_compensated != any(
        row.target == LoanState.COMPENSATED for row in loan.log.all()
    ):
        yield "its state, the call of its guarantee and the fund's payment don't tell the same"


def _of_the_plan(loan: Loan) -> Iterator[str]:
    instalments = list(loan.instalments.all())
    newest = max((one.edition for one in instalments), default=0)
    rows = [one for one in instalments if one.edition == newest]
    principal_fen = sum(row.principal_fen for row in rows)
    if principal_fen != loan.amount_fen:
        yield f"its instalments repay {principal_fen} fen of {loan.amount_fen}"
    if rows and max(row.due_on for row in rows) != loan.matures_on:
        yield f"its last instalment is not due on {loan.matures_on}"
    is_waived = loan.policy.subsidy_payment == SubsidyPayment.WAIVED
    for row in rows:
        hers_fen = row.principal_fen + row.interest_fen - (row.subsidy_fen if is_waived else 0)
        if row.due_from_her_fen != hers_fen:
            yield f"instalment {row.number} asks {row.due_from_her_fen} fen of her, it should ask {hers_fen}"


def _of_the_debt(loan: Loan, now: Position) -> Iterator[str]:
    excess_fen = sum(allocation.excess_fen for allocation in now.allocations)
    if excess_fen or not 0 <= now.principal_outstanding_fen <= loan.amount_fen:
        yield f"she owes {now.principal_outstanding_fen} fen and has paid {excess_fen} too much"
    if loan.state == LoanState.SETTLED and not now.is_settled:
        yield "is settled, and something is still owed"
    if loan.state == LoanState.ACTIVE and now.is_settled:
        yield "is active, and nothing is owed"
    if loan.state == LoanState.CLOSED and claim_left_fen(loan):
        yield "is closed, and something is still claimed"
    if loan.guarantee is not None and loan.state in {LoanState.ACTIVE, LoanState.SETTLED}:
        committed_fen = sum(move.committed_delta_fen for move in loan.guarantee.moves.all())
        exposure_fen = loan.guarantee.pool.exposure_fen(now.principal_outstanding_fen)
        if committed_fen != exposure_fen:
            yield f"its guarantee carries {committed_fen} fen, the principal left counts for {exposure_fen}"


def _of_the_ledger(loan: Loan, now: Position) -> Iterator[str]:
    balances = ledger.trial_balance(loan.entries.all())
    is_claimed = any(row.target == LoanState.COMPENSATED for row in loan.log.all())
    wanted = {
        Account.LOAN_PRINCIPAL: 0 if is_claimed else now.principal_outstanding_fen,
        Account.HELD_MONEY: 0 if is_claimed else -now.held_fen,
        Account.CLAIM_PRINCIPAL: claim_left_fen(loan) if is_claimed else 0,
    }
    for account, wanted_fen in wanted.items():
        booked_fen = balances.get(account, 0)
        if booked_fen != wanted_fen:
            yield f"{account} is {booked_fen} fen in the ledger, it should be {wanted_fen}"
    paid = {
        "interest": (Reason.INTEREST_PAID, now.interest_paid_fen, Account.INTEREST_DUE),
        "penalty": (Reason.PENALTY_PAID, now.penalty_paid_fen, Account.PENALTY_DUE),
        "compound interest": (Reason.COMPOUND_PAID, now.compound_paid_fen, Account.COMPOUND_DUE),
    }
    for what, (reason, wanted_fen, account) in paid.items():
        paid_fen = _standing_fen(loan, reason)
        if paid_fen != wanted_fen:
            yield f"{paid_fen} fen of {what} are booked as paid, she paid {wanted_fen}"
        if balances.get(account, 0) < 0:
            yield f"more {what} is booked as paid than as due"


def _standing_fen(loan: Loan, reason: Reason) -> int:
    """What is booked under a reason and not reversed, in fen."""
    entries = loan.entries.filter(reason=reason, reverses__isnull=True, reversed_by__isnull=True)
    return sum(entries.values_list("amount_fen", flat=True))
