"""Every night: book what fell due and what being late costs, and count what was held for a due date.

Which loans need it is asked of the ledger and the plans in a few queries; each of them is then a piece of work of its
own, so that a run that was stopped goes on where it was, and one loan in trouble holds up no other.
"""

import logging
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from typing import Final

from django.db.models import Max, Sum
from django.utils import timezone

from accounts.models import User
from accounts.models.user import UserKind
from loans.models import Instalment, LedgerEntry, Loan
from loans.models.ledger import Account, Reason
from loans.models.loan import LoanState
from loans.replay import BadEvents
from loans.servicing import charge_interest
from records.refusals import Refusal
from records.unit_of_work import unit_of_work

log = logging.getLogger(__name__)

CHUNK: Final = 2_000
# Where money stands in one of these, something is late or waits.
OPEN: Final = (Account.INTEREST_DUE, Account.PENALTY_DUE, Account.COMPOUND_DUE, Account.HELD_MONEY)


def bank_systems() -> list[User]:
    """The banks' own systems, through which interest is charged."""
    return list(User.objects.filter(kind=UserKind.MACHINE, acts_for__kind="bank", is_active=True).order_by("pk"))


def charge_all(*, by: User, at: datetime) -> int:
    """Charge every running loan of the machine's bank that needs it; how many were looked at."""
    assert by.acts_for is not None
    today = timezone.localdate(at)
    running = Loan.objects.filter(bank=by.acts_for, state=LoanState.ACTIVE).order_by("pk")
    looked_at = 0
    ids = list(running.values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        for pk in needing(ids[start : start + CHUNK], on=today):
            looked_at += _charged(pk, by=by, at=at)
    return looked_at


def needing(ids: list[int], *, on: date) -> list[int]:
    """Those for which a due date has come that isn't booked, and those with something late or held. Four queries."""
    amounts = dict(Loan.objects.filter(pk__in=ids).values_list("pk", "amount_fen"))
    balances = _balances(ids)
    booked = dict(
        LedgerEntry.objects.filter(loan__in=ids, reason=Reason.INTEREST)
        .order_by()
        .values_list("loan")
        .annotate(Max("value_on"))
    )
    due = {loan_id: (last_on, fen) for loan_id, last_on, fen in _due(ids, on=on)}
    return [
        pk
        for pk in ids
        if any(balances[pk][account] for account in OPEN)
        or (pk in due and due[pk][0] > booked.get(pk, date.min))
        or (pk in due and due[pk][1] > amounts[pk] - balances[pk][Account.LOAN_PRINCIPAL])
    ]


def _balances(ids: list[int]) -> dict[int, dict[str, int]]:
    balances: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows = LedgerEntry.objects.filter(loan__in=ids).order_by().values_list("loan", "debit", "credit")
    for loan_id, debit, credit, amount_fen in rows.annotate(Sum("amount_fen")):
        balances[loan_id][debit] += amount_fen
        balances[loan_id][credit] -= amount_fen
    return balances


def _due(ids: list[int], *, on: date) -> Iterator[tuple[int, date, int]]:
    """Of the newest edition of each plan, the last due date up to that day, and the principal due by then."""
    rows = Instalment.objects.filter(loan__in=ids, due_on__lte=on).order_by().values_list("loan", "edition")
    newest: dict[int, tuple[int, date, int]] = {}
    for loan_id, edition, last_on, fen in rows.annotate(Max("due_on"), Sum("principal_fen")):
        newest[loan_id] = max(newest.get(loan_id, (0, on, 0)), (edition, last_on, fen))
    return ((loan_id, last_on, fen) for loan_id, (_, last_on, fen) in newest.items())


def _charged(pk: int, *, by: User, at: datetime) -> int:
    """1 where it was done. A refusal is in the audit log and stops nothing; nor do payments that can't all be true.

    Of those the log tells, and `manage.py verify` says what is wrong with them.
    """
    loan = Loan.objects.get(pk=pk)
    act = partial(charge_interest, loan, by=by, at=at)
    try:
        unit_of_work(act, by=by, at=at, action="charge_interest", about=loan.number)
    except Refusal:
        return 0
    except BadEvents as error:
        log.error("charge_interest: the payments of loan %s can't all be true: %s", loan.number, error.code)
        return 0
    return 1
