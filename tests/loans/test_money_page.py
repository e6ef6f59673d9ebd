"""docs/money.md says what the code does: its table of accounts, and its example, carried out."""

import re
from datetime import date
from pathlib import Path

from django.conf import settings

from loans import compensation, ledger
from loans.models import LedgerEntry
from loans.money import format_yuan
from loans.servicing import record_repayment
from loans.verification import findings
from records.models.decision import Outcome
from tests.makers.loans import compensated, make_active_loan, make_pool, moment, refreshed

PAGE = Path(settings.BASE_DIR, "docs", "money.md").read_text()


def table(header: str) -> list[tuple[str, ...]]:
    """The rows of the table under that header line."""
    _before, _header, after = PAGE.partition(f"{header}\n")
    assert _header, f"the page has no table {header}"
    rows = re.match(r"\|[-|]+\|\n((?:\|.*\|\n)+)", after)
    assert rows is not None
    return [tuple(cell.strip() for cell in row.strip("|").split("|")) for row in rows[1].splitlines()]


def test_the_page_has_the_whole_table_of_accounts():
    rows = table("| Reason | Debit | Credit | When |")
    assert [row[:3] for row in rows] == [
        (str(reason), str(debit), str(credit)) for reason, (debit, credit) in ledger.ACCOUNTS.items()
    ]


def test_the_example_is_what_the_service_books(offices):
    pool = make_pool(offices)
    loan = make_active_loan(pool, offices)
    record_repayment(
        loan,
        amount_fen=2_006_875,
        value_on=date(2026, 3, 21),
        bank_serial="R1",
        by=offices.bank_officer,
        at=moment(date(2026, 3, 21)),
    )
    claimed = compensated(loan, offices, at=moment(date(2026, 9, 20)))
    at = moment(date(2026, 11, 2))
    proposal = compensation.propose_recovery(
        claimed, recovered_fen=1_000_000, value_on=at.date(), voucher_no="追 1", by=offices.bank_officer, at=at
    )
    compensation.decide_recovery(proposal, outcome=Outcome.APPROVED, by=offices.finance_officer2, at=at)

    booked = [
        (entry.value_on.isoformat(), entry.reason, entry.debit, entry.credit, format_yuan(entry.amount_fen))
        for entry in LedgerEntry.objects.order_by("pk")
    ]
    assert booked == table("| Value date | Reason | Debit | Credit | Yuan |")

    balances = {
        (str(account), format_yuan(fen))
        for account, fen in ledger.trial_balance(LedgerEntry.objects.all()).items()
        if fen
    }
    assert balances == set(table("| Account | Yuan |"))
    pool = refreshed(pool)
    assert f"holds {format_yuan(pool.fund_balance_fen)} and carries {format_yuan(pool.capacity_fen)}" in PAGE
    assert not list(findings())
