"""Entries follow the table of loans/ledger.py; a reversal mirrors what it takes back."""

from loans.ledger import ACCOUNTS
from records.triggers.guards import Guard, Trigger

ENTRY = "loans_ledgerentry"

_BOOKINGS = ", ".join(
    f"('{reason.value}', '{debit.value}', '{credit.value}')" for reason, (debit, credit) in ACCOUNTS.items()
)

TRIGGERS: list[Trigger] = [
    Guard(
        f"rule_{ENTRY}_a_table",
        ENTRY,
        "INSERT",
        f"NEW.reverses_id IS NULL AND (NEW.reason, NEW.debit, NEW.credit) NOT IN (VALUES {_BOOKINGS})",
        "entry_is_not_in_the_table",
    ),
    Guard(
        f"rule_{ENTRY}_b_mirror",
        ENTRY,
        "INSERT",
        f"NEW.reverses_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {ENTRY} e WHERE e.id = NEW.reverses_id "
        "AND e.debit = NEW.credit AND e.credit = NEW.debit AND e.amount_fen = NEW.amount_fen "
        "AND e.reason = NEW.reason AND e.value_on = NEW.value_on AND e.reverses_id IS NULL "
        "AND COALESCE(e.loan_id, 0) = COALESCE(NEW.loan_id, 0) AND COALESCE(e.pool_id, 0) = COALESCE(NEW.pool_id, 0))",
        "reversal_is_no_mirror",
    ),
]
