"""The ledger: one row is one transfer between two accounts, so it balances by construction.

ACCOUNTS is the whole table; a trigger holds every row to it. docs/money.md prints it with an example.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import QuerySet, Sum

from accounts.models import User
from loans.models import GuaranteePool, LedgerEntry, Loan
from loans.models.ledger import Account, Reason

ACCOUNTS: Mapping[Reason, tuple[Account, Account]] = {
    # reason: debit, credit
    Reason.DEPOSIT: (Account.POOL_DEPOSIT, Account.TREASURY),
    Reason.WITHDRAWAL: (Account.TREASURY, Account.POOL_DEPOSIT),
    # What the deposit earns stays in the fund, and is the treasury's.
    Reason.FUND_INTEREST: (Account.POOL_DEPOSIT, Account.TREASURY),
    Reason.GUARANTEE: (Account.GUARANTEE_EXPOSURE, Account.GUARANTEE_CONTRA),
    Reason.GUARANTEE_RELEASE: (Account.GUARANTEE_CONTRA, Account.GUARANTEE_EXPOSURE),
    Reason.PAYOUT: (Account.LOAN_PRINCIPAL, Account.BANK_FUNDS),
    Reason.PRINCIPAL_REPAID: (Account.BANK_FUNDS, Account.LOAN_PRINCIPAL),
    Reason.INTEREST_PAID: (Account.BANK_FUNDS, Account.INTEREST_DUE),
    Reason.INTEREST: (Account.INTEREST_DUE, Account.INTEREST_EARNED),
    # Only where she needn't bring it first: a refund goes from the treasury to her and never through this account.
    Reason.SUBSIDY: (Account.SUBSIDY_RECEIVABLE, Account.INTEREST_DUE),
    Reason.SUBSIDY_PAID: (Account.BANK_FUNDS, Account.SUBSIDY_RECEIVABLE),
    Reason.SUBSIDY_BACK: (Account.SUBSIDY_RECEIVABLE, Account.BANK_FUNDS),
    # What being late costs is hers alone: no subsidy, and no mixing with the interest of the contract.
    Reason.PENALTY: (Account.PENALTY_DUE, Account.PENALTY_EARNED),
    Reason.PENALTY_PAID: (Account.BANK_FUNDS, Account.PENALTY_DUE),
    Reason.COMPOUND: (Account.COMPOUND_DUE, Account.COMPOUND_EARNED),
    Reason.COMPOUND_PAID: (Account.BANK_FUNDS, Account.COMPOUND_DUE),
    # Money that came a few days early: it waits, goes back on the due date, and is counted there as if it came then.
    Reason.HELD: (Account.BANK_FUNDS, Account.HELD_MONEY),
    Reason.HELD_USED: (Account.HELD_MONEY, Account.BANK_FUNDS),
    Reason.COMPENSATION: (Account.BANK_FUNDS, Account.POOL_DEPOSIT),
    # Her whole debt: the bank's share of the loss is still owed to it.
    Reason.CLAIM: (Account.CLAIM_PRINCIPAL, Account.LOAN_PRINCIPAL),
    Reason.RECOVERY: (Account.BANK_FUNDS, Account.CLAIM_PRINCIPAL),
    Reason.RECOVERY_SHARE: (Account.POOL_DEPOSIT, Account.BANK_FUNDS),
    # The money went out with the compensation: giving up the claim moves none, it says whose loss it was.
    Reason.FUND_LOSS: (Account.FUND_LOSS, Account.CLAIM_PRINCIPAL),
    Reason.BANK_LOSS: (Account.BANK_LOSS, Account.CLAIM_PRINCIPAL),
}


class Line(NamedTuple):
    """What should stand in the ledger for one fact. An amount of nil stands for nothing."""

    reason: Reason
    amount_fen: int
    value_on: date


def post_entry(
    reason: Reason,
    *,
    amount_fen: int,
    value_on: date,
    source: str,
    pool: GuaranteePool | None = None,
    loan: Loan | None = None,
    by: User,
    at: datetime,
) -> LedgerEntry:
    """Book one transfer between the reason's two accounts. `source` names the fact: it is booked once."""
    debit, credit = ACCOUNTS[reason]
    return LedgerEntry.objects.create(
        pool=pool,
        loan=loan,
        debit=debit,
        credit=credit,
        amount_fen=amount_fen,
        value_on=value_on,
        reason=reason,
        source=source,
        posted_by=by,
        posted_at=at,
    )


def reverse_entry(entry: LedgerEntry, *, by: User, at: datetime) -> LedgerEntry:
    """Take an entry back by its mirror, as of the entry's own value date."""
    return LedgerEntry.objects.create(
        pool_id=entry.pool_id,
        loan_id=entry.loan_id,
        debit=entry.credit,
        credit=entry.debit,
        amount_fen=entry.amount_fen,
        value_on=entry.value_on,
        reason=entry.reason,
        source=entry.source,
        reverses=entry,
        posted_by=by,
        posted_at=at,
    )


def follow(wanted: Mapping[str, Line], *, loan: Loan, reasons: Iterable[Reason], by: User, at: datetime) -> None:
    """Make what stands in a loan's ledger under these reasons what is wanted, named by source.

    A line that changed is reversed and booked anew; one that stands already is left alone.
    """
    written = list(loan.entries.filter(reason__in=list(reasons), reverses__isnull=True).select_related("reversed_by"))
    editions: dict[str, int] = defaultdict(int)
    is_right: set[str] = set()
    for entry in written:
        source = entry.source.rpartition("#")[0]
        editions[source] += 1
        if hasattr(entry, "reversed_by"):
            continue
        if wanted.get(source) == Line(Reason(entry.reason), entry.amount_fen, entry.value_on):
            is_right.add(source)
        else:
            reverse_entry(entry, by=by, at=at)
    for source, line in wanted.items():
        if line.amount_fen and source not in is_right:
            post_entry(
                line.reason,
                amount_fen=line.amount_fen,
                value_on=line.value_on,
                source=f"{source}#{editions[source] + 1}",
                loan=loan,
                by=by,
                at=at,
            )


def turnovers(entries: QuerySet[LedgerEntry]) -> dict[Account, tuple[int, int]]:
    """What was debited to and credited to each account that the entries touch, in fen; both sides have one sum."""
    turned: dict[Account, list[int]] = defaultdict(lambda: [0, 0])
    for debit, credit, amount_fen in entries.order_by().values_list("debit", "credit").annotate(Sum("amount_fen")):
        turned[Account(debit)][0] += amount_fen
        turned[Account(credit)][1] += amount_fen
    return {account: (debited, credited) for account, (debited, credited) in turned.items()}


def trial_balance(entries: QuerySet[LedgerEntry]) -> dict[Account, int]:
    """Debits less credits of each account that the entries touch, in fen; together nil.

    Entries by value date: `trial_balance(pool.entries.filter(value_on__lte=day))`.
    """
    return {account: debited - credited for account, (debited, credited) in turnovers(entries).items()}
