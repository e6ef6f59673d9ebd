"""The trial balance of a pool and the loans that it backs: what each account holds, and that both sides are even."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from loans.ledger import trial_balance
from loans.models import GuaranteePool, LedgerEntry
from loans.models.ledger import Account
from loans.money import format_yuan


@dataclass(frozen=True)
class AccountRow:
    """One account: its balance stands on one side, the other is empty."""

    label: str
    debit: str
    credit: str


@dataclass(frozen=True)
class Accounts:
    """All of them on a day, with the sum of each side; the sums are the same or something is wrong."""

    rows: list[AccountRow]
    debit: str
    credit: str
    is_even: bool


def accounts_of(pool: GuaranteePool, *, on: date) -> Accounts:
    balances = trial_balance(LedgerEntry.objects.filter(Q(pool=pool) | Q(loan__guarantee__pool=pool), value_on__lte=on))
    debit_fen = sum(fen for fen in balances.values() if fen > 0)
    credit_fen = -sum(fen for fen in balances.values() if fen < 0)
    # In the order of the plan of accounts.
    rows = [_row(account, balances[account]) for account in Account if balances.get(account)]
    return Accounts(rows, format_yuan(debit_fen), format_yuan(credit_fen), is_even=debit_fen == credit_fen)


def _row(account: Account, fen: int) -> AccountRow:
    amount = format_yuan(abs(fen))
    return AccountRow(str(account.label), amount if fen > 0 else "", amount if fen < 0 else "")
